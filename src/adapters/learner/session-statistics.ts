// What was looked at in turn, and the model of the next click made of it. Beside the counts of statistics.ts,
// and only while somebody asks for it: until then nobody's share holds a session.

import type { Fallen, FitOptions, InService, PersonKey, Share } from '../../engine/ports.ts';
import { type ItemModel, emptyModel } from '../../facts/model.ts';
import { finish } from '../../learn/models/sparse-form.ts';
import { serveNextClickSteps } from '../../learn/serve-next-click.ts';
import { createSessionCounts } from '../../learn/session-counts.ts';
import { type StepTally, eachAs, historiesOfSessions, stepTallyOf } from '../../learn/steps-behind.ts';
import { readable } from './readable.ts';

export interface SessionStatistics {
  change(person: PersonKey, sessions: Share['sessions']): void;
  /** The model in service, of an earlier fit. */
  adopt(model: InService['nextClick']): void;
  forget(person: PersonKey, minPeople: number): Fallen['clicks'];
  fit(options: FitOptions): ItemModel;
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

  return {
    change: replace,
    adopt: (bytes) => serve(readable(bytes)),
    forget: (person, minPeople) => {
      replace(person);
      if (model.itemIds.length === 0) return [];
      tally ??= stepTallyOf(model, eachAs(counts.everybody(), historiesOfSessions));
      return tally.below(minPeople, counts.itemPeople);
    },
    fit: (options) => {
      if (options.nextClick !== true) {
        serve(emptyModel());
        return model;
      }
      const itemIds = counts.itemIds();
      serve(finish(serveNextClickSteps({ itemIds, histories: counts.histories(itemIds) }, options)));
      return model;
    },
    canonicalText: () => (counts.peopleTotal() === 0 ? '' : `\nsessions\n${counts.canonicalText()}`),
  };
}
