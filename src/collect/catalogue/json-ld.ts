// Owns: products as web pages tell them to search engines: schema.org Product and Offer in JSON-LD, alone, in
// a list, in `@graph` or in an ItemList (https://schema.org/Product).

import { problem } from '../../facts/parse.ts';
import { parseJson } from '../../kernel/canonical.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { isObject } from '../allow.ts';
import type { ItemDraft } from './item-draft.ts';
import type { CatalogueFormat, CatalogueSheet } from './sheet.ts';

/** JSON is read whole; larger catalogues come as CSV or XML. */
const JSON_LD_BYTES_MAX = 64 * LIMITS.bodyBytesMax;

type Node = Readonly<Record<string, unknown>>;

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
      for (const product of productsIn(json.value, 0)) sheet.add(draftOf(product), `product ${(count += 1)}`);
    },
  };
}

/** Products wherever schema.org lets them stand. */
function* productsIn(value: unknown, depth: number): Generator<Node> {
  if (depth > LIMITS.jsonDepthMax) return;
  if (Array.isArray(value)) {
    for (const entry of value) yield* productsIn(entry, depth + 1);
  } else if (isObject(value)) {
    if (isType(value, 'Product') || isType(value, 'IndividualProduct')) yield value;
    else if (isType(value, 'Offer') && isObject(value['itemOffered']))
      yield { ...value['itemOffered'], offers: value };
    else
      for (const name of ['@graph', 'itemListElement', 'item', 'mainEntity', 'hasVariant'])
        yield* productsIn(value[name], depth + 1);
  }
}

function isType(node: Node, type: string): boolean {
  return listOf(node['@type']).some(
    (name) => typeof name === 'string' && name.replace(/^.*[/:#]/, '') === type,
  );
}

function draftOf(product: Node): ItemDraft {
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
    category: categoryOf(product['category']),
    price: textOf(offer['price'] ?? offer['lowPrice'] ?? priced['price']),
    currency: textOf(offer['priceCurrency'] ?? priced['priceCurrency']),
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

function categoryOf(value: unknown): string | undefined {
  const first = listOf(value)[0];
  return isObject(first) ? textOf(first['name'] ?? first['codeValue']) : textOf(first);
}

function imageOf(value: unknown): string | undefined {
  const first = listOf(value)[0];
  return isObject(first) ? textOf(first['contentUrl'] ?? first['url']) : textOf(first);
}

function named(value: unknown): string | undefined {
  const first = listOf(value)[0];
  return isObject(first) ? textOf(first['name']) : textOf(first);
}

/** Text, a number, or the `@value` of a text with a language. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const first = listOf(value)[0];
  if (isObject(first)) return typeof first['@value'] === 'string' ? first['@value'] : undefined;
  return typeof first === 'string' ? first : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function compact(draft: { readonly [field in keyof ItemDraft]: ItemDraft[field] | undefined }): ItemDraft {
  // Fields that are `undefined` are as absent as absent ones; exactOptionalPropertyTypes cannot see that
  // here.
  return Object.fromEntries(Object.entries(draft).filter(([, text]) => text !== undefined));
}
