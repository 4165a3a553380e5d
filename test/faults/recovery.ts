// How soon after the healing each node is of use again: decides, and acknowledges an event.

import { setTimeout as sleep } from 'node:timers/promises';
import { eventsAnswer } from '../../src/surfaces/http/answers.ts';
import { type Answer, type Asking, type Request, askOnce } from './asking.ts';
import { type Book, type SaidAt, applyChoice, newPerson } from './book.ts';
import type { Load } from './showing.ts';
import { BUYERS, EVERYTHING, ITEMS, type Message, TILL, consentLine } from './shop.ts';

/** "Does not come back", never "slow today". */
const HANGS_MS = 90_000;

/** By node, from the healing. */
export interface Recovery {
  readonly recoveryMs: readonly number[];
  readonly eventMs: readonly number[];
}

export async function recovery(asking: Asking, load: Load): Promise<Recovery> {
  const healedMs = performance.now();
  const nodes = [...asking.nodes.keys()];
  const deciding = nodes.map(async (at) => {
    const body = { person: BUYERS[0]!, placement: 'steady' };
    const request = { method: 'POST', path: '/v1/decide', key: 'decide', body } as const;
    return untilGood(asking, { at, healedMs, request, isGood: ({ status }) => status === 200 });
  });
  const taking = nodes.map(async (at) => untilTaken(asking, load, { at, healedMs }));
  return { recoveryMs: await Promise.all(deciding), eventMs: await Promise.all(taking) };
}

/** An order of somebody who is spoken for by nobody else; it is in the books as any other. */
async function untilTaken(
  asking: Asking,
  { book, nowMs }: Load,
  { at, healedMs }: { readonly at: number; readonly healedMs: number },
): Promise<number> {
  const name = `back-${at}`;
  const time = new Date(nowMs() - 3_600_000).toISOString();
  const lines = [{ item: ITEMS[at]!, quantity: 1 }];
  const order: Message = { kind: 'purchase', id: name, person: name, source: TILL, time, lines };
  const body = [consentLine(name, EVERYTHING), order];
  const request = { method: 'POST', path: '/v1/events', key: 'collect', body } as const;
  const isGood = ({ status, text }: Answer): boolean => {
    if (status >= 300) return false;
    const { accepted, repeated } = eventsAnswer.parse(JSON.parse(text));
    return accepted + repeated === 1;
  };
  const ms = await untilGood(asking, { at, healedMs, request, isGood });
  if (!book.wrong.has('stuck')) enter(book, order, { sentMs: healedMs, ackedMs: healedMs + ms });
  return ms;
}

function enter(book: Book, order: Message, at: SaidAt): void {
  book.write('events', { person: order.person, yes: true, ids: [order.id] });
  const person = newPerson(book, order.person);
  applyChoice(person, EVERYTHING, at);
  person.events.set(order.id, order);
  person.told.push(consentLine(order.person, EVERYTHING), order);
  book.counts.events += 1;
}

interface Waiting {
  readonly at: number;
  readonly healedMs: number;
  readonly request: Request;
  readonly isGood: (answer: Answer) => boolean;
}

/** What never comes is stuck. */
async function untilGood(asking: Asking, { at, healedMs, request, isGood }: Waiting): Promise<number> {
  while (performance.now() - healedMs < HANGS_MS) {
    const answer = await askOnce(asking, at, request);
    if (answer !== undefined && isGood(answer)) return answer.ackedMs - healedMs;
    await sleep(20);
  }
  const seconds = HANGS_MS / 1000;
  asking.book.found('stuck', `${request.path} of node ${at} is not answered ${seconds} s after the healing`);
  return HANGS_MS;
}
