// The thief of the disk. They copy the home, have all the time in the world, know names, orders and times of
// customers, and sometimes bring the disk back changed.

import { createHash, createHmac } from 'node:crypto';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createWrapping } from '../../../src/adapters/sqlite/wrapping.ts';
import { u16, utf8 } from '../../../src/kernel/bytes.ts';
import { type Needle, needleOf, needlesOf, searchDatabase, searchFolder } from '../../support/e2e-planted.ts';
import { type Attacker, type Outcome, type Trial, tally } from './attacker.ts';
import {
  BOUGHT_MS,
  type DiskHome,
  type Lacks,
  bytesIn,
  diskHome,
  keyRows,
  knownOf,
  moveIn,
  nameOf,
  orderOf,
  thingOf,
} from './stolen-home.ts';

export const THIEF: Attacker = {
  name: 'thief',
  attack: async ({ people: asked, isQuick = false }) => {
    const people = isQuick ? 3 : Math.min(asked, 40);
    const copied = await livedIn({}, people);
    const trials: Trial[] = [];
    for (const plan of isQuick ? [WORDS, KEYS] : [WORDS, NAMES, KEYS, SWAP, YESTERDAY]) {
      const { lacks, run, changes, ...words } = plan;
      const unguarded = await onHome(lacks, people, (home) => run(home, people, false));
      // Who only copies leaves the home as it was, for the next.
      const guarded =
        changes === true
          ? await onHome({}, people, (home) => run(home, people, true))
          : await run(copied, people, true);
      trials.push({ attacker: 'thief of the disk', ...words, unguarded, guarded });
    }
    copied.dispose();
    return trials;
  },
};

interface Plan extends Pick<Trial, 'tried' | 'success' | 'without' | 'chance'> {
  readonly lacks: Lacks;
  /** The thief brings something back. */
  readonly changes?: true;
  readonly run: (home: DiskHome, people: number, isGuarded: boolean) => Promise<Outcome>;
}

async function livedIn(lacks: Lacks, people: number): Promise<DiskHome> {
  const home = diskHome(lacks);
  const stage = await home.open();
  await moveIn(stage, people);
  await stage.close();
  return home;
}

async function onHome(
  lacks: Lacks,
  people: number,
  run: (home: DiskHome) => Promise<Outcome>,
): Promise<Outcome> {
  const home = await livedIn(lacks, people);
  try {
    return await run(home);
  } finally {
    home.dispose();
  }
}

const WORDS: Plan = {
  tried:
    'searches every byte of every file, and every row, for names, things, orders and times in 19 encodings',
  success: 'a planted word found',
  without: 'rows that are not sealed',
  chance: 0,
  lacks: { seals: true },
  run: async (home, people) => {
    const copy = home.copied();
    const words = Array.from({ length: people }, (_, n) => n).flatMap((n) => [
      ...[nameOf(n), thingOf(n), orderOf(n)].map((word) => [word, needlesOf(word)] as const),
      [`time of ${nameOf(n)}`, timesOf(BOUGHT_MS + n)] as const,
    ]);
    const needles = words.flatMap(([, forms]) => forms);
    const hits = [
      ...searchFolder(copy, needles),
      ...DATABASES.flatMap((file) => searchDatabase(join(copy, file), needles)),
    ];
    const found = new Map(hits.map(({ word, where, form }) => [word, `${form} in ${where}`]));
    const counted = tally();
    for (const [word, forms] of words) {
      const hit = found.get(forms[0]?.word ?? word);
      counted.add(hit !== undefined, `${word}: ${hit}`);
    }
    return counted.outcome();
  },
};

const DATABASES = ['data/data.db', 'keys/keys.db', 'log/log.db'];

/** A moment as it may stand in a file: text, and 8 bytes of either order. */
function timesOf(timeMs: number): readonly Needle[] {
  const word = `time ${timeMs}`;
  const little = Buffer.alloc(8);
  little.writeBigUInt64LE(BigInt(timeMs));
  const float = Buffer.alloc(8);
  float.writeDoubleLE(timeMs);
  const forms = [little, Buffer.from(little).reverse(), float, Buffer.from(float).reverse()];
  const texts = [String(timeMs), new Date(timeMs).toISOString()];
  return [...forms.map((bytes) => needleOf(word, bytes)), ...texts.map((text) => needleOf(word, utf8(text)))];
}

const NAMES: Plan = {
  tried: 'hashes each customer’s name, plain and with any 32 bytes of the key folder, against the pseudonyms',
  success: 'a customer recognised',
  without: 'pseudonyms that are plain hashes of names',
  chance: 0,
  lacks: { pepper: true },
  run: async (home, people) => {
    const copy = home.copied();
    const pseudonyms = new Set(keyRows(copy).map(({ person }) => Buffer.from(person).toString('hex')));
    const keys = candidates(copy);
    const counted = tally();
    for (let n = 0; n < people; n += 1) {
      const found = hashesOf(nameOf(n), keys).some((hash) => pseudonyms.has(hash.slice(0, 32)));
      counted.add(found, nameOf(n));
    }
    return counted.outcome();
  },
};

