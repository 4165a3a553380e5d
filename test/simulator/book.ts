// What people did and said, in plain lists, and what may be read of them at most. It knows nothing of chains,
// folds, snapshots and caches. Requests get lost and machines crash, so that nobody can say whether a word
// was heard; the book therefore keeps what *may* be in force: a word that was answered is certain, one that
// was not is one more possibility. A read that no possibility allows is wrong.

import type { Purpose } from '../../src/facts/purpose.ts';

export type Said = 'given' | 'no' | 'silent';

export interface Where {
  readonly country: string;
  readonly region?: string;
}

export interface Asking {
  readonly purpose: Purpose;
  readonly place: Where;
  readonly gpc: boolean;
  readonly nowMs: number;
}

export interface Word {
  readonly category: string;
  readonly purpose: string;
  readonly said: 'given' | 'no';
}

interface Told<T> {
  /** What may be the truth; the certain one stands alone. */
  possible: Set<T>;
  timeMs: number;
}

export interface Life {
  readonly id: string;
  words: Map<string, Set<Said>>;
  /** Things that ever reached the shop about this person. */
  items: Set<string>;
  /** Things whose view was acknowledged, and when that was first (true time). */
  views: Map<string, number>;
  /** Things whose purchase ever reached the shop. */
  buys: Set<string>;
  /** Things whose view ever reached the shop. */
  looks: Set<string>;
  /** Things whose purchase was acknowledged, and when that was (true time). */
  bought: Map<string, number>;
  born: Told<number | undefined>;
  home: Told<string | undefined>;
  joins: Set<string>;
  /** Keys of facts they set aside, acknowledged. */
  restricted: Set<string>;
  erased: boolean;
  /** A word of theirs is on its way: people speak one thing after another. */
  speaking: boolean;
  /** Consent records acknowledged, with the true time. */
  records: number[];
}

/** Age of consent where the request says one is; elsewhere the strictest law counts, 18. */
const AGES: Readonly<Record<string, number>> = { DE: 16, AT: 14, BE: 13, IT: 14, FR: 15, US: 16 };
const CALIFORNIA = 'US-CA';

export const placeName = ({ country, region }: Where): string =>
  region === undefined ? country : `${country}-${region}`;

export class Book {
  readonly lives = new Map<string, Life>();

  of(id: string): Life {
    let life = this.lives.get(id);
    if (life === undefined) this.lives.set(id, (life = newLife(id)));
    return life;
  }

  speaks(life: Life, words: readonly Word[]): void {
    life.speaking = true;
    for (const { category, purpose, said } of words) {
      const key = `${category} ${purpose}`;
      life.words.set(key, new Set<Said>(life.words.get(key) ?? ['silent']).add(said));
    }
  }

  heard(life: Life, words: readonly Word[], trueMs: number): void {
    for (const { category, purpose, said } of words)
      life.words.set(`${category} ${purpose}`, new Set([said]));
    life.records.push(trueMs);
  }

  /** They asked to be erased: until that is answered nobody knows what of them is left. */
  mayLeave(life: Life): void {
    life.speaking = true;
    life.bought = new Map();
    life.records = [];
    life.restricted = new Set();
    for (const said of life.words.values()) said.add('silent');
    life.born = { possible: new Set([...life.born.possible, undefined]), timeMs: 0 };
    life.home = { possible: new Set([...life.home.possible, undefined]), timeMs: 0 };
  }

  leaves(life: Life): void {
    Object.assign(life, newLife(life.id), { erased: true });
  }

  returns(life: Life): void {
    Object.assign(life, newLife(life.id));
  }

  /** A backup was put back: what was said of age and place since may be forgotten; a no never is. */
  restored(backupMs: number): void {
    for (const life of this.lives.values()) {
      life.born = { possible: new Set([...life.born.possible, undefined]), timeMs: life.born.timeMs };
      life.home = {
        possible: new Set([...life.home.possible, undefined, CALIFORNIA]),
        timeMs: life.home.timeMs,
      };
      for (const [item, atMs] of life.bought) if (atMs >= backupMs) life.bought.delete(item);
      life.records = life.records.filter((atMs) => atMs < backupMs);
      // A fact that the backup does not know can be set aside by nobody; seen again, it is a new one.
      for (const [item, atMs] of life.views) {
        if (atMs < backupMs) continue;
        life.views.delete(item);
        life.restricted.delete(`viewed|town-web|${item}`);
      }
    }
  }

  /** May this category be read, as far as anybody outside can know? */
  mayRead(life: Life, category: string, { purpose, place, gpc, nowMs }: Asking): boolean {
    if (life.erased) return false;
    const name = placeName(place);
    const inCalifornia = name === CALIFORNIA;
    const advert = purpose === 'advertise' || purpose === 'contact';
    const least = advert ? 18 : inCalifornia ? 16 : place.country === 'US' ? 18 : (AGES[place.country] ?? 18);
    const year = new Date(nowMs).getUTCFullYear();
    const old = (born: number | undefined): boolean => born === undefined || year - born - 1 >= least;
    if (![...life.born.possible].some(old)) return false;
    if (gpc && (purpose === 'advertise' || (purpose === 'contact' && !inCalifornia))) return false;
    // Its notice names no partner.
    if (purpose === 'pool') return false;
    const said = life.words.get(`${category} ${purpose}`) ?? new Set<Said>(['silent']);
    if (said.has('given')) return true;
    const homes = [...life.home.possible];
    const californian = inCalifornia && homes.some((home) => home === undefined || home === CALIFORNIA);
    return californian && purpose !== 'guard' && !gpc && said.has('silent');
  }
}

function newLife(id: string): Life {
  return {
    id,
    words: new Map(),
    items: new Set(),
    views: new Map(),
    buys: new Set(),
    looks: new Set(),
    bought: new Map(),
    born: { possible: new Set([undefined]), timeMs: 0 },
    home: { possible: new Set([undefined]), timeMs: 0 },
    joins: new Set(),
    restricted: new Set(),
    erased: false,
    speaking: false,
    records: [],
  };
}

/** A statement of oneself on its way; certain once it is answered, unless a later one was. */
export function tells<T>(told: Told<T>, value: T): void {
  told.possible.add(value);
}

export function toldFor<T>(told: Told<T>, value: T, timeMs: number): void {
  if (timeMs < told.timeMs) return;
  told.possible = new Set([value]);
  told.timeMs = timeMs;
}
