// The load of a round. Each person is spoken for by one client, who says one thing after the other and says
// it again until it is answered; beside them others only ask what to show, many at once and of anybody.

import { hex } from '../../src/kernel/bytes.ts';
import type { Random } from '../../src/kernel/random.ts';
import { personalLeaf } from '../../src/prove/leaf.ts';
import { verifyReceipt } from '../../src/prove/verify.ts';
import { consentKept, erasedAnswer, eventsAnswer } from '../../src/surfaces/http/answers.ts';
import { type Answer, type Asking, askUntil } from './asking.ts';
import { ALL_CATEGORIES, type Person, admits, applyChoice, newPerson } from './book.ts';
import { type Act, type Load, burst } from './showing.ts';
import {
  CATEGORIES,
  CONSENT_SOURCE,
  EVERYTHING,
  ITEMS,
  type Message,
  NOTICE,
  PURPOSES,
  type Said,
  TILL,
  consentLine,
} from './shop.ts';

export interface Client {
  readonly random: Random;
  readonly people: Person[];
  /** What was begun and not answered; it is said again after the round. */
  unsettled: Act | undefined;
}

let nextId = 0;

/** Speaks until the round is over. */
export async function speak(load: Load, client: Client, asking: Asking): Promise<void> {
  while (!asking.isOver()) {
    const act = nextAct(load, client);
    client.unsettled = act;
    if (await act(asking)) client.unsettled = undefined;
  }
}

function nextAct(load: Load, client: Client): Act {
  const { random, people } = client;
  const person = people[random.below(people.length)]!;
  if (person.state === 'new')
    return random.below(3) > 0 ? sendEvents(load, client, person) : welcome(load, client, person);
  const roll = random.below(100);
  if (roll < 52) return sendEvents(load, client, person);
  if (roll < 60) return repeat(load, client, person);
  if (roll < 84) return burst(load, random, person);
  if (roll < 90) return takeBack(load, client, person);
  if (roll < 94) return erase(load, client, person);
  return giveAgain(load, client, person);
}

/** People whom probes ask about most. */
const FEW = 5;

