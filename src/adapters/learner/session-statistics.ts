// What was looked at in turn, and the model of the next click made of it. Beside the counts of statistics.ts,
// and only while somebody asks for it: until then nobody's share holds a session.

import type { Fallen, FitOptions, InService, PersonKey, Share } from '../../engine/ports.ts';
import { type ItemModel, emptyModel } from '../../facts/model.ts';
import { withoutEdges } from '../../facts/model-without.ts';
import type { NamedHistories } from '../../learn/links-behind.ts';
import type { Steps } from '../../learn/models/sparse-form.ts';
import { serveNextClickSteps } from '../../learn/serve-next-click.ts';
import { createSessionCounts } from '../../learn/session-counts.ts';
import { type StepTally, eachAs, historiesOfSessions, stepTallyOf } from '../../learn/steps-behind.ts';
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

export function createSessionStatistics(): SessionStatistics {
  const counts = createSessionCounts();
  let model = emptyModel();
  // Counted when somebody leaves for the first time after a fit: most fits see nobody leave.
  let tally: StepTally | undefined;

  function replace(person: PersonKey, sessions: Share['sessions'] = []): void {
    tally?.change(historiesOfSessions(counts.sessionsOf(person)), -1);
    tally?.change(historiesOfSessions(sessions), 1);
    counts.replace(person, sessions);
  }

  function serve(next: ItemModel): void {
    model = next;
    tally = undefined;
  }

  function fallen(minPeople: number): Fallen['clicks'] {
    if (model.itemIds.length === 0) return [];
    tally ??= stepTallyOf(model, eachAs(counts.everybody(), historiesOfSessions));
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
      const itemIds = counts.itemIds();
      return { itemIds, histories: counts.histories(itemIds) };
    },
    fitSteps: function* (sessions, options) {
      return options.nextClick === true ? yield* serveNextClickSteps(sessions, options) : emptyModel();
    },
    served: (next, minPeople) => {
      serve(next);
      if (minPeople !== undefined) serve(withoutEdges(next, fallen(minPeople)));
      return model;
    },
    canonicalText: () => (counts.peopleTotal() === 0 ? '' : `\nsessions\n${counts.canonicalText()}`),
  };
}
