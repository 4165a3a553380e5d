// Owns: reading the published taxonomies: each category as the path a shop would write.

import { readText } from '../data/convert.ts';

export interface Category {
  /** Of Shopify `hb-1-9`; absent where the list has no ids of its own. */
  readonly id?: string;
  readonly path: readonly string[];
}

/** The Google product taxonomy as an indented list; the numbers in it are not Google's, so they are left. */
export function googleCategories(): readonly Category[] {
  const open: string[] = [];
  return readText('taxonomies/google_taxonomy-with-ids.en-US.txt.gz')
    .split('\n')
    .flatMap((line) => {
      const name = /^ *\d+ \|[^|]*\| (.+)$/.exec(line)?.[1];
      if (name === undefined) return [];
      // The number is set to the right in four places, behind two blanks for each step.
      open.length = (line.indexOf('|') - 5) / 2;
      open.push(name.trim());
      return [{ path: [...open] }];
    });
}

interface ShopifyFile {
  readonly verticals: readonly {
    readonly categories: readonly {
      readonly id: string;
      readonly name: string;
      readonly parent_id: string | null;
    }[];
  }[];
}

/** The Shopify taxonomy of July 2024. */
export function shopifyCategories(): readonly Category[] {
  const file = JSON.parse(readText('taxonomies/shopify_en.json.gz')) as ShopifyFile;
  const paths = new Map<string, readonly string[]>();
  for (const { id, name, parent_id } of file.verticals.flatMap(({ categories }) => categories))
    paths.set(id, [...(parent_id === null ? [] : (paths.get(parent_id) ?? [])), name]);
  return [...paths].map(([id, path]) => ({ id, path }));
}
