// From what was measured to what one decision, event and person cost, and to how many people each part of a
// cluster carries.

import type { Assumed } from './assumed.ts';
import type { DecisionRow } from './decisions.ts';
import type { EventRow } from './events.ts';
import type { PointRead, Rest, Sizes } from './standing.ts';

export interface Measured {
  /** `2026-11-29` */
  readonly when: string;
  readonly load: number;
  readonly decisions: readonly DecisionRow[];
  readonly events: { readonly rows: readonly EventRow[]; readonly emptiedPerSecond: number };
  readonly rest: Rest;
  readonly pointRead: PointRead;
  readonly sizes: Sizes;
}

/** Of one decision, event or person: seconds of processor time, and bytes of one copy. */
export interface Costs {
  readonly decisionNode: number;
  readonly decisionPostgres: number;
  readonly decisionSeconds: number;
  readonly decisionBytes: number;
  readonly eventNode: number;
  readonly eventPostgres: number;
  readonly eventNats: number;
  readonly eventSeconds: number;
  readonly eventBytes: number;
  /** Keys, and the row that holds a place. */
  readonly personBytes: number;
  readonly leafBytes: number;
}

export function costsOf({ decisions, events, sizes }: Measured): Costs {
  const decision = decisions.find(({ name }) => name === '1 node');
  const event = events.rows.find(({ batch }) => batch === 100);
  if (decision === undefined || event === undefined) throw new Error('a whole run is needed');
  const [decisionNode, decisionPostgres] = [decision.nodes / 1e6, decision.postgres / 1e6];
  const [eventNode, eventPostgres, eventNats] = [event.nodes / 1e6, event.postgres / 1e6, event.nats / 1e6];
  return {
    decisionNode,
    decisionPostgres,
    decisionSeconds: decisionNode + decisionPostgres,
    decisionBytes: sizes.decisionBytes / Math.max(1, sizes.decisions),
    eventNode,
    eventPostgres,
    eventNats,
    eventSeconds: eventNode + eventPostgres + eventNats,
    eventBytes: sizes.eventBytes / Math.max(1, sizes.events),
    personBytes: sizes.keysBytes / Math.max(1, sizes.people),
    leafBytes: sizes.logBytes / Math.max(1, sizes.leaves),
  };
}

export interface Limit {
  readonly name: string;
  /** So many people it carries. */
  readonly people: number;
  /** What is done beyond. */
  readonly instead: string;
}

const DAY_SECONDS = 86_400;

export function limitsOf(costs: Costs, assumed: Assumed): readonly Limit[] {
  const { decisionsPerPersonDay, eventsPerPersonDay, peakToMean, busyShareMax } = assumed;
  const perPerson = (decision: number, event: number): number =>
    ((decisionsPerPersonDay * decision + eventsPerPersonDay * event) * peakToMean) /
    DAY_SECONDS /
    busyShareMax;
  const transactions = (decisionsPerPersonDay + eventsPerPersonDay) / DAY_SECONDS;
  const keptBytes =
    costs.personBytes +
    assumed.factsBytesPerPerson +
    eventsPerPersonDay * assumed.eventDaysKept * costs.eventBytes +
    decisionsPerPersonDay * assumed.decisionDaysKept * costs.decisionBytes;
  return [
    {
      name: 'one process, by its processor',
      people: 1 / perPerson(costs.decisionNode, costs.eventNode),
      instead: 'a cluster with more nodes',
    },
    {
      name: 'one database server’s cores',
      people: assumed.coresPerServer / perPerson(costs.decisionPostgres, costs.eventPostgres),
      instead: 'people spread over several (Citus; the statements are there, never run)',
    },
    {
      name: 'one database server’s disks',
      people: assumed.bytesPerServer / keptBytes,
      instead: 'people spread over several; shorter retention',
    },
    {
      name: 'the learner, which counts everybody again',
      people: (DAY_SECONDS * assumed.recountShareOfDayMax * 1e6) / assumed.recountMicrosPerPerson,
      instead: 'nodes that count a part of the people each (`learning: shared`)',
    },
    {
      // 2³¹ transactions of one server until all its rows must have been frozen; half of it in a week.
      name: 'transaction numbers of one server',
      people: 2 ** 30 / (7 * DAY_SECONDS) / transactions,
      instead: 'people spread over several',
    },
    {
      name: 'one cluster of NATS',
      people: 16 / perPerson(0, costs.eventNats),
      instead: 'several, by prefix',
    },
  ];
}
