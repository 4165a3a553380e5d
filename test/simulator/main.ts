// `npm run sim -- --seed N [--seeds M] [--events 10000] [--days 30]`: runs M seeds from N on, prints a line
// for each, and stops at the first that fails, with all that is needed to see it again.

import { parseArgs } from 'node:util';
import { type Outcome, simulate } from './simulation.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    events: { type: 'string', default: '10000' },
    days: { type: 'string', default: '30' },
  },
});
const [first, count, events, days] = [values.seed, values.seeds, values.events, values.days].map(Number);
if (![first, count, events, days].every((one) => Number.isSafeInteger(one) && Number(one) >= 0)) {
  console.error('usage: npm run sim -- --seed N [--seeds M] [--events 10000] [--days 30]; whole numbers');
  process.exit(2);
}
await run({ first: first ?? 1, count: count ?? 1, events: events ?? 1, days: days ?? 1 });

interface Wanted {
  readonly first: number;
  readonly count: number;
  readonly events: number;
  readonly days: number;
}

async function run({ first: from, count: seeds, events: eventCount, days: dayCount }: Wanted): Promise<void> {
  const startedMs = performance.now();
  for (let seed = from; seed < from + seeds; seed += 1) {
    const outcome = await simulate({ seed, events: eventCount, days: dayCount });
    if (seeds <= 10) console.log([...outcome.counts].map(([what, times]) => `${what} ${times}`).join(', '));
    console.log(`seed ${seed}: ${outcome.failure === undefined ? 'ok' : 'FAILED'}, trace ${outcome.trace}`);
    if (outcome.failure === undefined) continue;
    console.log(failureText(outcome, `--events ${eventCount} --days ${dayCount}`));
    process.exitCode = 1;
    return;
  }
  const seconds = (performance.now() - startedMs) / 1000;
  console.log(`${seeds} seeds, ${eventCount} events each: ${(seconds / seeds).toFixed(2)} s a seed`);
}

function failureText({ seed, failure }: Outcome, flags: string): string {
  if (failure === undefined) return '';
  return [
    `checker ${failure.checker}: ${failure.what}`,
    `at ${failure.time}; the last steps:`,
    ...failure.steps.map((step) => `  ${step}`),
    `again: npm run sim -- --seed ${seed} ${flags}`,
  ].join('\n');
}
