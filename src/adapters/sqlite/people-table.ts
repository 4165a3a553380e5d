// Owns: rows of `people` as the writer uses them: pseudonym → number and floor. The numbers of recent people
// are remembered, which saves a look-up of 1 µs per entry.

import { numberOf } from './columns.ts';

import type { DatabaseSync, StatementSync } from 'node:sqlite';

export interface PersonRow {
  readonly id: number;
  /** Sequence numbers up to here are taken. */
  readonly floor: number;
}

/** 100,000 take about 12 MB. */
const KNOWN_MAX = 100_000;

export class PeopleTable {
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #setFloor: StatementSync;
  readonly #drop: StatementSync;
  readonly #known = new Map<string, PersonRow>();

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('SELECT id, floor FROM people WHERE person = ?');
    this.#add = db.prepare('INSERT INTO people (person, floor, bytes) VALUES (?, -1, 0)');
    this.#setFloor = db.prepare('UPDATE people SET floor = ? WHERE id = ?');
    this.#drop = db.prepare('DELETE FROM people WHERE id = ?');
  }

  find(person: Uint8Array): PersonRow | undefined {
    const row = this.#find.get(person);
    return row === undefined ? undefined : { id: numberOf(row['id']), floor: numberOf(row['floor']) };
  }

  findOrAdd(person: Buffer): PersonRow {
    const name = person.toString('latin1');
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const row = this.find(person) ?? { id: Number(this.#add.run(person).lastInsertRowid), floor: -1 };
    // The whole map goes at once: it fills again in a second, and an order of use would cost more than it
    // saves.
    if (this.#known.size >= KNOWN_MAX) this.#known.clear();
    this.#known.set(name, row);
    return row;
  }

  setFloor(person: Uint8Array, { id }: PersonRow, floor: number): void {
    this.#forgetOne(person);
    this.#setFloor.run(floor, id);
  }

  drop(person: Uint8Array, { id }: PersonRow): void {
    this.#forgetOne(person);
    this.#drop.run(id);
  }

  /** Drops what is remembered: a transaction was rolled back. */
  forget(): void {
    this.#known.clear();
  }

  #forgetOne(person: Uint8Array): void {
    this.#known.delete(Buffer.from(person).toString('latin1'));
  }
}
