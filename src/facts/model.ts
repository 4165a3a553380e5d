// A learned model as an artefact: sparse weights from thing to thing, and a small prior. Immutable, public in
// nature (every weight rests on at least `minPeople` people, or on the catalogue alone), the same bytes
// everywhere. Its name is the hash of its bytes.
//
// Layout (little endian): "FLM1" · JSON header length u32 · header · item ids (JSON) length u32 · ids ·
// padding to 8 · offsets u32[n+1] · targets u32[e] · people u32[n] · weights f32[e] · padding to 8 · prior
// f64[n] · if the header says `links`: leaves u32[n] · groups u8[e] · if it says `likeness`: u8[e]. How steps
// fade (`fades`) stands in the header.

import { utf8, utf8Text } from '../kernel/bytes.ts';
import { FACT_BITS, WEIGHT_BITS, isQuantised } from '../kernel/fixed.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Result, err, ok } from '../kernel/result.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { type ModelFades, WEIGHT_LIMIT, fadesList, fadesOf } from './model-fades.ts';

export interface ItemModel {
  /** Hex SHA-256 of the artefact's bytes. */
  readonly id: string;
  /** Which formula made it, with its settings, e.g. `item-item/1 a=0.6 b=0.4`. */
  readonly kind: string;
  /** Ascending; a thing's index is its place here, so the order of indices is the order of ids. */
  readonly itemIds: readonly string[];
  /** Row i is `offsets[i] … offsets[i+1]`: what having i speaks for. */
  readonly offsets: Uint32Array;
  /** Ascending within a row. */
  readonly targets: Uint32Array;
  /**
   * Multiples of 2^-20, |w| < 16: products with fact weights (multiples of 2^-10) add up exactly in any
   * order.
   */
  readonly weights: Float32Array;
  /** Popularity, multiples of 2^-30, small: it breaks ties and fills lists. */
  readonly prior: Float64Array;
  /** People behind each thing. */
  readonly people: Uint32Array;
  readonly peopleTotal: number;
  readonly minPeople: number;
  readonly builtMs: number;
  /** Of complements alone. */
  readonly links?: ModelLinks;
  /** Of models of what comes next alone. */
  readonly fades?: ModelFades;
  /**
   * Per weight 1 where it rests on what the catalogue says and on nobody, so that it stays whoever leaves;
   * absent: none does.
   */
  readonly isLikeness?: Uint8Array;
}

/** What the weights of a complements model were made of, so that one can be taken out with its people. */
export interface ModelLinks {
  /** Leaf of each thing as it was then; equal numbers, equal leaves. */
  readonly leaves: Uint32Array;
  /** Per weight: `GROUPS` of which at least `minPeople` people were there, added up. */
  readonly groups: Uint8Array;
}

/** People who had both things in one basket; and the thing with something of the other's leaf. */
export const GROUPS = { pair: 1, toLeaf: 2 } as const;

export type ModelParts = Omit<ItemModel, 'id'>;

const MAGIC = 0x314d4c46;

/** Names the model by its bytes. */
export function makeModel(parts: ModelParts): ItemModel {
  return { ...parts, id: sha256Hex(encodeModel(parts)) };
}

/** The model of a shop nobody has bought in yet. */
export function emptyModel(): ItemModel {
  return makeModel({
    kind: 'empty/1',
    itemIds: [],
    offsets: new Uint32Array(1),
    targets: new Uint32Array(0),
    weights: new Float32Array(0),
    prior: new Float64Array(0),
    people: new Uint32Array(0),
    peopleTotal: 0,
    minPeople: 0,
    builtMs: 0,
  });
}

