// Owns: the last step of every catalogue format: from texts to one bounded `Item`. Only the id and the title
// must be there; what else cannot be read is left out and reported, so that one bad link does not cost an
// article its place.

import { parseItemId } from '../../facts/ids.ts';
import { type Item, SENSITIVE_CLASSES } from '../../facts/item.ts';
import { type Problem, problem } from '../../facts/parse.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { currencyCode } from '../money.ts';
import { isNoId } from '../people.ts';
import { withClass } from './with-class.ts';
import { classOfTaxonomyId, taxonomyId } from './taxonomy-id.ts';
import { availability, cleanLink, cleanProse, cleanText, pathSteps } from './clean.ts';
import { parsePrice } from './price.ts';

/** What a format found, as text. */
export interface ItemDraft {
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  /** `A > B > C`, in the shop's own words, or Shopify's long id. */
  readonly category?: string;
  /** A path of Google's taxonomy or its number. */
  readonly googleCategory?: string;
  /** The same of Shopify's: a path, `gid://shopify/TaxonomyCategory/hb-1-9` or `hb-1-9`. */
  readonly productCategory?: string;
  /** Free words of the shop, with commas between them. */
  readonly tags?: string;
  readonly price?: string;
  readonly currency?: string;
  readonly brand?: string;
  /** Name of the product that it is a variant of. */
  readonly variantOf?: string;
  readonly availability?: string;
  /** Pieces; where no availability is told, the word for it. */
  readonly stock?: string;
  readonly marginPercent?: string;
  readonly link?: string;
  readonly imageLink?: string;
  readonly adult?: string;
  readonly ageGroup?: string;
  /** The shop's own label, one of `SENSITIVE_CLASSES`. */
  readonly sensitive?: string;
}

export interface ItemRead {
  /** Absent when it has no readable id or no title. */
  readonly item?: Item;
  readonly problems: readonly Problem[];
}

/** Makes the item. `fileCurrency` holds where the price names none. */
export function readItem(draft: ItemDraft, fileCurrency?: string): ItemRead {
  const problems: Problem[] = [];
  const id = parseItemId(draft.id?.trim(), 'id');
  if (!id.ok) return { problems: [id.error] };
  const title = cleanText(draft.title ?? '', LIMITS.titleLengthMax);
  if (title === '') return { problems: [problem('title', 'a text that is not empty', 'Name the article.')] };
  const item = {
    id: id.value,
    title,
    path: pathSteps(pathText(draft)),
    available: availableOf(
      draft.availability?.trim() === '' ? draft.stock : (draft.availability ?? draft.stock),
      problems,
    ),
    ...numbersOf(draft, problems),
    ...categoryOf(draft),
    ...priceOf(draft, fileCurrency, problems),
    ...textsOf(draft),
    ...linksOf(draft, problems),
  };
  return { item: withClass(item, marksOf(draft, problems)), problems };
}

/** A published category, if it is a path, stands in for the shop's own. */
function pathText({ category = '', productCategory = '', googleCategory = '' }: ItemDraft): string {
  if (category.trim() !== '' && !isGid(category)) return category;
  const paths = [productCategory, googleCategory].filter((text) => taxonomyId(text) === undefined);
  return paths.find((text) => /[^\s\d]/.test(text)) ?? '';
}

/** The number that says a class, else the first. A bare number in the shop's own column is the shop's own. */
function categoryOf({
  productCategory = '',
  googleCategory = '',
  category = '',
}: ItemDraft): Pick<Item, 'category'> {
  const texts = [productCategory, googleCategory, isGid(category) ? category : ''];
  const ids = texts.map(taxonomyId).filter((id) => id !== undefined);
  const id = ids.find((one) => classOfTaxonomyId(one) !== undefined) ?? ids[0];
  return id === undefined ? {} : { category: id };
}

function isGid(text: string): boolean {
  return text.trim().startsWith('gid://shopify/');
}

