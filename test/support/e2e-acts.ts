// What a client can do to the server, and how it finds out what became of it when the answer never came.

import { expect } from 'vitest';
import { z } from 'zod';
import { consentKept, decideAnswer, eventsAnswer } from '../../src/surfaces/http/answers.ts';
import type { JsonObject } from '../../src/kernel/canonical.ts';
import type { Random } from '../../src/kernel/random.ts';
import { type Book, owe, promiseIn } from './e2e-book.ts';
import { exportOf, okJson, pathOf } from './e2e-ask.ts';
import type { Act, Client } from './e2e-clients.ts';
import {
  EVERYTHING,
  type Life,
  type Message,
  admits,
  applyConsent,
  applyEvents,
  consentsOf,
  countsOf,
} from './e2e-life.ts';
import type { Running } from './e2e-running.ts';
import { E2E_ITEMS, NOTICE, type Said, all } from './e2e-shop.ts';

// Events

function drawMessages(book: Book, { random }: Client, life: Life): readonly Message[] {
  const time = new Date(Date.now() - random.below(60_000)).toISOString();
  return Array.from({ length: 1 + random.below(12) }, (): Message => {
    book.nextNumber += 1;
    const kind = (['view', 'view', 'click', 'purchase'] as const)[random.below(4)]!;
    const lines = Array.from({ length: kind === 'purchase' ? 1 + random.below(3) : 1 }, () => ({
      item: E2E_ITEMS[random.below(E2E_ITEMS.length)]!,
      quantity: 1,
    }));
    const source = kind === 'purchase' ? 'till' : 'web-shop';
    return { kind, id: `e${book.nextNumber}`, person: life.name, source, time, lines };
  });
}

export function sendEvents(book: Book, client: Client, lives: readonly Life[]): Act {
  const parts = lives.map((life) => {
    const messages = drawMessages(book, client, life);
    // Somebody new often brings their yes in the same batch.
    const yes = life.state === 'new' && client.random.below(3) > 0;
    const line = {
      fineline: 'consent',
      person: life.name,
      source: 'web-shop',
      grants: all('given'),
      notice: NOTICE,
    };
    const time = messages[0]?.time;
    return { life, messages, consent: yes ? [{ ...line, time }] : [] };
  });
  const body = parts.flatMap(({ messages, consent }) => [...consent, ...messages]);
  const send = async (server: Running): Promise<z.infer<typeof eventsAnswer>> => {
    const answer = await server.http('POST', '/v1/events', { key: server.keys.collect, body });
    const taken = eventsAnswer.parse(okJson(answer));
    let kept = 0;
    for (const { life, messages, consent } of parts) {
      if (consent.length > 0) applyConsent(life, all('given'), undefined);
      const admitted = messages.filter((message) => admits(life, message));
      applyEvents(life, admitted);
      kept += admitted.length;
    }
    const total = parts.reduce((sum, { messages }) => sum + messages.length, 0);
    expect(taken.accepted + taken.repeated, answer.text).toBe(kept);
    expect(
      Object.values(taken.refused).reduce((sum, n) => sum + n, 0),
      answer.text,
    ).toBe(total - kept);
    book.counts.events += kept;
    return taken;
  };
  return {
    run: async (server) => {
      const { repeated, consents } = await send(server);
      expect(repeated).toBe(0);
      expect(consents).toBe(parts.filter(({ consent }) => consent.length > 0).length);
    },
    // The sender does not know, and sends it again: what was kept counts as repeated, the rest goes in now.
    settle: async (server) => {
      for (const life of lives) life.story.push('a batch without an answer');
      await send(server);
    },
  };
}

/** What was kept before, perhaps folded into a snapshot since: it must count once. */
export function repeat(life: Life): Act {
  const body = life.kept.slice(-20);
  const run = async (server: Running): Promise<void> => {
    if (body.length === 0) return;
    const answer = await server.http('POST', '/v1/events', { key: server.keys.collect, body });
    expect(eventsAnswer.parse(okJson(answer)), answer.text).toMatchObject({
      accepted: 0,
      repeated: body.length,
    });
  };
  return { run, settle: run };
}

// Choices

export function changeConsent(book: Book, life: Life, said: readonly Said[]): Act {
  return {
    run: (server) => sayConsent(book, server, life, said),
    settle: async (server) => {
      const answer = await server.http('GET', `${pathOf(life)}/consent`, { key: server.keys.officer });
      if (answer.status === 404) {
        expect(life.state, `${life.name} is lost`).toBe('new');
        return;
      }
      life.story.push('a choice without an answer');
      await adoptConsent(server, life, said);
      // A choice that may have been lost is said again, and whole.
      const wanted = new Set(life.given);
      await sayConsent(
        book,
        server,
        life,
        all('given').map((each) =>
          wanted.has(`${each.category} ${each.purpose}`) ? each : { ...each, state: 'withdrawn' as const },
        ),
      );
    },
  };
}

