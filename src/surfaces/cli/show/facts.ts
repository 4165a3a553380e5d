// What is known of a person, as a table: what, when, from where, on which basis, until when.

import { parseObject } from '../../../facts/parse.ts';
import type { Io } from '../io.ts';
import { counted, cut, fitTo, wrap } from '../layout.ts';
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
const BASIS_LENGTH = 8;
/** Facts shown; a person of a wholesale shop has hundreds. */
const SHOWN_MAX = 12;

/** Lines of at most the terminal's width. A column that says the same in every row is said once, below. */
export function factsText(
  facts: readonly KnownFact[],
  purpose: string,
  io: Pick<Io, 'width' | 'style'>,
): string {
  const { style, width } = io;
  const shown = facts.slice(0, SHOWN_MAX);
  const [first] = facts;
  const sameSource = facts.every(({ source }) => source === first?.source);
  const sameBasis = facts.every(({ basis }) => basis === first?.basis);
  const row = rowOf(shown, { sameSource, sameBasis, width });
  const lines = [
    style.dim(
      row({ kind: 'fact', thing: 'thing', last: 'when', source: 'source', basis: 'basis', until: 'until' }),
    ),
  ];
  for (const fact of shown) {
    const text = row({
      ...fact,
      kind: kindWords(fact.kind),
      last: dayOf(fact.last),
      until: dayOf(fact.until),
    });
    lines.push(fact.purposes.includes(purpose) ? text : style.dim(text));
  }
  if (facts.length > shown.length)
    lines.push(style.dim(`  and ${counted(facts.length - shown.length, 'older fact')}`));
  const same = [
    ...(sameSource ? [`source ${first?.source}`] : []),
    ...(sameBasis ? [`basis ${first?.basis}`] : []),
  ];
  const about = facts.length > 0 && same.length > 0 ? `All: ${same.join(', ')}. ` : '';
  return `${lines.join('\n')}\n${wrap(`${about}${useText(facts, purpose)}`, { width, indent: '  ' })}`;
}

type Row = Pick<KnownFact, 'kind' | 'thing' | 'last' | 'source' | 'basis' | 'until'>;

function rowOf(
  shown: readonly KnownFact[],
  {
    sameSource,
    sameBasis,
    width,
  }: { readonly sameSource: boolean; readonly sameBasis: boolean; readonly width: number },
): (row: Row) => string {
  const kindWidth = Math.max(4, ...shown.map(({ kind }) => kindWords(kind).length));
  const sourceWidth = sameSource
    ? 0
    : Math.min(12, Math.max(6, ...shown.map(({ source }) => source.length))) + 2;
  const basisWidth = sameBasis ? 0 : BASIS_LENGTH + 2;
  // Indent, kind, two dates, and two spaces between the columns.
  const thingWidth = Math.max(12, width - 2 - kindWidth - sourceWidth - basisWidth - 2 * DAY_LENGTH - 3 * 2);
  return ({ kind, thing, last, source, basis, until }) => {
    const columns = [fitTo(kind, kindWidth), fitTo(thing, thingWidth), fitTo(last, DAY_LENGTH)];
    if (!sameSource) columns.push(fitTo(source, sourceWidth - 2));
    if (!sameBasis) columns.push(fitTo(basis, BASIS_LENGTH));
    return `  ${[...columns, until].join('  ')}`.trimEnd();
  };
}

function dayOf(instant: string): string {
  return instant.slice(0, DAY_LENGTH);
}

/** Which of them the purpose may use. */
function useText(facts: readonly KnownFact[], purpose: string): string {
  if (facts.length === 0) return 'Nothing is known.';
  const closed = facts.filter(({ purposes }) => !purposes.includes(purpose));
  if (closed.length === 0) return `Every one of them may be used to ${purpose}.`;
  const named = closed.slice(0, 3).map(({ kind, thing }) => `${kindWords(kind)} ${cut(thing, 30)}`);
  const more = closed.length > named.length ? ', …' : '';
  return (
    `${counted(closed.length, 'fact')} may not be used to ${purpose} and stayed behind the ` +
    `door: ${named.join(', ')}${more}.`
  );
}
