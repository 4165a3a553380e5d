// npm run bench -- classes [--list]: how many categories of the Google and the Shopify taxonomy `classify`
// finds in the class that a person judged them to be (judged.tsv), by their paths, and for Shopify by their
// ids. The data lie in FINELINE_DATA (bench/data/convert.ts). --list names every miss and every false one.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify } from '../../src/collect/catalogue/classify.ts';
import { SENSITIVE_CLASSES } from '../../src/facts/item.ts';
import { type Category, googleCategories, shopifyCategories } from './taxonomies.ts';

/** A title that says nothing: the category alone has to. */
const TITLE = 'Article';
const isListing = process.argv.includes('--list');
const judged = readJudged(readFileSync(join(import.meta.dirname, 'judged.tsv'), 'utf8'));

const shopify = shopifyCategories();
report('Google, by path', googleCategories(), byPath);
report('Shopify, by path', shopify, byPath);
report('Shopify, by id', shopify, byId);

function readJudged(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => line.split('\t')).map(([name = '', path = '']) => [path, name]));
}

/** The judgement of the nearest branch; what no branch holds was judged to tell nothing. */
function judgement({ path }: Category): string {
  for (let length = path.length; length > 0; length -= 1) {
    const name = judged.get(path.slice(0, length).join(' > '));
    if (name !== undefined) return name;
  }
  return 'none';
}

function byPath({ path }: Category): string {
  return classify({ title: TITLE, path }) ?? 'none';
}

function byId({ id = '' }: Category): string {
  return classify({ title: TITLE, path: [], shelves: [`gid://shopify/TaxonomyCategory/${id}`] }) ?? 'none';
}

function report(name: string, categories: readonly Category[], found: (category: Category) => string): void {
  const rows = categories
    .map((category) => ({ path: category.path.join(' > '), is: judgement(category), said: found(category) }))
    .filter(({ is }) => is !== 'either');
  const classes = SENSITIVE_CLASSES.filter((one) => rows.some(({ is, said }) => is === one || said === one));
  console.log(`${name}: ${categories.length} categories, ${rows.length} judged`);
  console.table(
    Object.fromEntries(
      classes.map((one) => [
        one,
        {
          judged: rows.filter(({ is }) => is === one).length,
          found: rows.filter(({ said }) => said === one).length,
          missed: rows.filter(({ is, said }) => is === one && said !== one).length,
          false: rows.filter(({ is, said }) => is !== one && said === one).length,
        },
      ]),
    ),
  );
  if (!isListing) return;
  for (const { path, is, said } of rows) if (is !== said) console.log(`  ${is}, found ${said}: ${path}`);
}
