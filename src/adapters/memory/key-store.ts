// Owns: keys of people in memory. Keys die when they are overwritten; there is no disk to think of.

import { concatBytes, hex, u16, utf8 } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';
import { hkdfSha256, hmacKey, hmacWith, type HmacKey } from '../../kernel/sha256.ts';

import type { Entropy, KeyStore, PersonKey, PersonKeys } from '../../engine/ports.ts';
import type { Gate } from './gate.ts';

type Row =
  | {
      readonly kind: 'live';
      readonly profile: Uint8Array;
      readonly evidence: Uint8Array;
      revocations: number;
    }
  | { readonly kind: 'erased'; evidence: Uint8Array | undefined; readonly untilMs: number };

const KEY_BYTES = 32;
const PSEUDONYM_BYTES = 16;

export class MemoryKeyStore implements KeyStore {
  readonly #gate: Gate;
  readonly #entropy: Entropy;
  readonly #rows = new Map<PersonKey, Row>();
  readonly #master: Uint8Array;
  readonly #pepper: HmacKey;
  #erasures = 0;

  constructor(gate: Gate, entropy: Entropy) {
    this.#gate = gate;
    this.#entropy = entropy;
    this.#master = entropy.bytes(KEY_BYTES);
    this.#pepper = hmacKey(this.#derive('pepper'));
  }

  personKey(controller: string, person: string): PersonKey {
    const name = utf8(controller);
    const mac = hmacWith(this.#pepper, concatBytes(u16(name.length), name, utf8(person)));
    // The mint of pseudonyms: 16 bytes of a keyed hash, in hex.
    return hex(mac.subarray(0, PSEUDONYM_BYTES)) as PersonKey;
  }

  derive(label: string): Uint8Array {
    return this.#derive(`named/${label}`);
  }

  async get(person: PersonKey): Promise<PersonKeys | 'erased' | undefined> {
    this.#gate.enter('keys.get');
    const row = this.#rows.get(person);
    if (row === undefined) return undefined;
    return row.kind === 'erased' ? 'erased' : keysOf(row);
  }

  async create(people: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, PersonKeys>> {
    this.#gate.enter('keys.create');
    const created = new Map<PersonKey, PersonKeys>();
    for (const person of people) {
      const row = this.#rows.get(person);
      if (row === undefined) created.set(person, this.#createRow(person));
      else if (row.kind === 'live') created.set(person, keysOf(row));
    }
    return created;
  }

  async revoke(person: PersonKey): Promise<number> {
    this.#gate.enter('keys.revoke');
    const row = this.#rows.get(person);
    if (row?.kind !== 'live') {
      throw new Fault('no-key', 'this person has no keys: create them before a withdrawal', {
        retry: 'never',
      });
    }
    row.revocations += 1;
    return row.revocations;
  }

  async erase(person: PersonKey, evidenceUntilMs: number): Promise<void> {
    this.#gate.enter('keys.erase');
    const row = this.#rows.get(person);
    if (row?.kind === 'erased') return;
    row?.profile.fill(0);
    if (row !== undefined) this.#erasures += 1;
    this.#rows.set(person, { kind: 'erased', evidence: row?.evidence, untilMs: evidenceUntilMs });
  }

  async expireEvidence(nowMs: number): Promise<number> {
    this.#gate.enter('keys.expireEvidence');
    let count = 0;
    for (const row of this.#rows.values()) {
      if (row.kind === 'live' || row.evidence === undefined || row.untilMs > nowMs) continue;
      row.evidence.fill(0);
      row.evidence = undefined;
      count += 1;
    }
    return count;
  }

  async readmit(person: PersonKey): Promise<PersonKeys> {
    this.#gate.enter('keys.readmit');
    const row = this.#rows.get(person);
    if (row?.kind === 'live') return keysOf(row);
    row?.evidence?.fill(0);
    return this.#createRow(person);
  }

  async counts(): Promise<{ readonly people: number; readonly erased: number }> {
    this.#gate.enter('keys.counts');
    let erased = 0;
    for (const row of this.#rows.values()) if (row.kind === 'erased') erased += 1;
    return { people: this.#rows.size - erased, erased };
  }

  async erasures(): Promise<number> {
    this.#gate.enter('keys.erasures');
    return this.#erasures;
  }

  async close(): Promise<void> {
    this.#gate.close();
  }

  #derive(label: string): Uint8Array {
    return hkdfSha256({ key: this.#master, info: utf8(label), lengthBytes: KEY_BYTES });
  }

  #createRow(person: PersonKey): PersonKeys {
    const profile = this.#entropy.bytes(KEY_BYTES);
    const evidence = this.#entropy.bytes(KEY_BYTES);
    const row = { kind: 'live' as const, profile, evidence, revocations: 0 };
    this.#rows.set(person, row);
    return keysOf(row);
  }
}

/** A copy: the caller may wipe what it was given. */
function keysOf(row: Extract<Row, { kind: 'live' }>): PersonKeys {
  return { profile: row.profile.slice(), evidence: row.evidence.slice(), revocations: row.revocations };
}
