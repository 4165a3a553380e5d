// A fact's key read again. `bought|web-shop|coat-1`: kind, source (with its own bars escaped), thing. A fact
// of a joined identity carries `joined 1|` before that. profile/ writes keys; who explains a decision reads
// them here.

/** What a key says. Of a text that is no key, the whole text is the thing. */
export interface FactName {
  /** Place of the joined identity it comes from, from 1; 0 = the person's own. */
  readonly joined: number;
  /** A `FactKind`, or empty. */
  readonly kind: string;
  readonly thing: string;
}

const KEY = /^(?:joined (\d+)\|)?([a-z-]+)\|[^|]*\|(.+)$/s;

/** Example: `factName('joined 1|bought|web|a|b')` is `{joined: 1, kind: 'bought', thing: 'a|b'}`. */
export function factName(key: string): FactName {
  const [, joined = '0', kind = '', thing = key] = KEY.exec(key) ?? [];
  return { joined: Number(joined), kind, thing };
}
