// What may be read of whom, told naively: what people did and said, in plain lists, and the sentences of the
// specification in plain loops. It knows nothing of chains, packs, folds, snapshots and caches; it can be
// wrong only by itself. One flaw at a time can be built in, to see that the comparison would notice.

import type { DataCategory } from '../../src/facts/category.ts';
import type { ConsentState } from '../../src/facts/grant.ts';
import type { Purpose } from '../../src/facts/purpose.ts';
import { GRANTABLE_PURPOSES } from '../../src/facts/purpose.ts';
import { DAY } from './house.ts';

export const FLAWS = [
  'none',
  'forgets withdrawals',
  'forgets the signal',
  'forgets minors',
  'forgets the year',
  'forgets sensitive things',
  'forgets what was dropped',
  'forgets partings',
  'forgets the grants of the joined',
  'forgets erasure',
  'takes California for everywhere',
  'shuts too much',
] as const;
export type Flaw = (typeof FLAWS)[number];

export interface Asking {
  /** In California; otherwise in Germany. */
  readonly california: boolean;
  readonly gpc: boolean;
  readonly nowMs: number;
}

/** One fact: what was done with what, by whom it came, and when last. */
interface Done {
  readonly key: string;
  readonly category: DataCategory;
  readonly item: string;
  readonly contract: boolean;
  lastMs: number;
}

export interface Life {
  readonly said: Map<string, ConsentState>;
  readonly done: Map<string, Done>;
  readonly joins: string[];
  birthYear: number | undefined;
  erased: boolean;
  known: boolean;
}

export type Deed = 'view' | 'click' | 'purchase' | 'likes';

const DEEDS: Readonly<
  Record<Deed, { readonly category: DataCategory; readonly before: string; readonly contract: boolean }>
> = {
  view: { category: 'browsing', before: 'viewed|web-shop|', contract: false },
  click: { category: 'interactions', before: 'clicked|web-shop|', contract: false },
  purchase: { category: 'purchases', before: 'bought|till|', contract: true },
  likes: { category: 'declared', before: 'likes|web-shop|', contract: true },
};

const YEAR = 365 * DAY;

export class Town {
  readonly #lives = new Map<string, Life>();
  readonly #sensitive: ReadonlySet<string>;
  readonly #flaw: Flaw;

  constructor(sensitive: readonly string[], flaw: Flaw) {
    this.#sensitive = new Set(sensitive);
    this.#flaw = flaw;
  }

  of(who: string): Life {
    const known = this.#lives.get(who);
    if (known !== undefined) return known;
    const life: Life = {
      said: new Map(),
      done: new Map(),
      joins: [],
      birthYear: undefined,
      erased: false,
      known: false,
    };
    this.#lives.set(who, life);
    return life;
  }

  /** May this category be used for this purpose, asked in this way? */
  mayUse(life: Life, category: DataCategory, purpose: Purpose, { california, gpc, nowMs }: Asking): boolean {
    const inCalifornia = california || this.#flaw === 'takes California for everywhere';
    const advert = purpose === 'advertise' || purpose === 'contact';
    if (life.birthYear !== undefined && this.#flaw !== 'forgets minors') {
      const age = new Date(nowMs).getUTCFullYear() - life.birthYear - 1;
      if (age < (advert ? 18 : 16)) return false;
    }
    const signal = gpc && this.#flaw !== 'forgets the signal';
    if (signal && (purpose === 'advertise' || (purpose === 'contact' && !inCalifornia))) return false;
    // Its notice names no partner.
    if (purpose === 'pool') return false;
    const said = life.said.get(`${category} ${purpose}`);
    if (said !== undefined && !(this.#flaw === 'forgets withdrawals' && said === 'withdrawn'))
      return said === 'given';
    if (said === 'withdrawn') return true;
    return inCalifornia && purpose !== 'guard' && !signal;
  }

  /** Whether an event is kept; if so it is known from now on. */
  happens(who: string, deed: Deed, item: string, asking: Asking): boolean {
    const life = this.of(who);
    const { category, before, contract } = DEEDS[deed];
    const needed =
      contract || GRANTABLE_PURPOSES.some((purpose) => this.mayUse(life, category, purpose, asking));
    if (!needed || life.erased) return false;
    const key = before + item;
    const old = life.done.get(key);
    if (old === undefined) life.done.set(key, { key, category, item, contract, lastMs: asking.nowMs });
    else old.lastMs = asking.nowMs;
    life.known = true;
    return true;
  }

  says(who: string, states: ReadonlyMap<string, ConsentState>, asking: Asking): void {
    const life = this.of(who);
    for (const [what, state] of states) life.said.set(what, state);
    life.known = true;
    if ([...states.values()].every((state) => state === 'given') || this.#flaw === 'forgets what was dropped')
      return;
    for (const [key, { category, contract }] of life.done) {
      if (contract || GRANTABLE_PURPOSES.some((purpose) => this.mayUse(life, category, purpose, asking)))
        continue;
      life.done.delete(key);
    }
  }

  leaves(who: string): void {
    const life = this.of(who);
    if (life.known && this.#flaw !== 'forgets erasure') life.erased = true;
  }

  /** By their own act, with nothing of the old. */
  returns(who: string): void {
    this.#lives.delete(who);
    this.of(who).known = true;
  }

  links(who: string, other: string, act: 'join' | 'part'): void {
    const { joins } = this.of(who);
    const at = joins.indexOf(other);
    if (act === 'join' && at < 0) joins.push(other);
    if (act === 'part' && at >= 0 && this.#flaw !== 'forgets partings') joins.splice(at, 1);
  }

  /** Keys that a decision for this purpose reads; `shut` when no View is opened at all. */
  reads(who: string, purpose: Purpose, asking: Asking): readonly string[] | 'shut' {
    const life = this.of(who);
    const open = (category: DataCategory): boolean => this.mayUse(life, category, purpose, asking);
    if (!life.known || life.erased || !ALL.some(open)) return 'shut';
    const keys = this.#passing(life, life, purpose, asking);
    const others = life.joins.filter(
      (other) => other !== who && !this.of(other).erased && this.of(other).joins.includes(who),
    );
    for (const [at, other] of others.entries()) {
      const theirs = this.#flaw === 'forgets the grants of the joined' ? life : this.of(other);
      keys.push(
        ...this.#passing(this.of(other), theirs, purpose, asking)
          .filter((key) => this.#mine(life, other, key, purpose, asking))
          .map((key) => `joined ${at + 1}|${key}`),
      );
    }
    return this.#flaw === 'shuts too much' ? keys.slice(1).sort() : keys.sort();
  }

  #mine(life: Life, other: string, key: string, purpose: Purpose, asking: Asking): boolean {
    const done = this.of(other).done.get(key);
    return done !== undefined && this.mayUse(life, done.category, purpose, asking);
  }

  #passing(owner: Life, judge: Life, purpose: Purpose, asking: Asking): string[] {
    return [...owner.done.values()]
      .filter(({ category }) => this.mayUse(judge, category, purpose, asking))
      .filter(({ lastMs }) => asking.nowMs < lastMs + YEAR || this.#flaw === 'forgets the year')
      .filter(({ item }) => !this.#sensitive.has(item) || this.#flaw === 'forgets sensitive things')
      .map(({ key }) => key);
  }
}

const ALL: readonly DataCategory[] = [
  'purchases',
  'browsing',
  'basket',
  'interactions',
  'declared',
  'demographics',
  'location',
  'reviews',
  'messages',
  'devices',
];
