// What the tests of the gate are made of: questions, and a gate around exact numbers.

import type { BudgetRules } from '../../facts/budget.ts';
import { type Asked, readQuestion } from '../../facts/question.ts';
import { type KeptRelease, encodeRelease, releaseId } from '../../facts/release.ts';
import { assert } from '../../kernel/assert.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import type { Counts } from './count.ts';
import { type Ledger, roomFor } from './ledger.ts';
import { publish } from './publish.ts';

/** 2026-11-28, noon UTC. */
export const NOW_MS = Date.UTC(2026, 10, 28, 12);

export function asking(fields: object = {}): Asked {
  const read = readQuestion({ ask: 'people-total', from: '2026-10-01', to: '2026-10-31', ...fields });
  assert(read.ok, `a test asks readable questions, got ${JSON.stringify(read)}`);
  return read.value;
}

export interface Gate {
  /** `spent` when there is no room. `count` is called only when the answer is made. */
  ask(asked: Asked, count: () => Counts): KeptRelease | 'spent';
  ledger(): Ledger;
}

export function gateOf(budget: BudgetRules, random: Random): Gate {
  let ledger: Ledger = [];
  return {
    ledger: () => ledger,
    ask: (asked, count) => {
      const room = roomFor(asked, { ledger, budget, nowMs: NOW_MS });
      if (room.kind === 'known') return room.kept;
      if (room.kind === 'spent') return 'spent';
      const { peopleMin } = budget;
      const more = { controller: 'shop', nowMs: NOW_MS, year: room.year, peopleMin };
      const release = publish(asked, count(), { ...more, random: () => seededRandom(random.below(2 ** 40)) });
      const kept = { id: releaseId(encodeRelease(release)), release };
      ledger = [...ledger, kept];
      return kept;
    },
  };
}

export function counts(total: number, rows: Readonly<Record<string, number>> = {}): Counts {
  return { total, rows: new Map(Object.entries(rows)) };
}
