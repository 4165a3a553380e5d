// The stages under attack, as they are loaded from a tree of sources: this one, or a copy in which one line
// was changed (test/attack/). The path is computed on purpose: it is what makes the two the same attack.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Admit from '../../src/consent/admit.ts';
import type * as Chain from '../../src/consent/chain.ts';
import type * as Packs from '../../src/consent/packs.ts';
import type * as Permit from '../../src/consent/permit.ts';
import type * as Audience from '../../src/decide/audience.ts';
import type * as Bar from '../../src/decide/bar.ts';
import type * as Caps from '../../src/decide/caps.ts';
import type * as Context from '../../src/decide/context.ts';
import type * as Decide from '../../src/decide/decide.ts';
import type * as NextClick from '../../src/decide/next-click.ts';
import type * as Pressure from '../../src/decide/pressure.ts';
import type * as Score from '../../src/decide/score.ts';
import type * as Shelf from '../../src/decide/shelf.ts';
import type * as Weigh from '../../src/decide/weigh.ts';
import type * as Slot from '../../src/deliver/slot.ts';
import type * as Classify from '../../src/facts/classify-item.ts';
import type * as Decision from '../../src/facts/decision.ts';
import type * as Model from '../../src/facts/model.ts';
import type * as Contribution from '../../src/learn/contribution.ts';
import type * as Counts from '../../src/learn/counts.ts';
import type * as Form from '../../src/learn/models/sparse-form.ts';
import type * as ServeModel from '../../src/learn/serve-model.ts';
import type * as Door from '../../src/profile/door.ts';

const FILES = {
  audience: 'decide/audience.ts',
  caps: 'decide/caps.ts',
  bar: 'decide/bar.ts',
  weigh: 'decide/weigh.ts',
  context: 'decide/context.ts',
  decide: 'decide/decide.ts',
  nextClick: 'decide/next-click.ts',
  pressure: 'decide/pressure.ts',
  shelf: 'decide/shelf.ts',
  score: 'decide/score.ts',
  door: 'profile/door.ts',
  permit: 'consent/permit.ts',
  chain: 'consent/chain.ts',
  packs: 'consent/packs.ts',
  admit: 'consent/admit.ts',
  slot: 'deliver/slot.ts',
  serveModel: 'learn/serve-model.ts',
  counts: 'learn/counts.ts',
  contribution: 'learn/contribution.ts',
  form: 'learn/models/sparse-form.ts',
  model: 'facts/model.ts',
  classify: 'facts/classify-item.ts',
  decision: 'facts/decision.ts',
} as const;

export interface Stages {
  readonly audience: typeof Audience;
  readonly caps: typeof Caps;
  readonly bar: typeof Bar;
  readonly weigh: typeof Weigh;
  readonly context: typeof Context;
  readonly decide: typeof Decide;
  readonly nextClick: typeof NextClick;
  readonly pressure: typeof Pressure;
  readonly shelf: typeof Shelf;
  readonly score: typeof Score;
  readonly door: typeof Door;
  readonly permit: typeof Permit;
  readonly chain: typeof Chain;
  readonly packs: typeof Packs;
  readonly admit: typeof Admit;
  readonly slot: typeof Slot;
  readonly serveModel: typeof ServeModel;
  readonly counts: typeof Counts;
  readonly contribution: typeof Contribution;
  readonly form: typeof Form;
  readonly model: typeof Model;
  readonly classify: typeof Classify;
  readonly decision: typeof Decision;
}

/** This very tree. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** Loads the stages of a tree of sources, `root/src/…`, or of scripts made of them. */
export async function loadStages(root: string, ending: '.ts' | '.js' = '.ts'): Promise<Stages> {
  const loaded = await Promise.all(
    Object.entries(FILES).map(async ([name, file]): Promise<[string, unknown]> => {
      const url = pathToFileURL(join(root, 'src', file.replace(/\.ts$/, ending))).href;
      return [name, await import(url)];
    }),
  );
  // Each name stands beside its file, and the types are those of the same files here.
  return Object.fromEntries(loaded) as unknown as Stages;
}