function availableOf(text: string | undefined, problems: Problem[]): boolean {
  if (text === undefined || text.trim() === '') return true;
  const known = availability(text);
  if (known === undefined)
    problems.push(problem('availability', 'in stock or out of stock', 'It was taken as out of stock.'));
  return known ?? false;
}

function numbersOf(draft: ItemDraft, problems: Problem[]): Pick<Item, 'stock' | 'marginPercent'> {
  const stock = /^\d{1,8}$/.test(draft.stock?.trim() ?? '') ? Number(draft.stock) : undefined;
  const { stockMax, marginPercentMax: max } = LIMITS;
  const text = (draft.marginPercent ?? '').replace(/%\s*$/, '').trim();
  const margin = /^-?\d{1,3}(?:\.\d{1,4})?$/.test(text) ? Number(text) : undefined;
  const isMargin = margin !== undefined && Math.abs(margin) <= max;
  if (text !== '' && !isMargin)
    problems.push(problem('margin_percent', `-${max} to ${max}`, 'The article went in without it.'));
  return {
    ...(stock === undefined || stock > stockMax ? {} : { stock }),
    ...(isMargin ? { marginPercent: margin } : {}),
  };
}

function priceOf(
  draft: ItemDraft,
  fileCurrency: string | undefined,
  problems: Problem[],
): Pick<Item, 'priceMinor' | 'currency'> {
  if (draft.price === undefined || draft.price.trim() === '') return {};
  const price = parsePrice(draft.price, currencyCode(draft.currency) ?? fileCurrency);
  if (price === undefined)
    problems.push(problem('price', 'an amount like 12.50 EUR', 'The article went in without a price.'));
  return price ?? {};
}

function textsOf(draft: ItemDraft): Pick<Item, 'description' | 'brand' | 'variantOf'> {
  const description = cleanProse(draft.description ?? '', LIMITS.textLengthMax);
  const brand = cleanText(draft.brand ?? '', LIMITS.titleLengthMax);
  const product = cleanText(draft.variantOf ?? '', LIMITS.titleLengthMax);
  // Taken for a name, what programs write where there is none would make a whole shelf one product.
  const variantOf = isNoId(product) ? '' : product;
  return {
    ...(description === '' ? {} : { description }),
    ...(brand === '' ? {} : { brand }),
    ...(variantOf === '' ? {} : { variantOf }),
  };
}

function linksOf(draft: ItemDraft, problems: Problem[]): Pick<Item, 'link' | 'imageLink'> {
  const read = (text: string | undefined, field: string): string | undefined => {
    if (text === undefined || text.trim() === '') return undefined;
    const link = cleanLink(text);
    if (link === undefined)
      problems.push(problem(field, 'an http(s) address', 'The article went in without it.'));
    return link;
  };
  const link = read(draft.link, 'link');
  const imageLink = read(draft.imageLink, 'image_link');
  return { ...(link === undefined ? {} : { link }), ...(imageLink === undefined ? {} : { imageLink }) };
}

type Marks = Parameters<typeof withClass>[1];

function marksOf(draft: ItemDraft, problems: Problem[]): Marks {
  const label = draft.sensitive?.trim();
  if (label !== undefined && label !== '' && !SENSITIVE_CLASSES.some((name) => name === label)) {
    problems.push(problem('sensitive', `one of ${SENSITIVE_CLASSES.join(', ')}`, 'The label was not used.'));
  }
  return {
    adult: /^\s*(?:yes|true|1)\s*$/i.test(draft.adult ?? ''),
    shelves: [draft.googleCategory, draft.productCategory].filter((text) => text !== undefined),
    tags: draft.tags?.split(',') ?? [],
    ...(draft.ageGroup === undefined ? {} : { ageGroup: draft.ageGroup.trim().toLowerCase() }),
    ...(label === undefined ? {} : { label }),
  };
}
