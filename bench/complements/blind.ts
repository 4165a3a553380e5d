// npm run bench -- blind table | result: which of three systems names what goes with a thing, judged by eye
// and blind (docs/blind/README.md). `table` draws a hundred things of Online Retail and writes what each
// system would show beside them, systems in an order that is drawn anew for each thing; which stands where
// goes into the key alone, and the table carries the SHA-256 of the key. Judgements are committed, then the
// key; `result` counts.

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packBaskets, retailBaskets } from './baskets.ts';
import { blindTable, judgementsIn, tally } from './blind-table.ts';
import { strongestTargets } from './lists.ts';
import { measured, PEERS } from './peers.ts';
import { readText } from '../data/convert.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { COMPLEMENT_SETTINGS, basketEvidence, complementSteps } from '../../src/learn/models/complements.ts';
import { finish, type SparseForm } from '../../src/learn/models/sparse-form.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'blind');
const THINGS = 100;
const SHOWN = 3;
/** Things that fewer people bought are not asked about. */
const PEOPLE_MIN = 30;
const SEED = 20_261_128;

const at = (name: string): string => join(FOLDER, name);

function writeTable(): void {
  const { itemIds, histories } = packBaskets(retailBaskets());
  const evidence = basketEvidence(
    histories,
    Uint32Array.from(itemIds, (_, item) => item),
  );
  const systems: Readonly<Record<string, SparseForm>> = {
    complements: finish(complementSteps(evidence, COMPLEMENT_SETTINGS)),
    ...Object.fromEntries(
      PEERS.filter(([name]) => name !== 'confidence').map(([name, measure]) => [
        name,
        measured(histories, measure),
      ]),
    ),
  };
  const { people } = evidence.items.sources;
  const known = itemIds.flatMap((_, item) => (people[item]! >= PEOPLE_MIN ? [item] : []));
  const random = seededRandom(SEED);
  random.shuffle(known);
  const titles = titlesOf();
  const titleOf = (item: number): string => titles.get(itemIds[item]!) ?? itemIds[item]!;
  const rows = known.slice(0, THINGS).map((item) => ({
    thing: titleOf(item),
    lists: Object.fromEntries(
      Object.entries(systems).map(([name, form]) => [name, strongestTargets(form, item, SHOWN).map(titleOf)]),
    ),
  }));
  // Not from a seed: whoever judges must not be able to work it out.
  const key = rows.map(() => {
    const names = Object.keys(systems);
    const places = randomBytes(names.length);
    return names.toSorted(
      (a, b) => places[names.indexOf(a)]! - places[names.indexOf(b)]! || (a < b ? -1 : 1),
    );
  });
  const keyText = `${JSON.stringify({ salt: randomBytes(16).toString('hex'), key })}\n`;
  const digest = createHash('sha256').update(keyText).digest('hex');
  writeFileSync(at('key.json'), keyText);
  writeFileSync(at('table.md'), blindTable(rows, key, digest));
}

/**
 * The title that stands last; notes of the warehouse are in small letters, and none where there is another.
 */
function titlesOf(): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const line of readText('online_retail/online_retail.csv.gz').split('\n')) {
    const found = /^[^,]*,([^,]+),(?:"((?:[^"]|"")+)"|([^,]+)),/.exec(line);
    const title = (found?.[2] ?? found?.[3])?.replaceAll('""', '"').replaceAll('|', '/').trim();
    if (found === null || title === undefined) continue;
    if (title === title.toUpperCase() || !titles.has(found[1]!)) titles.set(found[1]!, title);
  }
  return titles;
}

function printResult(): void {
  const keyText = readFileSync(at('key.json'), 'utf8');
  const digest = createHash('sha256').update(keyText).digest('hex');
  if (!readFileSync(at('table.md'), 'utf8').includes(digest))
    throw new Error('the key is not that of the table');
  const { key } = JSON.parse(keyText) as { readonly key: readonly (readonly string[])[] };
  const judged = judgementsIn(readFileSync(at('judgements.csv'), 'utf8'));
  console.log(tally(judged, key));
}

if (process.argv[2] === 'table') writeTable();
else if (process.argv[2] === 'result') printResult();
else {
  console.error('say table or result');
  process.exitCode = 2;
}
