// Owns: products as web pages tell them to search engines: schema.org Product and Offer in JSON-LD, alone, in
// a list, in `@graph` or in an ItemList (https://schema.org/Product).

import type { SensitiveClass } from '../../facts/item.ts';
import { problem } from '../../facts/parse.ts';
import { parseJson } from '../../kernel/canonical.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { isObject } from '../allow.ts';
import type { ItemDraft } from './item-draft.ts';
import { type Node, isType, listOf, textOf } from './json-ld-values.ts';
import {
  type GroupNames,
  SHARED_LENGTH_MAX,
  groupNameOf,
  groupsIn,
  isGroup,
  saysTooMuch,
  withGroup,
} from './product-group.ts';
import type { CatalogueFormat, CatalogueSheet } from './sheet.ts';

/** JSON is read whole; larger catalogues come as CSV or XML. */
const JSON_LD_BYTES_MAX = 64 * LIMITS.bodyBytesMax;

export function createJsonLd(sheet: CatalogueSheet): CatalogueFormat {
  let held: string[] = [];
  let length = 0;
  return {
    push(text) {
      length += text.length;
      if (length > JSON_LD_BYTES_MAX) {
        held = [];
        sheet.refuse(problem('json', `at most ${JSON_LD_BYTES_MAX} bytes`, 'Send a CSV or XML feed.'));
        return;
      }
      held.push(text);
    },
    end() {
      if (length > JSON_LD_BYTES_MAX) return;
      const json = parseJson(held.join('').replace(/^\ufeff/, ''), {
        bytesMax: JSON_LD_BYTES_MAX,
        depthMax: LIMITS.jsonDepthMax,
      });
      if (!json.ok) {
        sheet.refuse(problem('json', 'one JSON document', json.error));
        return;
      }
      let count = 0;
      const groups = groupsIn(json.value);
      for (const product of productsIn(json.value, sheet))
        sheet.add(draftOf(product, groups), `product ${(count += 1)}`);
    },
  };
}

/** Products wherever schema.org lets them stand. */
function* productsIn(value: unknown, sheet: CatalogueSheet, depth = 0): Generator<Node> {
  if (depth > LIMITS.jsonDepthMax) return;
  if (Array.isArray(value)) {
    for (const entry of value) yield* productsIn(entry, sheet, depth + 1);
  } else if (isObject(value)) {
    if (isGroup(value)) yield* variantsIn(value, sheet, depth);
    else if (isSold(value)) yield value;
    else if (isType(value, 'Offer') && isObject(value['itemOffered']))
      yield { ...value['itemOffered'], offers: value };
    else
      for (const name of ['@graph', 'itemListElement', 'item', 'mainEntity'])
        yield* productsIn(value[name], sheet, depth + 1);
  }
}

function* variantsIn(group: Node, sheet: CatalogueSheet, depth: number): Generator<Node> {
  if (saysTooMuch(group)) {
    const expected = `at most ${SHARED_LENGTH_MAX} characters of name, category and keywords`;
    sheet.report(problem('product group', expected, 'Its variants were not read; shorten it.'));
    return;
  }
  // A group that is sold itself is one of its variants.
  if (isSold(group)) yield withGroup(group, group);
  for (const variant of productsIn(group['hasVariant'], sheet, depth + 1)) yield withGroup(group, variant);
}

function isSold(node: Node): boolean {
  return isType(node, 'Product') || isType(node, 'IndividualProduct');
}

function draftOf(product: Node, groups: GroupNames): ItemDraft {
  const offer = offerOf(product['offers']);
  const priced = listOf(offer['priceSpecification']).find(isObject) ?? {};
  return compact({
    id: textOf(
      product['sku'] ??
        product['productID'] ??
        product['@id'] ??
        product['gtin13'] ??
        product['gtin'] ??
        offer['sku'],
    ),
    title: textOf(product['name']),
    description: textOf(product['description']),
    ...categoriesOf(product['category']),
    tags: listOf(product['keywords']).map(textOf).join(','),
    sensitive: considerationOf(product['hasAdultConsideration']),
    price: textOf(offer['price'] ?? offer['lowPrice'] ?? priced['price']),
    currency: textOf(offer['priceCurrency'] ?? priced['priceCurrency']),
    variantOf: groupNameOf(product, groups),
    brand: named(product['brand'] ?? product['manufacturer']),
    availability: textOf(offer['availability']),
    link: textOf(product['url'] ?? offer['url']),
    imageLink: imageOf(product['image']),
  });
}

/** The first offer; of an AggregateOffer its own figures, or else its first part. */
function offerOf(offers: unknown): Node {
  const first = listOf(offers).find(isObject) ?? {};
  const part = listOf(first['offers']).find(isObject);
  return part === undefined ? first : { ...part, ...first };
}

/**
 * `category` may be text, a code of a list, or several of them. The first is the shop's path; the others are
 * read for words. A code of Google's list is kept as its number.
 */
function categoriesOf(value: unknown): Pick<Draft, 'category' | 'googleCategory' | 'productCategory'> {
  const nodes = listOf(value);
  const codes = nodes.filter(isObject).filter((node) => /google/i.test(codeSetOf(node)));
  const texts = nodes.map((node) =>
    isObject(node) ? textOf(node['name'] ?? node['codeValue'] ?? node['@value']) : textOf(node),
  );
  const [category, ...others] = texts.filter((text) => text !== undefined);
  return {
    category,
    googleCategory: textOf(codes[0]?.['codeValue']),
    productCategory: others.length === 0 ? undefined : others.join(' > '),
  };
}

function codeSetOf(node: Node): string {
  const set = node['inCodeSet'];
  return isObject(set) ? (textOf(set['name'] ?? set['@id']) ?? '') : (textOf(set) ?? '');
}

/** What schema.org says of things that are not for everybody, as the class that it tells. */
const CONSIDERATIONS: Readonly<Record<string, SensitiveClass>> = {
  AlcoholConsideration: 'alcohol',
  HealthcareConsideration: 'health',
  NarcoticConsideration: 'addiction',
  SexualContentConsideration: 'sexuality',
  TobaccoNicotineConsideration: 'addiction',
};

function considerationOf(value: unknown): SensitiveClass | undefined {
  const names = listOf(value).map((one) =>
    (textOf(isObject(one) ? one['@id'] : one) ?? '').replace(/^.*[/:#]/, ''),
  );
  return names.map((name) => CONSIDERATIONS[name]).find((name) => name !== undefined);
}

function imageOf(value: unknown): string | undefined {
  const first = listOf(value)[0];
  return isObject(first) ? textOf(first['contentUrl'] ?? first['url']) : textOf(first);
}

function named(value: unknown): string | undefined {
  const first = listOf(value)[0];
  return isObject(first) ? textOf(first['name']) : textOf(first);
}

type Draft = { readonly [field in keyof ItemDraft]: ItemDraft[field] | undefined };

function compact(draft: Draft): ItemDraft {
  // Fields that are `undefined` are as absent as absent ones; exactOptionalPropertyTypes cannot see that
  // here.
  return Object.fromEntries(Object.entries(draft).filter(([, text]) => text !== undefined));
}