/** Asks what to show to anybody, several times at once and at several nodes. */
export async function probe(load: Load, random: Random, asking: Asking): Promise<void> {
  const { people } = load.book;
  while (!asking.isOver()) {
    // Mostly a few, so that caps are reached also on a slow machine.
    const isAny = random.below(4) === 0;
    const known = people.filter(({ state }) => state === 'here' || (isAny && state === 'erased'));
    const person = known[random.below(Math.max(1, isAny ? known.length : Math.min(FEW, known.length)))];
    if (person === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    else await burst(load, random, person)(asking);
  }
}

// Events

function drawMessages({ nowMs }: Load, random: Random, person: string): readonly Message[] {
  // Long ago enough that no clock of a round puts it into the future.
  const time = new Date(nowMs() - 3_600_000 - random.below(60_000)).toISOString();
  return Array.from({ length: 1 + random.below(6) }, (): Message => {
    nextId += 1;
    const kind = (['view', 'view', 'click', 'purchase'] as const)[random.below(4)]!;
    const lines = Array.from({ length: kind === 'purchase' ? 1 + random.below(3) : 1 }, () => ({
      item: ITEMS[random.below(ITEMS.length)]!,
      quantity: 1,
    }));
    const source = kind === 'purchase' ? TILL : CONSENT_SOURCE;
    return { kind, id: `e${nextId}`, person, source, time, lines };
  });
}

function sendEvents(load: Load, client: Client, person: Person): Act {
  const messages = drawMessages(load, client.random, person.name);
  // Somebody new brings their yes in the same batch.
  const yes = person.state === 'new' ? EVERYTHING : undefined;
  return (asking) => deliver(load, client, asking, { person, messages, yes });
}

interface Batch {
  readonly person: Person;
  readonly messages: readonly Message[];
  readonly yes: readonly Said[] | undefined;
}

async function deliver({ book }: Load, { random }: Client, asking: Asking, batch: Batch): Promise<boolean> {
  const { person, messages, yes } = batch;
  const sentMs = performance.now();
  const lines = yes === undefined ? [] : [consentLine(person.name, yes)];
  const kept = messages.filter((message) => yes !== undefined || admits(person, message));
  const body = [...lines, ...messages];
  const unsure = (): void => {
    if (yes !== undefined) person.isYesUnsure = true;
  };
  const answer = await askUntil(
    asking,
    random,
    { method: 'POST', path: '/v1/events', key: 'collect', body },
    {
      // A node whose clock is behind takes a yes of another for one of the future, and says that it refused.
      final: ({ status, text }) => {
        if (status >= 300) return false;
        if (counted(text) > kept.length)
          book.found('against', `${person.name} never allowed what was taken in: ${text}`);
        return counted(text) >= kept.length;
      },
      unsure,
    },
  );
  if (answer === undefined) return false;
  book.write('events', { person: person.name, yes: yes !== undefined, ids: kept.map(({ id }) => id) });
  if (yes !== undefined) applyChoice(person, yes, { sentMs, ackedMs: answer.ackedMs });
  person.state = 'here';
  for (const message of kept) person.events.set(message.id, message);
  person.told.push(...lines, ...kept);
  book.counts.events += kept.length;
  return true;
}

function counted(text: string): number {
  const { accepted, repeated } = eventsAnswer.parse(JSON.parse(text));
  return accepted + repeated;
}

/** What was acknowledged before, at any node: it must count once. */
function repeat(load: Load, client: Client, person: Person): Act {
  const messages = [...person.events.values()].slice(-10);
  if (messages.length === 0) return sendEvents(load, client, person);
  return (asking) => deliver(load, client, asking, { person, messages, yes: undefined });
}

// Choices

function welcome(load: Load, client: Client, person: Person): Act {
  return (asking) => choose(load, client, asking, { person, said: EVERYTHING });
}

/**
 * A yes after a no: what the no has taken stays gone, also what still waited in the stream. Not where a no
 * may yet be done that nobody answered.
 */
function giveAgain(load: Load, client: Client, person: Person): Act {
  const isAgain = person.noes.length > 0 && !person.isNoUnsure;
  return isAgain ? welcome(load, client, person) : sendEvents(load, client, person);
}

function takeBack(load: Load, client: Client, person: Person): Act {
  const { random } = client;
  if (person.isYesUnsure) return sendEvents(load, client, person);
  // A no to recommendations, or to everything of one category: a withdrawal or an objection.
  const state = random.below(2) === 0 ? 'withdrawn' : 'refused';
  const category = CATEGORIES[random.below(CATEGORIES.length)]!;
  const said =
    random.below(2) === 0
      ? CATEGORIES.map((each): Said => ({ category: each, purpose: 'recommend', state }))
      : PURPOSES.map((purpose): Said => ({ category, purpose, state }));
  return (asking) => choose(load, client, asking, { person, said });
}

/** A no to everything. */
const NOTHING: readonly Said[] = EVERYTHING.map((each) => ({ ...each, state: 'withdrawn' }));
const NOBODY = { people: [], unsettled: undefined };

interface Choice {
  readonly person: Person;
  readonly said: readonly Said[];
}

async function choose(load: Load, { random }: Client, asking: Asking, choice: Choice): Promise<boolean> {
  const { person, said } = choice;
  const sentMs = performance.now();
  const isNo = said.every(({ state }) => state !== 'given');
  const answer = await askUntil(asking, random, requestOf(choice), {
    final: ({ status }) => status < 300,
    unsure: () => {
      if (isNo) person.isNoUnsure = true;
      else person.isYesUnsure = true;
    },
  });
  if (answer === undefined) return false;
  keepChoice(load, choice, { ...answer, sentMs });
  // A no that was begun and not ended denies everything until the person speaks again, and may do so later
  // than this answer. They make it the whole: then there is one outcome, whenever it is done.
  if (isNo && person.isNoUnsure && said !== NOTHING)
    return choose(load, { ...NOBODY, random }, asking, { person, said: NOTHING });
  return true;
}

const requestOf = ({ person, said }: Choice) =>
  ({
    method: 'PUT',
    path: `/v1/people/${person.name}/consent`,
    key: 'officer',
    body: { grants: said, notice: NOTICE },
  }) as const;

function keepChoice(load: Load, { person, said }: Choice, { sentMs, ackedMs, text }: Answer): void {
  load.book.write('choice', { person: person.name, said });
  applyChoice(person, said, { sentMs, ackedMs });
  person.told.push(consentLine(person.name, said));
  owe(load, person, { receipt: consentKept.parse(JSON.parse(text)).receipt, what: 'a choice' });
  load.book.counts.choices += 1;
  if (said.some(({ state }) => state !== 'given')) load.book.counts.noes += 1;
}

function owe(
  { book, trust }: Load,
  person: Person,
  { receipt, what }: { receipt: unknown; what: string },
): void {
  const text = JSON.stringify(receipt);
  const verified = verifyReceipt(text, trust);
  if (!verified.ok || verified.value.kind !== 'promise') {
    book.found('promises', `what came for ${what} of ${person.name} is no promise: ${text.slice(0, 200)}`);
    return;
  }
  person.owed.set(hex(personalLeaf(verified.value.commitment)), what);
}

function erase(load: Load, client: Client, person: Person): Act {
  return async (asking) => {
    const path = `/v1/people/${person.name}`;
    const answer = await askUntil(
      asking,
      client.random,
      { method: 'DELETE', path, key: 'officer' },
      {
        // Gone: a try before this one did it.
        final: ({ status }) => status < 300 || status === 410,
      },
    );
    if (answer === undefined) return false;
    load.book.write('erasure', { person: person.name });
    person.state = 'erased';
    person.noes.push({ categories: ALL_CATEGORIES, ackedMs: answer.ackedMs });
    if (answer.status < 300)
      owe(load, person, { receipt: erasedAnswer.parse(JSON.parse(answer.text)).receipt, what: 'an erasure' });
    load.book.counts.erasures += 1;
    nextId += 1;
    client.people[client.people.indexOf(person)] = newPerson(load.book, `person-${nextId}`);
    return true;
  };
}
