// The data of a start: what was named, or the town. It says where they come from and on what basis, imports
// what is not in yet, and learns.

import type { Engine } from '../../engine/engine.ts';
import { STANDARD_NOTICE_ID } from '../../facts/standard-notice.ts';
import type { Args } from './command.ts';
import { type Imported, assertUseful, importInputs } from './import/import.ts';
import type { Claim } from './import/options.ts';
import { TOWN_PEOPLE, importTown } from './import/import-town.ts';
import { registerTownNotices } from './import/town-notices.ts';
import type { Input } from './import/inputs.ts';
import { TOWN_ID, isDone, planId, plansOf } from './import/plan.ts';
import type { Interrupt } from './interrupt.ts';
import type { Io } from './io.ts';
import { count, counted, wrap } from './layout.ts';
import { importText } from './show/import-text.ts';
import { learnedText } from './show/learned-text.ts';

export interface Context {
  readonly args: Args;
  readonly io: Io;
  readonly engine: Engine;
  readonly interrupt: Interrupt;
  /** Where a large import sorts its lines. */
  readonly spillDir: string;
  readonly say: (text: string) => void;
}

const TOWN =
  `No --data given: this is the town, a made-up shop of ${count(TOWN_PEOPLE)} people over ` +
  'half a year. They ' +
  'answered its consent notice themselves; it is the engine that must not remember those who refused.';

/** Imports what is not in yet and learns from it; `undefined` when everything was there. */
export async function bringData(
  context: Context,
  data: string | undefined,
  inputs: readonly Input[] | undefined,
): Promise<Imported | undefined> {
  const { args, io, engine, interrupt, say } = context;
  const again = `Run the same command again to go on; what is in stays in.`;
  const beganMs = performance.now();
  let imported: Imported;
  if (data === undefined || inputs === undefined) {
    if (!(await wantsTown(context))) {
      // A home from before there were notices: its storefront goes on asking.
      if (await isDone(engine, TOWN_ID)) await registerTownNotices(engine);
      return undefined;
    }
    say(wrap(TOWN, { width: io.width }));
    imported = await importTown(engine, { people: TOWN_PEOPLE, io, interrupt, howToGoOn: again });
  } else {
    const id = planId(data, inputs);
    if (await isDone(engine, id)) return undefined;
    const claim = demoClaim(inputs);
    say(claimText(claim, inputs, io));
    const currency = args.text('currency');
    imported = await importInputs(
      engine,
      { id, label: data, inputs },
      {
        claim,
        ...(currency === undefined ? {} : { currency }),
        strict: args.has('strict'),
        shift: args.has('no-shift') ? 'never' : 'old',
        adoptSources: true,
        spillDir: context.spillDir,
        howToGoOn: again,
        interrupt,
        io,
        say: (text) => say(wrap(text, { width: io.width })),
      },
    );
  }
  say(importText(imported.tally, performance.now() - beganMs, io));
  assertUseful(imported.tally, data ?? 'the town');
  interrupt.check(again);
  const learnedMs = performance.now();
  const model = await engine.learn();
  say(learnedText(model, performance.now() - learnedMs, io));
  return imported;
}

/** The town belongs into an empty home, or into one where it was begun. */
async function wantsTown({ engine, say, io }: Context): Promise<boolean> {
  const plans = await plansOf(engine);
  for (const { id, label, done } of plans) {
    if (id !== TOWN_ID && !done)
      say(wrap(`An import of ${label} was interrupted. To go on: --data ${label}`, { width: io.width }));
  }
  const town = plans.find(({ id }) => id === TOWN_ID);
  if (town !== undefined) return !town.done;
  const { people, items } = await engine.status();
  return plans.length === 0 && people === 0 && items === 0;
}

/** Order files know of no answers, so the demo declares them; event files bring the answers people gave. */
function demoClaim(inputs: readonly Input[]): Claim {
  const orders = inputs.find(({ kind }) => kind === 'orders');
  const name = (orders ?? inputs[0])?.name ?? 'data';
  const source = name.replace(/\.(?:csv|tsv|ndjson|jsonl|json)(?:\.gz)?$/i, '');
  return {
    source,
    description: name,
    channel: 'web',
    basis: 'consent',
    notice: { id: STANDARD_NOTICE_ID, language: 'en' },
    purposes: orders === undefined ? [] : ['recommend', 'improve', 'measure'],
    forEvents: false,
  };
}

function claimText(
  { source, purposes, description }: Claim,
  inputs: readonly Input[],
  { width, style }: Io,
): string {
  const what = `Source “${description}”, registered as first-party (${source}).`;
  const basis =
    purposes.length === 0
      ? 'Basis: the consent lines among the events; whoever gave no answer is not remembered.'
      : `Basis: declared by you for this demo. Every customer is recorded as having agreed to ` +
        `${purposes.join(', ')} (notice ${STANDARD_NOTICE_ID}, method import). For your real customers ` +
        'use “fineline import”, which asks for the notice they saw.';
  const files =
    inputs.length === 1
      ? ''
      : `${counted(inputs.length, 'file')}: ${inputs.map(({ name }) => name).join(', ')}.\n`;
  return `${files}${style.yellow(wrap(`${what} ${basis}`, { width }))}`;
}
