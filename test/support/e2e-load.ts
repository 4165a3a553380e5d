// The load of the kill test: what a client does next, drawn from its seed.

import type { Random } from '../../src/kernel/random.ts';
import {
  changeConsent,
  decide,
  decideForNobody,
  learn,
  look,
  repeat,
  retitle,
  sendEvents,
} from './e2e-acts.ts';
import type { Book } from './e2e-book.ts';
import type { Act, Client } from './e2e-clients.ts';
import { comeBack, erase } from './e2e-leaving.ts';
import type { Running } from './e2e-running.ts';
import { CATEGORIES, PURPOSES, type Said, all } from './e2e-shop.ts';

/** Acts until `stopping()`, or until the server is gone: then the last act stays unsettled. */
export async function actUntil(
  book: Book,
  client: Client,
  server: Running,
  stopping: () => boolean,
): Promise<void> {
  while (!stopping()) {
    const act = nextAct(book, client);
    client.unsettled = act;
    try {
      await act.run(server);
    } catch (error) {
      if (stopping() && isConnectionLost(error)) return;
      throw error;
    }
    client.unsettled = undefined;
    book.counts.requests += 1;
  }
}

/** Undici says `fetch failed`, or `terminated` when the answer had begun. */
export function isConnectionLost(error: unknown): boolean {
  return (
    error instanceof Error &&
    /fetch failed|terminated|server is gone|channel closed|aborted/i.test(error.message)
  );
}

function nextAct(book: Book, client: Client): Act {
  const { random, people } = client;
  const life = people[random.below(people.length)]!;
  const roll = random.below(100);
  if (life.state === 'new')
    return roll < 90 ? sendEvents(book, client, [life]) : changeConsent(book, life, all('given'));
  if (roll < 34) return sendEvents(book, client, people.slice(0, 1 + random.below(people.length)));
  if (roll < 40) return repeat(life);
  if (roll < 56) return changeConsent(book, life, drawChoice(random));
  if (roll < 82) return decide(book, life, random);
  if (roll < 84) return decideForNobody(book);
  if (roll < 94) return look(book, life, random);
  if (roll < 97) return erase(book, client, life);
  if (roll < 98) return comeBack(book, client);
  return roll < 99 ? learn() : retitle(book, client);
}

function drawChoice(random: Random): readonly Said[] {
  const category = CATEGORIES[random.below(3)]!;
  const purpose = PURPOSES[random.below(3)]!;
  const state = random.below(2) === 0 ? 'withdrawn' : 'given';
  if (random.below(4) === 0) return all(state);
  if (random.below(2) === 0) return PURPOSES.map((each) => ({ category, purpose: each, state }));
  return CATEGORIES.map((each) => ({ category: each, purpose, state }));
}
