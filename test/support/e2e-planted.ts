// Planted words: what is known of one person and of nobody else, in every format a shop may send, and the
// search for any of it in every form it could have been kept in.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export const PERSON = 'Planted-Quintessa-9f3c71';

/** Kept as long as the person is here. */
export const KEPT = {
  person: PERSON,
  viewed: 'sku-xyloq-8812',
  bought: 'sku-vandrel-3301',
  basket: 'sku-ombrifuge-5527',
  clicked: 'sku-tarquin-9944',
  liked: 'sku-quellmoss-6613',
  csvItem: 'SKUWREXHAM7071',
  language: 'qaa-Qplantd-x9k7w2',
  segmentId: 'msg-plant-a81f44',
  segmentOrder: 'ord-plant-771204',
  gaOrder: 'txn-plant-552913',
  cloudId: 'ce-plant-0c7e19',
  plainId: 'plain-plant-64d2b8',
  csvOrder: 'INVPLANT5093',
  /** What is registered is public; the language somebody read it in is theirs. */
  noticeLanguage: 'en-x-plant-38aa07',
} as const;

/** Sent along, as shops do, and never to be kept, not even for a moment. */
export const DROPPED = {
  name: 'Quintessa Plantagenet-Marlowe',
  email: 'quintessa.marlowe@plant.example',
  phone: '+49-1579-2355512',
  street: 'Plantagenstrasse 4711',
  agent: 'PlantBrowser/7.31 (Quintessential)',
  address: '203.0.113.177',
  url: 'https://plant.example/p/quintessas-secret-page',
  device: 'device-plant-51aa9c',
  gaClient: '771204551.1999887766',
  coupon: 'PLANTCOUPON-Q99',
  custom: 'plant-custom-dimension-8',
  title: 'Ring engraved for Quintessa with love',
} as const;

export const PLANTED: readonly string[] = [...Object.values(KEPT), ...Object.values(DROPPED)];

export interface Needle {
  readonly word: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/**
 * A word in every form: encodings of characters and of bytes, and its hash, which finds a name that is
 * guessed.
 */
export function needlesOf(word: string): readonly Needle[] {
  const plain = Buffer.from(word);
  const utf16 = Buffer.from(word, 'utf16le');
  const digest = createHash('sha256').update(plain).digest();
  const forms: Record<string, Buffer> = {
    'utf-8': plain,
    'lower case': Buffer.from(word.toLowerCase()),
    'upper case': Buffer.from(word.toUpperCase()),
    'utf-16 le': utf16,
    'utf-16 be': Buffer.from(utf16).swap16(),
    hex: Buffer.from(plain.toString('hex')),
    HEX: Buffer.from(plain.toString('hex').toUpperCase()),
    percent: Buffer.from(encodeURIComponent(word)),
    'sha-256': digest,
    'sha-256 hex': Buffer.from(digest.toString('hex')),
    'sha-256 base64': Buffer.from(digest.toString('base64').slice(0, 42)),
    'sha-256 base64url': Buffer.from(digest.toString('base64url').slice(0, 42)),
  };
  for (const offset of [0, 1, 2]) {
    forms[`base64 at ${offset}`] = Buffer.from(base64Inside(plain, offset));
    forms[`base64url at ${offset}`] = Buffer.from(
      base64Inside(plain, offset).replaceAll('+', '-').replaceAll('/', '_'),
    );
  }
  return Object.entries(forms).map(([form, bytes]) => ({ word, form, bytes }));
}

/** What base64 makes of these bytes wherever they begin, without the ends that depend on their neighbours. */
function base64Inside(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  return text.slice(offset === 0 ? 0 : 4, text.length - 1);
}

export const WORDS: readonly Needle[] = PLANTED.flatMap(needlesOf);

export interface Hit {
  readonly where: string;
  readonly word: string;
  readonly form: string;
}

/** Needles that are in these bytes. */
export function search(where: string, bytes: Uint8Array, needles: readonly Needle[]): readonly Hit[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return needles
    .filter((needle) => buffer.includes(needle.bytes))
    .map(({ word, form }) => ({ where, word, form }));
}

/** Every byte of every file below a folder, and the names of the files. */
export function searchFolder(folder: string, needles: readonly Needle[]): readonly Hit[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const named = search(`the name of ${path}`, Buffer.from(entry.name), needles);
    const bytes = entry.isFile() ? readIfThere(path) : undefined;
    return bytes === undefined ? named : [...named, ...search(path, bytes, needles)];
  });
}

/** A running server replaces files while they are listed. */
function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Every value of every row of a database. The raw bytes are not enough: a value that is longer than a page is
 * cut in pieces there, and a cut may go through a word. The database must not be in use.
 */
export function searchDatabase(file: string, needles: readonly Needle[]): readonly Hit[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all();
    return tables.flatMap(({ name }) => {
      const table = String(name);
      const rows = db.prepare(`SELECT * FROM "${table}"`).all();
      return rows.flatMap((row) =>
        Object.values(row).flatMap((value) => search(`${file}, ${table}`, bytesOf(value), needles)),
      );
    });
  } finally {
    db.close();
  }
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(String(value));
}

/** Bytes that must be gone, as a needle. */
export function needleOf(word: string, bytes: Uint8Array): Needle {
  return { word, form: 'bytes', bytes: Buffer.from(bytes) };
}
