// npm run bench -- growth [--people 2000] [--days 180]: what the model of lists for a person costs in the
// town, and in ten times its people and its things: seconds of a core to choose settings and to learn, the
// most memory, and the bytes of the model.
//
// The town’s own part of the memory, before anything is learned, stands beside the most.
//
// Ten times the things are ten streets that sell the same under other names, each with a tenth of the people:
// so a thing has as many neighbours as before. Each is learned in a process of its own, with one person
// behind a weight and with three as shipped.

import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const { values } = parseArgs({
  options: { people: { type: 'string', default: '2000' }, days: { type: 'string', default: '180' } },
});
const grownSchema = z.object({
  bought: z.int(),
  things: z.int(),
  weights: z.int(),
  modelBytes: z.int(),
  learnSeconds: z.number(),
  townMib: z.number(),
  peakMib: z.number(),
  kind: z.string(),
});
type Grown = z.infer<typeof grownSchema>;

console.log(`load ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} cores; ratios are to the first row`);
for (const minPeople of [1, 3]) {
  console.log(`\nat least ${minPeople} behind a weight`);
  const rows = [
    [1, 1],
    [10, 1],
    [1, 10],
    [10, 10],
  ].map(([people = 1, streets = 1]) => ({ people, streets, grown: learnedIn(people, streets, minPeople) }));
  const first = rows[0]!.grown;
  console.table(
    rows.map(({ people, streets, grown }) => ({
      people: `${people}x`,
      things: `${streets}x (${grown.things})`,
      'pairs of person and thing': grown.bought,
      weights: grown.weights,
      'learned in, s of a core': beside(grown, first, 'learnSeconds'),
      'the town, MiB': grown.townMib.toFixed(0),
      'at most, MiB': beside(grown, first, 'peakMib'),
      'model, bytes': beside(grown, first, 'modelBytes'),
    })),
  );
  console.log(rows.map(({ grown }) => grown.kind).join('\n'));
}

function learnedIn(people: number, streets: number, minPeople: number): Grown {
  const asked = [people * Number(values.people), streets, minPeople, Number(values.days)].map(String);
  const script = join(import.meta.dirname, 'learn-one.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...asked], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return grownSchema.parse(JSON.parse(stdout));
}

function beside(grown: Grown, first: Grown, figure: 'learnSeconds' | 'peakMib' | 'modelBytes'): string {
  const value = grown[figure];
  const ratio = (value / first[figure]).toFixed(1);
  return `${value.toFixed(figure === 'learnSeconds' ? 2 : 0)} (${ratio}x)`;
}
