// What was looked at in turn, and the model of the next click made of it. Beside the counts of statistics.ts,
// and only while somebody asks for it: until then nobody's share holds a session.

import type { Crew } from '../../learn/crew/crew.ts';
import type { Fallen, FitOptions, InService, PersonKey, Share } from '../../engine/ports.ts';
import { type ItemModel, emptyModel } from '../../facts/model.ts';
import { withoutEdges } from '../../facts/model-without.ts';
import type { NamedHistories } from '../../learn/links-behind.ts';
import { type Steps, finish } from '../../learn/models/sparse-form.ts';
import { hasWays, nextClickTallySteps, serveNextClickSteps } from '../../learn/serve-next-click.ts';
import { type SessionList, createSessionCounts } from '../../learn/session-counts.ts';
import { type StepTally, historiesOfSessions } from '../../learn/steps-behind.ts';
import { readable } from './readable.ts';

export interface SessionStatistics {
  change(person: PersonKey, sessions: Share['sessions']): void;
  /** The model in service, of an earlier fit. */
  adopt(model: InService['nextClick']): void;
  forget(person: PersonKey, minPeople: number): Fallen['clicks'];
  /** Everybody's sessions as they stand; later changes do not reach them. */
  snapshot(): NamedHistories;
  /** It does not serve before `served`. */
  fitSteps(sessions: NamedHistories, options: FitOptions): Steps<ItemModel>;
  /** As of baskets. */
  served(model: ItemModel, minPeople: number | undefined): ItemModel;
  /** Lines to stand below those of the baskets; empty when nobody has a session. */
  canonicalText(): string;
}

/** Changes of people that are remembered during a fit. */
const CHANGES_MAX = 100_000;

type Changed = readonly [old: SessionList, now: SessionList];

function recount(tally: StepTally, [old, now]: Changed): void {
  tally.change(historiesOfSessions(old), -1);
  tally.change(historiesOfSessions(now), 1);
}

export function createSessionStatistics(crew: Crew): SessionStatistics {
  const counts = createSessionCounts();
  let model = emptyModel();
  // With ways of two steps it is counted along with the fit, in its slices: it takes seconds. Otherwise when
  // somebody leaves for the first time after a fit: most fits see nobody leave.
  let tally: StepTally | undefined;
  let fitted: { readonly model: ItemModel; readonly tally: StepTally } | undefined;
  // Who changed since the sessions of a fit were read; absent while nothing is fitted.
  let changes: Changed[] | undefined;

  function named(): NamedHistories {
    const itemIds = counts.itemIds();
    return { itemIds, histories: counts.histories(itemIds) };
  }

  function replace(person: PersonKey, sessions: Share['sessions'] = []): void {
    const change = [counts.sessionsOf(person), sessions] as const;
    if (tally !== undefined) recount(tally, change);
    changes?.push(change);
    // Rather counted again than remembered without end, where a fit was given up.
    if (changes !== undefined && changes.length > CHANGES_MAX) changes = undefined;
    counts.replace(person, sessions);
  }

  function serve(next: ItemModel): void {
    model = next;
    tally = fitted?.model === next && changes !== undefined ? fitted.tally : undefined;
    if (tally !== undefined) for (const change of changes ?? []) recount(tally, change);
    fitted = undefined;
    changes = undefined;
  }

  function fallen(minPeople: number): Fallen['clicks'] {
    if (model.itemIds.length === 0) return [];
    tally ??= finish(nextClickTallySteps(named(), model));
    return tally.below(minPeople, counts.itemPeople);
  }

  return {
    change: replace,
    adopt: (bytes) => serve(readable(bytes)),
    forget: (person, minPeople) => {
      replace(person);
      return fallen(minPeople);
    },
    snapshot: () => {
      changes = [];
      return named();
    },
    fitSteps: function* (sessions, options) {
      if (options.nextClick !== true) return emptyModel();
      const next = yield* serveNextClickSteps(sessions, { ...options, crew });
      if (hasWays(next)) fitted = { model: next, tally: yield* nextClickTallySteps(sessions, next) };
      return next;
    },
    served: (next, minPeople) => {
      serve(next);
      // The tally stays that of all weights: some are told of again, and nobody is counted again.
      if (minPeople !== undefined) model = withoutEdges(next, fallen(minPeople));
      return model;
    },
    canonicalText: () => (counts.peopleTotal() === 0 ? '' : `\nsessions\n${counts.canonicalText()}`),
  };
}
