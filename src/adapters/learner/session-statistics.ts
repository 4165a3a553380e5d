// What was looked at in turn, and the model of the next click made of it. Beside the counts of statistics.ts,
// and only while somebody asks for it: until then nobody's share holds a session.

import type { Fallen, FitOptions, InService, PersonKey, Share } from '../../engine/ports.ts';
import { type ItemModel, emptyModel } from '../../facts/model.ts';
import type { NamedHistories } from '../../learn/links-behind.ts';
import type { Steps } from '../../learn/models/sparse-form.ts';
import type { ServeOptions } from '../../learn/serve-model.ts';
import { nextClickTallySteps, serveNextClickSteps } from '../../learn/serve-next-click.ts';
import { createSessionCounts } from '../../learn/session-counts.ts';
import { historiesOfSessions } from '../../learn/steps-behind.ts';
import { createNextInService } from './next-in-service.ts';

export interface SessionStatistics {
  change(person: PersonKey, sessions: Share['sessions']): void;
  /** The model in service, of an earlier fit. */
  adopt(model: InService['nextClick']): void;
  forget(person: PersonKey, minPeople: number): Fallen['clicks'];
  /** Everybody's sessions as they stand; later changes do not reach them. */
  snapshot(): NamedHistories;
  /** It does not serve before `served`. */
  fitSteps(sessions: NamedHistories, options: Pick<FitOptions, 'nextClick'> & ServeOptions): Steps<ItemModel>;
  /** As of baskets. */
  served(model: ItemModel, minPeople: number | undefined): ItemModel;
  /** Lines to stand below those of the baskets; empty when nobody has a session. */
  canonicalText(): string;
}

export function createSessionStatistics(): SessionStatistics {
  const counts = createSessionCounts();
  const next = createNextInService({
    historiesOf: historiesOfSessions,
    tallySteps: (model) => nextClickTallySteps(named(), model),
    itemPeople: counts.itemPeople,
  });

  function named(): NamedHistories {
    const itemIds = counts.itemIds();
    return { itemIds, histories: counts.histories(itemIds) };
  }

  function replace(person: PersonKey, sessions: Share['sessions'] = []): void {
    next.change(counts.sessionsOf(person), sessions);
    counts.replace(person, sessions);
  }

  return {
    change: replace,
    adopt: next.adopt,
    forget: (person, minPeople) => {
      replace(person);
      return next.fallen(minPeople);
    },
    snapshot: () => {
      next.begin();
      return named();
    },
    fitSteps: function* (sessions, options) {
      if (options.nextClick !== true) return emptyModel();
      return next.made(yield* serveNextClickSteps(sessions, options));
    },
    served: next.served,
    canonicalText: () => (counts.peopleTotal() === 0 ? '' : `\nsessions\n${counts.canonicalText()}`),
  };
}