function hashesOf(name: string, keys: readonly Uint8Array[]): readonly string[] {
  const framed = Buffer.concat([u16(4), utf8('town'), utf8(name)]);
  const texts = [utf8(name), utf8(`town${name}`), framed];
  const plain = texts.map((text) => createHash('sha256').update(text).digest('hex'));
  return [...plain, ...keys.map((key) => createHmac('sha256', key).update(framed).digest('hex'))];
}

/** Stretches of 32 bytes that could be a key: all of small files, and all within wrapped keys. */
function candidates(copy: string): readonly Uint8Array[] {
  const files = readdirSync(join(copy, 'keys')).filter((file) => !/\.db/.test(file));
  const small = files.map((file) => bytesIn(copy, join('keys', file)));
  const wrapped = keyRows(copy)
    .slice(0, 8)
    .map((row) => row.wrapped);
  return [...small, ...wrapped].flatMap((bytes) =>
    Array.from({ length: Math.max(0, Math.min(200, bytes.length - 31)) }, (_, at) =>
      bytes.slice(at, at + 32),
    ),
  );
}

const KEYS: Plan = {
  tried: 'tries every 32 bytes of the key folder as the master key that unwraps the keys of people',
  success: 'a person whose keys come open',
  without: 'a master key that lies in the home (the default: see known gap 2)',
  chance: 0,
  lacks: { outsideKey: true },
  run: async (home) => {
    const copy = home.copied();
    const rows = keyRows(copy);
    const opened = new Set<number>();
    for (const key of candidates(copy)) {
      const { unwrap } = createWrapping(key);
      rows.forEach(({ person, state, wrapped }, at) => {
        if (unwrap(person, state, wrapped) !== undefined) opened.add(at);
      });
    }
    const counted = tally();
    rows.forEach((_, at) => counted.add(opened.has(at), `row ${at}`));
    return counted.outcome();
  },
};

const SWAP: Plan = {
  tried:
    'exchanges the rows of two people and brings the disk back, to be shown one in the place of the other',
  success: 'somebody’s things told as somebody else’s',
  without: 'rows that are not sealed',
  chance: 0,
  lacks: { seals: true },
  changes: true,
  run: async (home, people) => {
    const names = new DatabaseSync(join(home.folder, 'data', 'data.db'));
    const all = names
      .prepare('SELECT id FROM people ORDER BY id')
      .all()
      .map(({ id }) => Number(id));
    // Each gets the rows of the one that came after; numbers of rows stay in their order.
    const shift = names.prepare('UPDATE entries SET person = ? WHERE person = ?');
    const snapshots = names.prepare('SELECT id, snapshot, bytes, floor FROM people ORDER BY id').all();
    for (const [at, id] of all.entries()) shift.run(-(all[(at + 1) % all.length] ?? 0), id);
    names.exec('UPDATE entries SET person = -person');
    const put = names.prepare('UPDATE people SET snapshot = ?, bytes = ?, floor = ? WHERE id = ?');
    for (const [at, row] of snapshots.entries()) {
      put.run(row['snapshot'] ?? null, row['bytes'] ?? 0, row['floor'] ?? 0, all[(at + 1) % all.length] ?? 0);
    }
    names.close();
    const stage = await home.open();
    const counted = tally();
    for (let n = 0; n < people; n += 1) {
      const told = await knownOf(stage, nameOf(n));
      const others = Array.from({ length: people }, (_, m) => m).filter((m) => m !== n);
      counted.add(
        others.some((m) => told.includes(thingOf(m))),
        `${nameOf(n)}: ${told.slice(0, 200)}`,
      );
    }
    await stage.close();
    return counted.outcome();
  },
};

const YESTERDAY: Plan = {
  tried: 'puts yesterday’s data.db back after people were erased',
  success: 'somebody who is there again',
  without: 'a backup that holds the keys as well',
  chance: 0,
  lacks: {},
  changes: true,
  run: async (home, people, isGuarded) => {
    const yesterday = home.copied();
    let stage = await home.open();
    for (let n = 0; n < people; n += 1) {
      const path = `/v1/people/${nameOf(n)}`;
      const { status, text } = await stage.ask({ method: 'DELETE', path, key: stage.keys.officer });
      if (status !== 200) throw new Error(`could not be erased: ${text}`);
    }
    await stage.close();
    for (const folder of isGuarded ? ['data'] : ['data', 'keys', 'log']) {
      rmSync(join(home.folder, folder), { recursive: true });
      cpSync(join(yesterday, folder), join(home.folder, folder), { recursive: true });
    }
    if (!existsSync(join(home.folder, 'data', 'data.db'))) throw new Error('nothing was put back');
    stage = await home.open();
    const counted = tally();
    for (let n = 0; n < people; n += 1) {
      const told = await knownOf(stage, nameOf(n));
      counted.add(told.includes(thingOf(n)), `${nameOf(n)}: ${told.slice(0, 200)}`);
    }
    await stage.close();
    return counted.outcome();
  },
};
