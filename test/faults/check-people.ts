// After a round: what people can read of themselves, held against the clients' books.

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { decisionRecordOf } from '../../src/decide/record.ts';
import type { DecisionRecord } from '../../src/facts/decision.ts';
import { factName } from '../../src/facts/fact-key.ts';
import { eventsAnswer } from '../../src/surfaces/http/answers.ts';
import { type Answer, type Asking, LATER, type Request, askOnce } from './asking.ts';
import { type Answered, type Book, CATEGORY_OF, type Person, barredAt, countsOf } from './book.ts';
import { CAPS, CATEGORIES, type Category, TILL } from './shop.ts';

const exported = z.looseObject({
  facts: z.array(z.looseObject({ kind: z.string(), item: z.string().optional(), count: z.int() })),
  journal: z.array(z.looseObject({ kind: z.string(), record: z.record(z.string(), z.json()) })),
});
type Exported = z.infer<typeof exported>;
const factsOnly = exported.pick({ facts: true });

/** When all has been said. */
const NOW = { sentMs: Infinity, ackedMs: Infinity } as const;
/** Answers to one question of the check; all nodes are whole by now. */
const TRIES_MAX = 20;

export async function sure(asking: Asking, request: Request, at: number): Promise<Answer> {
  for (let tries = 0; ; tries += 1) {
    const answer = await askOnce(asking, (at + tries) % asking.nodes.length, request);
    if (answer !== undefined && !LATER.has(answer.status)) return answer;
    if (tries === TRIES_MAX)
      throw new Error(`${request.method} ${request.path} is not answered after the round`);
    await sleep(100);
  }
}

/** Each person at another node. */
export async function checkPeople(book: Book, asking: Asking): Promise<void> {
  for (const [at, person] of book.people.entries()) {
    const path = `/v1/people/${person.name}/export`;
    if (person.state === 'erased') await checkErased(book, asking, { person, at });
    if (person.state !== 'here') {
      checkAnswers(book, person, new Set());
      continue;
    }
    const answer = await sure(asking, { method: 'GET', path, key: 'officer' }, at);
    if (answer.status === 200) {
      const all = exported.parse(JSON.parse(answer.text));
      const records = recordsIn(all);
      checkAnswers(book, person, refusedIn(records));
      checkExport(book, person, all, records);
    } else book.found('lost', `${person.name} is not there: ${answer.status} ${answer.text.slice(0, 200)}`);
  }
}

/** Whether everybody has at least what was acknowledged. */
export async function isComplete(book: Book, asking: Asking): Promise<boolean> {
  for (const [at, person] of book.people.entries()) {
    if (person.state !== 'here') continue;
    const path = `/v1/people/${person.name}`;
    const { status, text } = await sure(asking, { method: 'GET', path, key: 'officer' }, at);
    if (status !== 200) return false;
    const seen = seenIn(factsOnly.parse(JSON.parse(text)));
    for (const [key, should] of countsOf(person)) if ((seen.get(key) ?? 0) < should) return false;
  }
  return true;
}

function seenIn({ facts }: Pick<Exported, 'facts'>): Map<string, number> {
  return new Map(facts.map(({ kind, item = '', count }) => [`${kind} ${item}`, count]));
}

function recordsIn({ journal }: Exported): readonly DecisionRecord[] {
  return journal
    .filter(({ kind }) => kind === 'decision')
    .map(({ record }) => decisionRecordOf(JSON.stringify(record)));
}

/** Decisions that were about nobody: nothing of the person was allowed in that moment. */
function refusedIn(records: readonly DecisionRecord[]): ReadonlySet<string> {
  return new Set(records.flatMap(({ decision, input }) => (input.refused === undefined ? [] : [decision])));
}

