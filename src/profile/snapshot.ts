// A person's folded state as bytes, so that a long journal need not be folded again. One state, one text:
// it is canonical, hence equal states are equal bytes. Reading is total: whatever is not exactly what the
// writer writes is an error, and the engine then allows nothing, because a state that is half understood
// could lack the withdrawal.

import { canonicalJson, type Json } from '../kernel/canonical.ts';
import { equalBytes, utf8, utf8Text } from '../kernel/bytes.ts';
import { parseJson } from '../kernel/parse-json.ts';
import { type Result, err, ok } from '../kernel/result.ts';
import { LIMITS } from '../kernel/limits.ts';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { classOfCategory } from '../facts/declared-class.ts';
import type { ConsentChain } from '../facts/consent-state.ts';
import type { LinkEntry } from '../facts/entry.ts';
import { CONSENT_STATES, type Grant, type Grants, grantKey } from '../facts/grant.ts';
import { parsePersonId } from '../facts/ids.ts';
import { PURPOSES } from '../facts/purpose.ts';
import type { MutableProfile } from './fold.ts';
import { isWhole, readProfile, writeProfile } from './snapshot-facts.ts';

/** What is known of a person, without what they were shown. */
export interface PersonState {
  readonly profile: MutableProfile;
  readonly chain: ConsentChain;
  /** Whole or folded (`foldLink`). */
  readonly links: readonly LinkEntry[];
}

/** Longest snapshot: 2,000 facts of long names, and marks of 100,000 events at 11 bytes. */
const SNAPSHOT_BOUNDS = { bytesMax: 8_388_608, depthMax: 8 };
const VERSION = 1;
/**
 * Folded there are `LIMITS.linksPerPersonMax` at most; a whole journal of joins and partings is bounded as
 * journals are.
 */
const LINKS_MAX = LIMITS.journalEntriesPerPersonMax;
const GRANT_KEYS: ReadonlySet<string> = new Set(
  DATA_CATEGORIES.flatMap((category) => PURPOSES.map((purpose) => grantKey(category, purpose))),
);
const HEAD = /^[0-9a-f]{64}$/;

/** Canonical bytes (JSON) of the state; `decodeSnapshot` gives an equal state back. */
export function encodeSnapshot(state: PersonState): Uint8Array {
  return utf8(stateText(state));
}

function stateText({ profile, chain, links }: PersonState): string {
  const notices = noticesOf(chain.grants);
  return canonicalJson({
    v: VERSION,
    profile: writeProfile(profile),
    chain: {
      grants: [...chain.grants]
        .sort(byKey)
        .map(([key, { state, sinceMs, expiresMs, notice }]) => [
          ...[key, state, sinceMs, expiresMs],
          ...(notice === undefined ? [] : [notices.indexOf(notice)]),
        ]),
      // Absent in snapshots of before notices were registered, and where nothing was said in front of one.
      ...(notices.length === 0 ? {} : { notices }),
      seq: chain.seq,
      head: chain.head,
      withdrawals: chain.withdrawals,
      broken: chain.broken,
    },
    links: links.map((link) => [link.other, link.act, link.timeMs]),
  });
}

/** Each text once, sorted; rows name it by place. */
function noticesOf(grants: Grants): readonly string[] {
  const named = new Set<string>();
  for (const { notice } of grants.values()) if (notice !== undefined) named.add(notice);
  return [...named].sort();
}

function byKey([a]: readonly [string, Grant], [b]: readonly [string, Grant]): number {
  return a < b ? -1 : 1;
}

/** The state, or a sentence why these bytes are none. Never throws. */
export function decodeSnapshot(bytes: Uint8Array): Result<PersonState, string> {
  if (bytes.length > SNAPSHOT_BOUNDS.bytesMax) return err('the snapshot is longer than any that is written');
  const json = parseJson(utf8Text(bytes), SNAPSHOT_BOUNDS);
  if (!json.ok) return err(`the snapshot cannot be read: ${json.error}`);
  const state = readState(json.value);
  if (!state.ok) return state;
  // The writer has one form for each state; any other was not written by it.
  return equalBytes(encodeSnapshot(state.value), bytes)
    ? state
    : err('the snapshot is not in canonical form');
}

function readState(json: Json): Result<PersonState, string> {
  const state = fieldsOf(json);
  if (state === undefined || state['v'] !== VERSION) return err('the snapshot is of another version');
  const rows = fieldsOf(state['profile']);
  const profile = rows === undefined ? undefined : readProfile(rows);
  if (profile === undefined) return err('the facts in the snapshot cannot be read');
  const chain = readChain(fieldsOf(state['chain']) ?? {});
  if (chain === undefined) return err('the consent chain in the snapshot cannot be read');
  const links = readLinks(state['links']);
  if (links === undefined) return err('the joins in the snapshot cannot be read');
  return ok({ profile, chain, links });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value));
}

function readChain(fields: Readonly<Record<string, unknown>>): ConsentChain | undefined {
  const { seq, head, withdrawals, broken } = fields;
  const grants = readGrants(fields['grants'], fields['notices'] ?? []);
  if (grants === undefined || !isWhole(seq) || seq < -1 || typeof head !== 'string' || !HEAD.test(head))
    return undefined;
  if (!isWhole(withdrawals) || withdrawals < 0 || typeof broken !== 'boolean') return undefined;
  return { grants, seq, head, withdrawals, broken };
}

function readGrants(value: unknown, named: unknown): ReadonlyMap<string, Grant> | undefined {
  if (!Array.isArray(value) || !Array.isArray(named)) return undefined;
  const grants = new Map<string, Grant>();
  for (const row of value) {
    const hasNotice = Array.isArray(row) && row.length === 5;
    const [key, said, sinceMs, expiresMs, at] = rowOf(row, hasNotice ? 5 : 4);
    const notice: unknown = isWhole(at) ? named[at] : undefined;
    const state = CONSENT_STATES.find((one) => one === said);
    if (typeof key !== 'string' || !isGrantKey(key) || grants.has(key)) return undefined;
    if (state === undefined || !isWhole(sinceMs) || !isWhole(expiresMs)) return undefined;
    if (!hasNotice) grants.set(key, { state, sinceMs, expiresMs });
    else if (typeof notice !== 'string') return undefined;
    else grants.set(key, { state, sinceMs, expiresMs, notice });
  }
  return grants;
}

/** A category or a class, for a purpose. */
function isGrantKey(key: string): boolean {
  if (GRANT_KEYS.has(key)) return true;
  const [category = '', purpose, ...more] = key.split(' ');
  const isPurpose = PURPOSES.some((one) => one === purpose);
  return more.length === 0 && isPurpose && classOfCategory(category) !== undefined;
}

/** A row of that length, or one in which nothing can be read. */
function rowOf(value: unknown, length: number): readonly unknown[] {
  return Array.isArray(value) && value.length === length ? value : [];
}

function readLinks(value: unknown): readonly LinkEntry[] | undefined {
  if (!Array.isArray(value) || value.length > LINKS_MAX) return undefined;
  const links: LinkEntry[] = [];
  for (const row of value) {
    const [name, act, timeMs] = rowOf(row, 3);
    const other = parsePersonId(name);
    if (!other.ok || (act !== 'join' && act !== 'part') || !isWhole(timeMs)) return undefined;
    links.push({ other: other.value, act, timeMs });
  }
  return links;
}
