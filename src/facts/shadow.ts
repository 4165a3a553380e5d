// The shadow of the sensitive classes: ordinary things that betray one, and things of which too little is
// known. It is learned from volunteers, laid over the catalogue, and the same for everybody: nothing in it is
// about a person. Kept as a document whose name is the hash of its bytes, so a decision can name it.

import { utf8 } from '../kernel/bytes.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { parseJson } from '../kernel/parse-json.ts';
import { type Result, err, ok } from '../kernel/result.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { type ClassName, SENSITIVE_CLASSES } from './item.ts';

/** A thing with the sensitive leaf that it betrays most. */
export interface Proxy {
  readonly item: string;
  /** `health|Pharmacy > Diabetes care`: class and leaf of the catalogue. */
  readonly leaf: string;
  readonly class: ClassName;
  /** z statistic: standard errors that members differ from others. Negative: they have it less. */
  readonly t: number;
  /** Rate of members over rate of others within strata. */
  readonly lift: number;
}

/** What a release of the guard counts says (learn/proxies/find-proxies.ts). */
export interface ProxiesFound {
  /** Strongest first; a thing stands here once. */
  readonly proxies: readonly Proxy[];
  /** Things of which too few volunteers are known: nobody can say that they tell nothing. Ascending. */
  readonly unknown: readonly string[];
  /** Sensitive leaves with too few members to be judged: they have no shadow yet. Ascending. */
  readonly unjudged: readonly string[];
}

/** What concept erasure takes out of a model for one sensitive leaf (learn/proxies/leaf-tilts.ts). */
export interface LeafTilt {
  readonly leaf: string;
  /**
   * Things, ascending, each with how many more members have it than people as active as they (fewer:
   * negative), in whole people and never 0.
   */
  readonly more: readonly (readonly [item: string, people: number])[];
}

/** A release as it is kept. */
export interface ShadowRelease extends Pick<ProxiesFound, 'proxies' | 'unjudged'> {
  readonly builtMs: number;
  /** Ordinary things that were judged and betray nothing. What came later is in no list. Ascending. */
  readonly known: readonly string[];
  /** Volunteers behind it, down to a multiple of `LIMITS.peopleOutsideMin`. */
  readonly volunteers: number;
  /** What is taken out of models that are learned under it; absent where the policy does not erase. */
  readonly tilts?: readonly LeafTilt[];
}

/** What a shelf needs of a release. */
export interface Shadow {
  /** Hex SHA-256 of the release; empty for none. */
  readonly id: string;
  /** Proxy → the class that it betrays most. */
  readonly classes: ReadonlyMap<string, ClassName>;
  /** Things that betray nothing; all others are unknown. Absent: nothing is unknown. */
  readonly known?: ReadonlySet<string>;
}

export const NO_SHADOW: Shadow = { id: '', classes: new Map() };

/** Stands for a release that cannot be read: nobody can say of anything that it tells nothing. */
export const DARK: Shadow = { id: 'unreadable', classes: new Map(), known: new Set() };

/** Example: `shadowOf(release).classes.get('socks-seamless')` is `'health'`. */
export function shadowOf({ proxies, known }: Pick<ShadowRelease, 'proxies' | 'known'>, id = ''): Shadow {
  return {
    id,
    classes: new Map(proxies.map((proxy) => [proxy.item, proxy.class])),
    known: new Set(known),
  };
}

/** The bytes that are kept: canonical JSON, so that equal releases have one name. */
export function encodeShadow({ proxies, tilts, ...release }: ShadowRelease): Uint8Array {
  const { builtMs, volunteers, known, unjudged } = release;
  const written = proxies.map(({ item, leaf, t, lift }) => ({ item, leaf, t, lift }));
  const more = tilts === undefined ? {} : { tilts: tilts.map(({ leaf, more: of }) => ({ leaf, more: of })) };
  return utf8(canonicalJson({ v: 1, builtMs, volunteers, proxies: written, known, unjudged, ...more }));
}

export function shadowId(bytes: Uint8Array): string {
  return sha256Hex(bytes);
}

/** A catalogue of a million things fits, each of them unknown. */
const BOUNDS = { bytesMax: 256 * 1024 * 1024, depthMax: 5 };

/**
 * Reads a release back. What is not exactly as it was written is an error: half a shadow would show what it
 * is there to hide.
 */
export function decodeShadow(text: string): Result<ShadowRelease, string> {
  const parsed = parseJson(text, BOUNDS);
  if (!parsed.ok) return parsed;
  if (typeof parsed.value !== 'object' || parsed.value === null) return err('the shadow is no object');
  const { v, builtMs, volunteers, proxies, known, unjudged, tilts } = parsed.value as Record<string, unknown>;
  if (v !== 1) return err('the shadow is of another format');
  if (typeof builtMs !== 'number' || typeof volunteers !== 'number') return err('the shadow has no time');
  if (!isTexts(known) || !isTexts(unjudged) || !Array.isArray(proxies)) return err('the shadow has no lists');
  const read = proxies.map(readProxy);
  if (!read.every((proxy) => proxy !== undefined)) return err('a proxy cannot be read');
  const release = { builtMs, volunteers, proxies: read, known, unjudged };
  if (tilts === undefined) return ok(release);
  if (!Array.isArray(tilts) || !tilts.every(isTilt)) return err('what is erased cannot be read');
  return ok({ ...release, tilts });
}

function isTilt(value: unknown): value is LeafTilt {
  if (typeof value !== 'object' || value === null) return false;
  const { leaf, more } = value as Record<string, unknown>;
  if (typeof leaf !== 'string' || classOfLeaf(leaf) === undefined || !Array.isArray(more)) return false;
  return more.every((pair, at) => {
    if (!Array.isArray(pair) || pair.length !== 2) return false;
    const [item, people] = pair as readonly unknown[];
    const [before] = (more[at - 1] ?? []) as readonly unknown[];
    if (typeof item !== 'string' || !Number.isSafeInteger(people) || people === 0) return false;
    return typeof before !== 'string' || before < item;
  });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function readProxy(value: unknown): Proxy | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { item, leaf, t, lift } = value as Record<string, unknown>;
  if (typeof item !== 'string' || typeof leaf !== 'string') return undefined;
  if (typeof t !== 'number' || typeof lift !== 'number') return undefined;
  const name = classOfLeaf(leaf);
  return name === undefined ? undefined : { item, leaf, class: name, t, lift };
}

/** The class in the name of a sensitive leaf: of `health|Pharmacy > Diabetes care` it is `health`. */
export function classOfLeaf(leaf: string): ClassName | undefined {
  const name = leaf.split('|', 1)[0] ?? '';
  if (name.startsWith('own-')) return name as ClassName;
  return SENSITIVE_CLASSES.find((one) => one === name);
}
