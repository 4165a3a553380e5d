// What is known of a person, as a table: what, when, from where, on which basis, until when.

import { parseObject } from '../../../facts/parse.ts';
import type { Io } from '../io.ts';
import { counted, cut, fit, wrap } from '../layout.ts';
import { kindWords } from './words.ts';

export interface KnownFact {
  readonly key: string;
  readonly kind: string;
  readonly thing: string;
  readonly last: string;
  readonly source: string;
  readonly basis: string;
  readonly until: string;
  /** Purposes that may use it now. */
  readonly purposes: readonly string[];
}

/** Reads the facts out of an access answer (`GET /v1/people/{id}`, `Engine.describe`), newest first. */
export function knownFacts(person: Readonly<Record<string, unknown>>): readonly KnownFact[] {
  const list: readonly unknown[] = Array.isArray(person['facts']) ? person['facts'] : [];
  const facts = list.flatMap((entry): KnownFact[] => {
    const fields = parseObject(entry, 'fact');
    if (!fields.ok) return [];
    const text = (name: string): string => {
      const value = fields.value[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    };
    const about = text('item') === '' ? `${text('name')} ${text('value')}` : text('title') || text('item');
    const purposes = fields.value['purposes'];
    return [
      {
        key: text('key'),
        kind: text('kind'),
        thing: about,
        last: text('last'),
        source: text('sourceDescription') || text('source'),
        basis: text('basis'),
        until: text('until'),
        purposes: Array.isArray(purposes) ? purposes.filter((purpose) => typeof purpose === 'string') : [],
      },
    ];
  });
  return facts.toSorted((a, b) => (a.last === b.last ? (a.key < b.key ? -1 : 1) : a.last < b.last ? 1 : -1));
}

const DAY_LENGTH = 10;
/** Facts shown; a person of a wholesale shop has hundreds. */
const SHOWN_MAX = 12;

/** Lines of at most the terminal's width. */
export function factsText(facts: readonly KnownFact[], purpose: string, io: Pick<Io, 'width' | 'style'>): string {
  const { style, width } = io;
  const shown = facts.slice(0, SHOWN_MAX);
  const kindWidth = Math.max(4, ...shown.map(({ kind }) => kindWords(kind).length));
  const sourceWidth = Math.min(14, Math.max(6, ...shown.map(({ source }) => source.length)));
  // Indent, columns for basis (8), when and until (10 each), two spaces between all of them.
  const thingWidth = Math.max(12, width - 2 - kindWidth - sourceWidth - 8 - 2 * DAY_LENGTH - 5 * 2);
  const row = (cells: readonly string[]): string => {
    const [kind = '', thing = '', last = '', source = '', basis = '', until = ''] = cells;
    const columns = [fit(kind, kindWidth), fit(thing, thingWidth), fit(last, DAY_LENGTH), fit(source, sourceWidth), fit(basis, 8), until];
    return `  ${columns.join('  ')}`.trimEnd();
  };
  const lines = [style.dim(row(['fact', 'thing', 'when', 'source', 'basis', 'until']))];
  for (const fact of shown) {
    const text = row([
      kindWords(fact.kind),
      fact.thing,
      fact.last.slice(0, DAY_LENGTH),
      fact.source,
      fact.basis,
      fact.until.slice(0, DAY_LENGTH),
    ]);
    lines.push(fact.purposes.includes(purpose) ? text : style.dim(text));
  }
  if (facts.length > shown.length) lines.push(style.dim(`  and ${counted(facts.length - shown.length, 'older fact')}`));
  const closed = facts.filter(({ purposes }) => !purposes.includes(purpose));
  const note =
    closed.length === 0
      ? `Every one of them may be used to ${purpose}.`
      : `${counted(closed.length, 'fact')} may not be used to ${purpose} and stayed behind the door: ` +
        `${closed.slice(0, 3).map(({ kind, thing }) => `${kindWords(kind)} ${cut(thing, 30)}`).join(', ')}${closed.length > 3 ? ', …' : ''}.`;
  return `${lines.join('\n')}\n${wrap(note, { width, indent: '  ' })}`;
}

