// Owns: keys of people in memory. Keys die when they are overwritten; there is no disk to think of.

import { concatBytes, hex, u16, utf8 } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';
import { hkdfSha256, hmacKey, hmacWith } from '../../kernel/sha256.ts';

import type { Entropy, KeyStore, PersonKey, PersonKeys } from '../../engine/ports.ts';
import type { Gate } from './gate.ts';

type Row =
  | { readonly kind: 'live'; readonly profile: Uint8Array; readonly evidence: Uint8Array; revocations: number }
  | { readonly kind: 'erased'; evidence: Uint8Array | undefined; readonly untilMs: number };

const KEY_BYTES = 32;
const PSEUDONYM_BYTES = 16;

export function memoryKeyStore(gate: Gate, entropy: Entropy): KeyStore {
  const rows = new Map<PersonKey, Row>();
  const master = entropy.bytes(KEY_BYTES);
  const pepper = hmacKey(hkdfSha256({ key: master, info: utf8('pepper'), lengthBytes: KEY_BYTES }));

  const createRow = (person: PersonKey): PersonKeys => {
    const row: Row = {
      kind: 'live',
      profile: entropy.bytes(KEY_BYTES),
      evidence: entropy.bytes(KEY_BYTES),
      revocations: 0,
    };
    rows.set(person, row);
    return keysOf(row);
  };

  return {
    personKey(controller, person): PersonKey {
      const name = utf8(controller);
      const mac = hmacWith(pepper, concatBytes(u16(name.length), name, utf8(person)));
      // The mint of pseudonyms: 16 bytes of a keyed hash, in hex.
      return hex(mac.subarray(0, PSEUDONYM_BYTES)) as PersonKey;
    },

    derive: (label) => hkdfSha256({ key: master, info: utf8(`derive/${label}`), lengthBytes: KEY_BYTES }),

    async get(person): Promise<PersonKeys | 'erased' | undefined> {
      gate.enter('keys.get');
      const row = rows.get(person);
      if (row === undefined) return undefined;
      return row.kind === 'erased' ? 'erased' : keysOf(row);
    },

    async create(people): Promise<ReadonlyMap<PersonKey, PersonKeys>> {
      gate.enter('keys.create');
      const created = new Map<PersonKey, PersonKeys>();
      for (const person of people) {
        const row = rows.get(person);
        if (row === undefined) created.set(person, createRow(person));
        else if (row.kind === 'live') created.set(person, keysOf(row));
      }
      return created;
    },

    async revoke(person): Promise<number> {
      gate.enter('keys.revoke');
      const row = rows.get(person);
      if (row?.kind !== 'live') {
        throw new Fault('no-key', 'this person has no keys: create them before a withdrawal', { retry: 'never' });
      }
      row.revocations += 1;
      return row.revocations;
    },

    async erase(person, evidenceUntilMs): Promise<void> {
      gate.enter('keys.erase');
      const row = rows.get(person);
      if (row?.kind === 'erased') return;
      row?.profile.fill(0);
      rows.set(person, { kind: 'erased', evidence: row?.evidence, untilMs: evidenceUntilMs });
    },

    async expireEvidence(nowMs): Promise<number> {
      gate.enter('keys.expireEvidence');
      let count = 0;
      for (const row of rows.values()) {
        if (row.kind === 'live' || row.evidence === undefined || row.untilMs > nowMs) continue;
        row.evidence.fill(0);
        row.evidence = undefined;
        count += 1;
      }
      return count;
    },

    async readmit(person): Promise<PersonKeys> {
      gate.enter('keys.readmit');
      const row = rows.get(person);
      if (row?.kind === 'live') return keysOf(row);
      row?.evidence?.fill(0);
      return createRow(person);
    },

    async counts(): Promise<{ readonly people: number; readonly erased: number }> {
      gate.enter('keys.counts');
      let erased = 0;
      for (const row of rows.values()) if (row.kind === 'erased') erased += 1;
      return { people: rows.size - erased, erased };
    },

    async close(): Promise<void> {
      gate.close();
    },
  };
}

/** A copy: the caller may wipe what it was given. */
function keysOf(row: Extract<Row, { kind: 'live' }>): PersonKeys {
  return { profile: row.profile.slice(), evidence: row.evidence.slice(), revocations: row.revocations };
}
