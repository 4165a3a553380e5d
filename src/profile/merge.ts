// How two accounts of the same fact become one. The merge is commutative and associative, and there is
// nothing else by which a fact grows; hence events may arrive in any order. The price: everything that is
// kept of an event must be a sum, a least or a greatest.

import { quantise } from '../kernel/fixed.ts';
import type { DataCategory } from '../facts/category.ts';
import type { AdmittedEvent } from '../facts/event.ts';
import { FACT_CATEGORY, type Fact, type FactKind } from '../facts/fact.ts';
import type { ItemId, SourceId } from '../facts/ids.ts';

/** Pieces are counted in 1024ths: sums of such numbers are exact, so they are the same in every order. */
const QUANTITY_BITS = 10;
const QUANTITY_MIN = 2 ** -QUANTITY_BITS;

/** Pieces as they are added up: 0.3 kg is 0.2998… kg, and nothing that was there becomes nothing. */
export function pieces(quantity: number): number {
  return Math.max(quantise(quantity, QUANTITY_BITS), QUANTITY_MIN);
}

/**
 * Traits that say where somebody is. Of the category `location`, so that refusing it keeps them behind the
 * door.
 */
const PLACE_TRAITS: readonly string[] = ['country', 'region', 'timeZone'];

/** Which grant covers a fact. Stricter than `FACT_CATEGORY` alone for the traits that tell a place. */
export function categoryOf(kind: FactKind, name: string | undefined): DataCategory {
  return kind === 'trait' && name !== undefined && PLACE_TRAITS.includes(name)
    ? 'location'
    : FACT_CATEGORY[kind];
}

/**
 * `bought|web-shop|coat-1`. The source is escaped, because an id may hold the separator: `a|b` with `c` and
 * `a` with `b|c` are two facts.
 */
export function factKey(kind: FactKind, source: SourceId, name: string): string {
  const plain = source.includes('|') || source.includes('%');
  const escaped = plain ? source.replaceAll('%', '%25').replaceAll('|', '%7C') : source;
  return `${kind}|${escaped}|${name}`;
}

/** What one event says about one thing or trait. */
export interface Change {
  readonly kind: FactKind;
  /** The thing; or else the trait and its value. */
  readonly about: { readonly item: ItemId } | { readonly name: string; readonly value: string | number };
  /** Signed: what comes back or is taken out is negative. */
  readonly quantity: number;
  readonly count: number;
  readonly returned: number;
}

/** The fact as it would be if this had been all that ever happened. */
export function factOf(event: AdmittedEvent, change: Change): Fact {
  const { about, ...sums } = change;
  const name = 'item' in about ? about.item : about.name;
  return {
    key: factKey(change.kind, event.source, name),
    category: categoryOf(change.kind, name),
    ...about,
    ...sums,
    firstMs: event.timeMs,
    lastMs: event.timeMs,
    controller: event.controller,
    source: event.source,
    channel: event.channel,
    basis: event.basis,
    expiresMs: event.expiresMs,
  };
}

/**
 * Both accounts in one. Pieces and counts add up. Times, channel and value are those of what happened
 * (bought, put in, said), and of what was undone only as long as nothing else is known: a return does not
 * make a purchase newer. Of two that happened last at the same instant the greater text wins, so that it
 * does not matter who came first.
 */
export function mergeFacts(a: Fact, b: Fact): Fact {
  const happened = a.count > 0 === b.count > 0 ? later(a, b) : a.count > 0 ? a : b;
  const sameKind = a.count > 0 === b.count > 0;
  return {
    ...happened,
    quantity: a.quantity + b.quantity,
    count: a.count + b.count,
    returned: a.returned + b.returned,
    firstMs: sameKind ? Math.min(a.firstMs, b.firstMs) : happened.firstMs,
    // One order, needed once: what the contract keeps is not let go because consent has ended.
    basis: a.basis === 'contract' || b.basis === 'contract' ? 'contract' : 'consent',
    expiresMs: Math.max(a.expiresMs, b.expiresMs),
  };
}

/**
 * The fact whose channel and value hold: the newer one; at the same instant each of the two greater texts.
 */
function later(a: Fact, b: Fact): Fact {
  if (a.lastMs !== b.lastMs) return a.lastMs > b.lastMs ? a : b;
  const channel = a.channel >= b.channel ? a.channel : b.channel;
  const value = valueText(a.value) >= valueText(b.value) ? a.value : b.value;
  return value === undefined ? { ...a, channel } : { ...a, channel, value };
}

/** Of two birth years the later one is the greater text: a contradiction counts as the younger person. */
function valueText(value: string | number | undefined): string {
  return value === undefined ? '' : `${typeof value} ${value}`;
}