/** From what clients were answered, and nothing else but which answers were about nobody. */
function checkAnswers(book: Book, person: Person, refused: ReadonlySet<string>): void {
  const { name, answers } = person;
  for (const answer of answers) {
    const { used, decision, node } = answer;
    const against = [...used].filter((category) => barredAt(person, answer).has(category));
    if (against.length > 0)
      book.found('against', `${name} said no to ${against.join(', ')}; ${decision} of node ${node} uses it`);
  }
  // Caps count what was shown to a person. Who has said no to all of it, or is erased, is nobody from then
  // on, and so is whoever's no is being written; of what was asked around that moment only a fact among the
  // reasons tells that it was meant for them.
  const isNobody = CATEGORIES.every((category) => barredAt(person, NOW).has(category));
  const isMeant = ({ decision, used }: Answered): boolean =>
    used.size > 0 || (!isNobody && !refused.has(decision));
  checkCaps(book, name, answers.filter(isMeant));
}

interface Shown {
  readonly placement: string;
  readonly items: readonly string[];
}

function checkCaps(book: Book, name: string, all: readonly Shown[]): void {
  const lists = all.filter(({ placement, items }) => placement === 'few' && items.length > 0);
  if (lists.length > CAPS.few)
    book.found('caps', `${name} was shown ${lists.length} lists in “few”, where ${CAPS.few} are the most`);
  const times = new Map<string, number>();
  for (const { items } of lists) for (const item of items) times.set(item, (times.get(item) ?? 0) + 1);
  for (const [item, count] of times)
    if (count > CAPS.item) book.found('caps', `${name} was shown ${item} ${count} times, not ${CAPS.item}`);
}

function checkExport(
  book: Book,
  person: Person,
  { facts }: Exported,
  records: readonly DecisionRecord[],
): void {
  const seen = seenIn({ facts });
  const wanted = countsOf(person);
  for (const key of new Set([...seen.keys(), ...wanted.keys()])) {
    const [is = 0, should = 0] = [seen.get(key), wanted.get(key)];
    if (is < should) book.found('lost', `${person.name} ${key}: ${is} instead of ${should}`);
    if (is > should) book.found('doubled', `${person.name} ${key}: ${is} instead of ${should}`);
  }
  const byName = new Map<string, DecisionRecord>();
  for (const record of records) {
    if (byName.has(record.decision)) book.found('doubled', `decision ${record.decision} of ${person.name}`);
    byName.set(record.decision, record);
  }
  for (const answer of person.answers) {
    const { decision } = answer;
    const record = byName.get(decision);
    if (record === undefined) book.found('lost', `decision ${decision} of ${person.name}`);
    else {
      const barred = barredAt(person, answer);
      const against = [...categoriesOf(record)].filter((category) => barred.has(category));
      if (against.length > 0)
        book.found('against', `${decision} of ${person.name} has read ${against.join(', ')}`);
    }
  }
  // Also those whose answer never arrived: they were decided, and may have been shown.
  checkCaps(
    book,
    person.name,
    records
      .filter(({ input }) => input.refused === undefined)
      .map(({ input, result }) => ({
        placement: input.placement,
        items: result.items.map(({ item }) => item),
      })),
  );
}

/** Every category that a decision has looked at. */
function categoriesOf({ input, reads }: DecisionRecord): ReadonlySet<Category> {
  const kinds = [...reads, ...input.facts.map(({ key }) => key)].map((key) => factName(key).kind);
  const bought = input.barred.some(({ guard }) => guard === 'bought' || guard === 'returned');
  return new Set([
    ...kinds.flatMap((kind) => CATEGORY_OF[kind] ?? []),
    ...(bought ? ['purchases' as const] : []),
  ]);
}

interface OfOne {
  readonly person: Person;
  readonly at: number;
}

async function checkErased(book: Book, asking: Asking, { person: { name }, at }: OfOne): Promise<void> {
  const there = await sure(asking, { method: 'GET', path: `/v1/people/${name}`, key: 'officer' }, at);
  if (there.status !== 410) book.found('against', `${name} was erased and is ${there.status}`);
  const body = [
    { kind: 'purchase', source: TILL, id: `again-${name}`, person: name, lines: [{ item: 'coat-1' }] },
  ];
  const sent = await sure(asking, { method: 'POST', path: '/v1/events', key: 'collect', body }, at + 1);
  if (eventsAnswer.parse(JSON.parse(sent.text)).refused['suppressed'] !== 1)
    book.found('against', `an order of ${name}, who was erased, was taken in: ${sent.text}`);
}
