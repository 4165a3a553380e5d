// The consent records a person has, as an import has to know them to go on where it was.

import type { Engine } from '../../../engine/engine.ts';
import { utf8 } from '../../../kernel/bytes.ts';
import { canonicalJson, type JsonObject } from '../../../kernel/canonical.ts';
import { sha256Hex } from '../../../kernel/sha256.ts';
import type { PersonId } from '../../../facts/ids.ts';
import { parseObject } from '../../../facts/parse.ts';

export interface KnownRecord {
  /** Changes and notice, as `keyOf` writes them. */
  readonly key: string;
  readonly timeMs: number;
  readonly isImported: boolean;
}

/**
 * Changes and notice in 64 characters. As text they are some thousand, and a file of a million people has a
 * million of them.
 */
export function keyOf(said: JsonObject): string {
  return sha256Hex(utf8(canonicalJson(said)));
}

/** Oldest first; none for a person who is not here. */
export async function knownRecords(engine: Engine, person: PersonId): Promise<readonly KnownRecord[]> {
  const exported = await engine.export(person);
  const journal: unknown = typeof exported === 'string' ? [] : exported['journal'];
  const records: KnownRecord[] = [];
  for (const entry of Array.isArray(journal) ? (journal as readonly unknown[]) : []) {
    const fields = parseObject(entry, 'entry');
    if (!fields.ok || fields.value['kind'] !== 'consent') continue;
    const record = parseObject(fields.value['record'], 'record');
    if (!record.ok) continue;
    const { changes, notice, method, timeMs } = record.value;
    // A record of our own journal, made of JSON's own types.
    const key = keyOf({ changes, notice: namedIn(notice) } as JsonObject);
    records.push({ key, timeMs: Number(timeMs), isImported: method === 'import' });
  }
  return records;
}

/** As a line names it: the version is ours. */
function namedIn(notice: unknown): unknown {
  const fields = parseObject(notice, 'notice');
  return fields.ok ? { id: fields.value['id'], language: fields.value['language'] } : notice;
}

/** `category purpose` of every choice that stands as a no. */
export async function standingNoes(engine: Engine, person: PersonId): Promise<ReadonlySet<string>> {
  const known = await engine.grants(person);
  const grants: unknown = typeof known === 'string' ? [] : known['grants'];
  const noes = new Set<string>();
  for (const entry of Array.isArray(grants) ? (grants as readonly unknown[]) : []) {
    const fields = parseObject(entry, 'grant');
    if (!fields.ok || fields.value['state'] === 'given') continue;
    noes.add(`${String(fields.value['category'])} ${String(fields.value['purpose'])}`);
  }
  return noes;
}
