// Goal: every branch of the published taxonomies that a person judged has the class of that judgement, by its
// path alone, also where the taxonomies themselves are not at hand. Branches on which people disagree are
// left out.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { classify } from '../../src/collect/catalogue/classify.ts';

const judged = readFileSync(join(import.meta.dirname, 'judged.tsv'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t') as [string, string])
  .filter(([name]) => name !== 'either');

it('[C22] finds each judged branch of the Google and Shopify taxonomies in its class', () => {
  expect(judged.length).toBeGreaterThan(60);
  const wrong = judged.filter(
    ([name, path]) => (classify({ title: 'Article', path: path.split(' > ') }) ?? 'none') !== name,
  );
  expect(wrong).toEqual([]);
});