export function encodeModel(model: ModelParts): Uint8Array {
  const { kind, peopleTotal, minPeople, builtMs, links, fades, isLikeness } = model;
  const edges = model.targets.length;
  const header = utf8(
    JSON.stringify({
      ...{ v: 1, kind, items: model.itemIds.length, edges, peopleTotal, minPeople, builtMs },
      ...(links === undefined ? {} : { links: true }),
      ...(fades === undefined ? {} : { fades: fadesList(fades) }),
      ...(isLikeness === undefined ? {} : { likeness: true }),
    }),
  );
  const ids = utf8(JSON.stringify(model.itemIds));
  const numbersAt = align8(12 + header.length + ids.length);
  const offsetsEnd = numbersAt + 4 * (2 * model.itemIds.length + 1 + 2 * edges);
  const priorAt = align8(offsetsEnd);
  const linksAt = priorAt + 8 * model.itemIds.length;
  const likenessAt = linksAt + (links === undefined ? 0 : linksLength(model.itemIds.length, edges));
  const bytes = new Uint8Array(likenessAt + (isLikeness?.length ?? 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, header.length, true);
  bytes.set(header, 8);
  view.setUint32(8 + header.length, ids.length, true);
  bytes.set(ids, 12 + header.length);
  let at = numbersAt;
  for (const list of [model.offsets, model.targets, model.people]) {
    for (const value of list) {
      view.setUint32(at, value, true);
      at += 4;
    }
  }
  for (const value of model.weights) {
    view.setFloat32(at, value, true);
    at += 4;
  }
  at = priorAt;
  for (const value of model.prior) {
    view.setFloat64(at, value, true);
    at += 8;
  }
  if (links !== undefined) writeLinks(links, bytes, linksAt);
  bytes.set(isLikeness ?? [], likenessAt);
  return bytes;
}

function linksLength(items: number, edges: number): number {
  return 4 * items + edges;
}

function writeLinks({ leaves, groups }: ModelLinks, bytes: Uint8Array, from: number): void {
  const view = new DataView(bytes.buffer, from);
  for (const [item, leaf] of leaves.entries()) view.setUint32(4 * item, leaf, true);
  bytes.set(groups, from + 4 * leaves.length);
}

/** Reads an artefact; every index is checked, because a file on disk is input from outside. */
export function decodeModel(bytes: Uint8Array): Result<ItemModel, string> {
  const layout = layoutOf(bytes);
  if (!layout.ok) return layout;
  const { itemIds, header, numbersAt, priorAt, linksAt, likenessAt } = layout.value;
  const items = itemIds.length;
  const { edges } = header;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = numbersAt;
  const u32s = (count: number): Uint32Array => {
    const out = new Uint32Array(count);
    for (let n = 0; n < count; n += 1, at += 4) out[n] = view.getUint32(at, true);
    return out;
  };
  const offsets = u32s(items + 1);
  const targets = u32s(edges);
  const people = u32s(items);
  const weights = new Float32Array(edges);
  for (let n = 0; n < edges; n += 1, at += 4) weights[n] = view.getFloat32(at, true);
  const prior = new Float64Array(items);
  for (let n = 0; n < items; n += 1) prior[n] = view.getFloat64(priorAt + 8 * n, true);
  const { kind, peopleTotal, minPeople, builtMs } = header;
  const links = header.links === true ? { links: readLinks(bytes.subarray(linksAt, likenessAt), items) } : {};
  const fades = fadesOf(header.fades);
  if ((header.fades === undefined) !== (fades === undefined)) return err('how steps fade cannot be read');
  const counts = {
    people,
    peopleTotal,
    minPeople,
    builtMs,
    ...links,
    ...(fades === undefined ? {} : { fades }),
    ...(header.likeness === true ? { isLikeness: bytes.slice(likenessAt) } : {}),
  };
  const parts = { kind, itemIds, offsets, targets, weights, prior, ...counts };
  const wrong = check(parts);
  return wrong === undefined ? ok({ ...parts, id: sha256Hex(bytes) }) : err(wrong);
}

function readLinks(bytes: Uint8Array, items: number): ModelLinks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const leaves = Uint32Array.from({ length: items }, (_, item) => view.getUint32(4 * item, true));
  return { leaves, groups: bytes.slice(4 * items) };
}

interface Header {
  readonly kind: string;
  readonly items: number;
  readonly edges: number;
  readonly peopleTotal: number;
  readonly minPeople: number;
  readonly builtMs: number;
  /** `true`, or absent. */
  readonly links?: unknown;
  /** `fadesList`, or absent. */
  readonly fades?: unknown;
  /** `true`, or absent. */
  readonly likeness?: unknown;
}

