// What the shop sells, as its pages need it: departments, leaves, products in the language of the page. The
// catalogue is the shop's own; Fineline was told of it when the town was imported.

import { CATALOGUE, findProduct } from '../../data/town/catalogue.ts';
import type { Language } from './language.ts';
import { productWords, stepWord } from './town-words.ts';

/** The public half of a product. */
export interface Product {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly brand: string;
  readonly priceMinor: number;
  readonly stock: number;
  /** English steps, broad to narrow: names of shelves, not words to show. */
  readonly path: readonly string[];
}

export interface Leaf {
  /** English, unique in the town. */
  readonly name: string;
  readonly slug: string;
  readonly path: readonly string[];
  readonly products: readonly string[];
}

export interface Department {
  readonly name: string;
  readonly slug: string;
  readonly leaves: readonly Leaf[];
}

export const DEPARTMENTS: readonly Department[] = departments();
const leaves: readonly Leaf[] = DEPARTMENTS.flatMap((department) => department.leaves);

function departments(): readonly Department[] {
  const found = new Map<string, Map<string, { path: readonly string[]; products: string[] }>>();
  for (const { id, path } of CATALOGUE) {
    const root =
      found.get(path[0] ?? '') ?? new Map<string, { path: readonly string[]; products: string[] }>();
    const name = path.at(-1) ?? '';
    const leaf = root.get(name) ?? { path, products: [] };
    leaf.products.push(id);
    root.set(name, leaf);
    found.set(path[0] ?? '', root);
  }
  return [...found].map(([name, inner]) => ({
    name,
    slug: slugOf(name),
    leaves: [...inner].map(([leaf, one]) => ({ name: leaf, slug: slugOf(leaf), ...one })),
  }));
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

export function productOf(id: string, language: Language): Product | undefined {
  const product = findProduct(id);
  if (product === undefined) return undefined;
  const { brand, priceMinor, stock, path } = product;
  return { id, ...productWords(id, language), brand, priceMinor, stock, path };
}

/** Those that the shop knows, in the order given. */
export function productsOf(ids: readonly string[], language: Language): readonly Product[] {
  return ids.flatMap((id) => productOf(id, language) ?? []);
}

export function departmentOf(slug: string): Department | undefined {
  return DEPARTMENTS.find((department) => department.slug === slug);
}

export function leafOf(slug: string): Leaf | undefined {
  return leaves.find((leaf) => leaf.slug === slug);
}

export function leafOfProduct(product: Product): Leaf | undefined {
  return leaves.find(({ name }) => name === product.path.at(-1));
}

/** Others of the same leaf, the neighbours on the shelf first. */
export function neighbours(product: Product, language: Language): readonly Product[] {
  const ids = leafOfProduct(product)?.products.filter((id) => id !== product.id) ?? [];
  return productsOf(ids, language);
}

const FOUND_MAX = 48;

/** Every word of the query stands in title, description, brand or shelf. Titles first. */
export function search(query: string, language: Language): readonly Product[] {
  const fold = (text: string): string =>
    text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase(language);
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const hits = CATALOGUE.flatMap(({ id, path, brand }) => {
    const { title, description } = productWords(id, language);
    const shelf = path.map((step) => stepWord(step, language)).join(' ');
    const all = fold(`${title} ${description} ${brand} ${shelf}`);
    if (!words.every((word) => all.includes(word))) return [];
    return [{ id, first: words.every((word) => fold(title).includes(word)) }];
  });
  const ids = hits.sort((a, b) => Number(b.first) - Number(a.first)).map(({ id }) => id);
  return productsOf(ids.slice(0, FOUND_MAX), language);
}
