// npm run bench -- backoff [--people 2000] [--seed 1]: what learned back-off keeps and spares. The town's
// people over half a year, written to as often as the policy lets a shop that tries every day; answers by
// data/town/response.ts for three strengths of fatigue.

import { parseArgs } from 'node:util';
import { generateTown } from '../../data/town/generate.ts';
import type { TownPerson } from '../../data/town/types.ts';
import type { ContactRules, HoldOut } from '../../src/facts/contact.ts';
import { DAY_MS } from '../../src/kernel/time.ts';
import { type OwnLife, type SeasonFigures, runSeason } from './season.ts';

const { values } = parseArgs({
  options: { people: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const [people, seed] = [Number(values.people), Number(values.seed)];
const DAYS = 180;
const END_MS = Date.UTC(2026, 6, 1);
const START_MS = END_MS - DAYS * DAY_MS;
/** A contact has to bring one purchase in a hundred. */
const HOLD_OUT: HoldOut = { rate: 0.05, channels: ['email'], responseMin: 0.01 };
const NONE = { silentMax: 50, gapDays: 1, gapDaysMax: 1 };
const FIXED = { silentMax: 3, gapDays: 7, gapDaysMax: 180 };
const base = (backOff: ContactRules['backOff'], more: Partial<ContactRules> = {}): ContactRules => ({
  caps: [{ per: 'person', channels: ['email'], impressionsMax: 7, windowHours: 168 }],
  quietHours: { fromMinute: 0, toMinute: 0, channels: ['push'] },
  backOff,
  ...more,
});
const ARMS: readonly (readonly [name: string, rules: ContactRules])[] = [
  ['no back-off', base(NONE)],
  ['learned alone', base(NONE, { holdOut: HOLD_OUT })],
  ['fixed (default)', base(FIXED)],
  ['fixed and learned', base(FIXED, { holdOut: HOLD_OUT })],
];

const lives = livesOf();
const rows: Record<string, string | number>[] = [];
for (const fatigue of ['none', 'mild', 'strong'] as const) {
  let most: SeasonFigures | undefined;
  for (const [name, rules] of ARMS) {
    const found = runSeason({ lives, fatigue, rules, startMs: START_MS, days: DAYS, seed });
    most ??= found;
    rows.push(rowOf({ fatigue, name, found, most }));
  }
}
console.table(rows);

interface Row {
  readonly fatigue: TownPerson['fatigue'];
  readonly name: string;
  readonly found: SeasonFigures;
  readonly most: SeasonFigures;
}

function rowOf({ fatigue, name, found, most }: Row): Record<string, string | number> {
  const { messages, responses, heldOut, stopped } = found;
  return {
    fatigue,
    'back-off': name,
    messages,
    responses,
    'per 1,000': ((1000 * responses) / messages).toFixed(1),
    'messages kept': `${((100 * messages) / most.messages).toFixed(0)} %`,
    'responses kept': `${((100 * responses) / most.responses).toFixed(0)} %`,
    'held out': heldOut,
    'stopped at the end': stopped.join(' '),
  };
}

/** What everybody does by themselves: whatever the town's people bought, looked at or put into a basket. */
function livesOf(): readonly OwnLife[] {
  const town = generateTown({ seed, people, days: DAYS, endMs: END_MS });
  const found = new Map<string, Growing>(
    town.people.map(({ id }) => [id, { purchasesMs: [], answersMs: [] }]),
  );
  for (const act of town.acts()) {
    const life = found.get(act.person);
    if (life === undefined || !('lines' in act)) continue;
    if (act.kind === 'purchase') life.purchasesMs.push(act.timeMs);
    if (act.kind !== 'return') life.answersMs.push(act.timeMs);
  }
  return [...found.values()];
}

interface Growing {
  readonly purchasesMs: number[];
  readonly answersMs: number[];
}