interface Head {
  readonly header: Header;
  readonly itemIds: readonly string[];
  readonly numbersAt: number;
}

/** Where in an artefact what begins; its length is the one that its header promises. */
export interface Layout extends Head {
  readonly priorAt: number;
  readonly linksAt: number;
  readonly likenessAt: number;
}

export function layoutOf(bytes: Uint8Array): Result<Layout, string> {
  const head = readHead(bytes);
  if (!head.ok) return head;
  const { header, itemIds, numbersAt } = head.value;
  const items = itemIds.length;
  const priorAt = align8(numbersAt + 4 * (2 * items + 1 + 2 * header.edges));
  const linksAt = priorAt + 8 * items;
  const likenessAt = linksAt + (header.links === true ? linksLength(items, header.edges) : 0);
  const length = likenessAt + (header.likeness === true ? header.edges : 0);
  if (bytes.length !== length) return err('the model has another length than its header says');
  return ok({ ...head.value, priorAt, linksAt, likenessAt });
}

function readHead(bytes: Uint8Array): Result<Head, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 16 || view.getUint32(0, true) !== MAGIC) return err('these bytes are not a model');
  const headerLength = view.getUint32(4, true);
  if (headerLength > 4096 || 12 + headerLength > bytes.length)
    return err('the header of the model is cut off');
  const idsLength = view.getUint32(8 + headerLength, true);
  if (12 + headerLength + idsLength > bytes.length) return err('the item list of the model is cut off');
  try {
    const header = JSON.parse(utf8Text(bytes.subarray(8, 8 + headerLength))) as Header;
    const itemIds = JSON.parse(
      utf8Text(bytes.subarray(12 + headerLength, 12 + headerLength + idsLength)),
    ) as string[];
    const counts = [header.items, header.edges, header.peopleTotal, header.minPeople, header.builtMs];
    if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0))
      return err('the header of the model has no counts');
    if (![header.links, header.likeness].every((there) => there === undefined || there === true))
      return err('the header of the model is none that is written');
    if (!Array.isArray(itemIds) || itemIds.length !== header.items)
      return err('the model lists another number of items');
    return ok({ header, itemIds, numbersAt: align8(12 + headerLength + idsLength) });
  } catch {
    return err('the header of the model is not JSON');
  }
}

function check(parts: ModelParts): string | undefined {
  const { itemIds, offsets, targets, weights, prior, people, links, isLikeness } = parts;
  const items = itemIds.length;
  if (items > LIMITS.catalogueItemsMax) return 'the model has too many items';
  for (let n = 1; n < items; n += 1)
    if (!(itemIds[n - 1]! < itemIds[n]!)) return 'item ids are not in ascending order';
  if (offsets[0] !== 0 || offsets[items] !== targets.length || people.length !== items)
    return 'the rows of the model do not add up';
  for (let row = 0; row < items; row += 1) {
    if (offsets[row]! > offsets[row + 1]!) return 'the rows of the model overlap';
    for (let at = offsets[row]!; at < offsets[row + 1]!; at += 1) {
      const last = at === offsets[row]! ? -1 : targets[at - 1]!;
      if (targets[at]! >= items || targets[at]! <= last)
        return 'a row of the model is not in ascending order';
      if (!isQuantised(weights[at]!, WEIGHT_BITS) || Math.abs(weights[at]!) >= WEIGHT_LIMIT)
        return 'a weight is not exact';
    }
    if (!isQuantised(prior[row]!, WEIGHT_BITS + FACT_BITS)) return 'a prior is not exact';
  }
  if (links?.groups.some((group) => group > ALL_GROUPS) === true) return 'a weight is of an unknown group';
  if (isLikeness?.some((one) => one > 1) === true)
    return 'a weight is likeness neither alone nor with others';
  return undefined;
}

const ALL_GROUPS = GROUPS.pair | GROUPS.toLeaf;

function align8(at: number): number {
  return (at + 7) & ~7;
}