async function sayConsent(book: Book, server: Running, life: Life, said: readonly Said[]): Promise<void> {
  const key = life.token ?? server.keys.officer;
  const answer = await server.http('PUT', `${pathOf(life)}/consent`, {
    key,
    body: { grants: said, notice: NOTICE },
  });
  const { record, receipt } = consentKept.parse(okJson(answer));
  const promise = promiseIn(book, receipt);
  expect(promise.opening).toMatchObject({ scheme: 'record', record });
  owe(book, promise, `a choice of ${life.name}`);
  // Came as JSON.
  applyConsent(life, said, record as JsonObject);
  book.counts.consents += 1;
}

/** A choice that was never answered: it was kept, or not, or only counted (then nothing is allowed). */
export async function adoptConsent(server: Running, life: Life, said: readonly Said[]): Promise<void> {
  const exported = await exportOf(server, life);
  const before = new Set(life.given);
  const wasThere = life.state === 'here';
  const records = consentsOf(exported);
  const isKept = records.length > life.consents.length;
  expect(records.length, `choices of ${life.name}`).toBeLessThanOrEqual(life.consents.length + 1);
  const counted = new Map(life.counts);
  if (isKept) applyConsent(life, said, records.at(-1));
  // Facts may have gone with the choice, also with one that was only counted; those of orders never.
  const seen = countsOf(exported);
  for (const [key, count] of counted) {
    const now = seen.get(key);
    if (now === undefined && !key.startsWith('bought ')) life.counts.delete(key);
    else expect(now, `${key} of ${life.name}`).toBe(count);
  }
  if (!wasThere) expect(before.size).toBe(0);
  const rows = z.array(z.looseObject({ category: z.string(), purpose: z.string(), allowed: z.boolean() }));
  const allowed = rows.parse(exported['allowed']).filter((row) => row.allowed);
  const names = allowed
    .map(({ category, purpose }) => `${category} ${purpose}`)
    .filter((name) => EVERYTHING.includes(name));
  const possible = isKept ? life.given : before;
  expect(
    names.filter((name) => !possible.has(name)),
    `nobody said yes: ${life.name}`,
  ).toEqual([]);
}

// Decisions

export function decide(book: Book, life: Life, random: Random): Act {
  const placement = random.below(3) === 0 ? 'product' : 'home';
  const context =
    placement === 'product' ? { context: { items: [E2E_ITEMS[random.below(E2E_ITEMS.length)]] } } : {};
  return {
    run: async (server) => {
      const consentsBefore = life.consents.length;
      const body = { person: life.name, placement, ...context };
      const answer = await server.http('POST', '/v1/decide', { key: server.keys.decide, body });
      const { decision, receipt } = decideAnswer.parse(okJson(answer));
      life.story.push('a decision');
      life.decisions.set(decision, { promise: promiseIn(book, receipt), consentsBefore, proven: false });
      book.counts.decisions += 1;
    },
    settle: () => {
      life.story.push('a decision without an answer');
      life.maybeDecisions += 1;
      return Promise.resolve();
    },
  };
}

export function decideForNobody(book: Book): Act {
  const run = async (server: Running): Promise<void> => {
    const body = { placement: 'product', context: { items: ['coat-1'] } };
    const answer = await server.http('POST', '/v1/decide', { key: server.keys.decide, body });
    const { decision, receipt } = decideAnswer.parse(okJson(answer));
    book.strangers.set(decision, { promise: promiseIn(book, receipt), consentsBefore: 0, proven: false });
  };
  return { run, settle: () => Promise.resolve() };
}

/** Reads of all kinds; they change nothing, so there is nothing to settle. */
export function look(book: Book, life: Life, random: Random): Act {
  const decisions = [...life.decisions.keys()];
  const paths = [pathOf(life), `${pathOf(life)}/consent`, `${pathOf(life)}/export`, '/metrics', '/readyz'];
  const why = decisions.length === 0 ? '/healthz' : `/v1/why/${decisions[random.below(decisions.length)]}`;
  const path = [...paths, why, '/log/checkpoint'][random.below(7)]!;
  const run = async (server: Running): Promise<void> => {
    const isLog = path.startsWith('/log');
    const { status, text } = await server.http('GET', path, isLog ? {} : { key: server.keys.admin });
    expect(status, `${path}: ${text}`).toBe(200);
    if (isLog) book.auditor.saw(text);
  };
  return { run, settle: () => Promise.resolve() };
}

// The shop's own

export function learn(): Act {
  const run = async (server: Running): Promise<void> => {
    okJson(await server.http('POST', '/v1/learn', { key: server.keys.admin }));
  };
  return { run, settle: run };
}

export function retitle(book: Book, { random, items }: Client): Act {
  const id = items[random.below(items.length)]!;
  book.nextNumber += 1;
  const title = `The ${id}, edition ${book.nextNumber}`;
  const run = async (server: Running): Promise<void> => {
    const item = { id, title, path: ['Things', id.replace(/-.*/, '')] };
    okJson(await server.http('PUT', '/v1/items', { key: server.keys.admin, body: { items: [item] } }));
    book.titles.set(id, title);
  };
  return { run, settle: run };
}
