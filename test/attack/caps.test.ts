// Goal: no cap is exceeded, however many ask at once and from wherever. Method: a real server, four processes
// that together send a thousand questions about one person without waiting for answers, while the same
// events come in from each of them; then only what was answered is counted, and once more after a restart.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decideAnswer, eventsAnswer } from '../../src/surfaces/http/answers.ts';
import { type Running, newFolder, startServer } from '../support/e2e-running.ts';
import { E2E_ITEMS, E2E_SETTINGS, NOTICE, all, stock } from '../support/e2e-shop.ts';
import type { Answered, Question } from './caps-client.ts';

const PROCESSES = 4;
const QUESTIONS_EACH = 250;
/** Each process sends the very same events. */
const EVENTS = 24;
const ANN = 'ann';

/** One cap per thing for all, so that what was answered can be counted whatever the order. */
const ITEM_CAP = 3;
const PERSON_CAPS = { few: 7, many: 60, single: 1 } as const;
type CappedPlacement = keyof typeof PERSON_CAPS;
const capped = (id: CappedPlacement, itemsMax: number): string =>
  `  - { id: ${id}, purpose: recommend, channels: [web], strategy: for-you, itemsMax: ${itemsMax},
      exploreRate: 0.2, perLeafMax: 8, capPerItem: { impressionsMax: ${ITEM_CAP}, windowHours: 24 },
      capPerPerson: { impressionsMax: ${PERSON_CAPS[id]}, windowHours: 24 } }
`;
const CAPPED = [capped('few', 2), capped('many', 4), capped('single', 3)];
const SETTINGS = `${E2E_SETTINGS.trimEnd()}\n${CAPPED.join('')}`;

interface Shown {
  readonly placement: CappedPlacement;
  readonly items: readonly string[];
  readonly nothing: string | undefined;
}

describe('caps under four processes', () => {
  it('[E13] hold for a thousand lists at once, for each thing in them, and after a restart', async () => {
    const home = join(newFolder(), 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'fineline.yaml'), SETTINGS);
    const server = await startServer(home);
    await stock(server);
    await welcome(server);
    const answers = await Promise.all(
      Array.from({ length: PROCESSES }, async (_, at) => askFrom(server.url, questionsOf(server, at))),
    );
    const shown = answers.flatMap((list, at) =>
      list.slice(0, QUESTIONS_EACH).map((answer, n) => shownIn(placementOf(at, n), answer)),
    );
    expect(shown).toHaveLength(PROCESSES * QUESTIONS_EACH);
    expectCapsKept(shown);
    // The same event from four sides is one event.
    const taken = answers.flatMap((list) => list.slice(QUESTIONS_EACH)).map(({ text }) => eventsIn(text));
    expect(taken.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(EVENTS);
    expect(taken.reduce((sum, { repeated }) => sum + repeated, 0)).toBe((PROCESSES - 1) * EVENTS);
    expect(await server.stop()).toBe(0);
    const again = await startServer(home);
    const after = await askFrom(again.url, questionsOf(again, 0));
    const more = after.slice(0, QUESTIONS_EACH).map((answer, n) => shownIn(placementOf(0, n), answer));
    expect(more.filter(({ items }) => items.length > 0)).toEqual([]);
    expectCapsKept([...shown, ...more]);
  });
});

/** Everything allowed, one thing bought, so that lists differ from what everybody gets. */
async function welcome({ http, keys }: Running): Promise<void> {
  const consent = {
    fineline: 'consent',
    person: ANN,
    source: 'web-shop',
    grants: all('given'),
    notice: NOTICE,
  };
  const order = { kind: 'purchase', source: 'till', id: 'ann-1', person: ANN, lines: [{ item: 'coat-1' }] };
  const body = [consent, { ...order, time: new Date(Date.now() - 60_000).toISOString() }];
  const { status, text } = await http('POST', '/v1/events', { key: keys.collect, body });
  expect(status, text).toBe(202);
}

function placementOf(process: number, n: number): CappedPlacement {
  return (['few', 'many', 'many', 'single'] as const)[(process + n) % 4] ?? 'many';
}

/** Decisions first in the list; the events go out among them all the same, because nobody waits. */
function questionsOf({ keys }: Running, process: number): readonly Question[] {
  const decisions = Array.from({ length: QUESTIONS_EACH }, (_, n): Question => {
    const body = { person: ANN, placement: placementOf(process, n) };
    return { path: '/v1/decide', key: keys.decide, body };
  });
  const events = Array.from({ length: EVENTS }, (_, n): Question => {
    const lines = [{ item: E2E_ITEMS[n] }];
    const time = new Date(Date.now() - 1000).toISOString();
    const body = [{ kind: 'view', source: 'web-shop', id: `view-${n}`, person: ANN, time, lines }];
    return { path: '/v1/events', key: keys.collect, body };
  });
  return [...decisions, ...events];
}

async function askFrom(url: string, questions: readonly Question[]): Promise<readonly Answered[]> {
  const child = fork(join(import.meta.dirname, 'caps-client.ts'), [], {
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  // What was sent before it has arrived by then; an exit may overtake it.
  const ended = once(child, 'disconnect');
  child.send({ url, questions });
  const [answers] = await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error('a client went away without an answer'))),
  ]);
  await ended;
  return z.array(z.object({ status: z.int(), text: z.string() })).parse(answers);
}

function shownIn(placement: CappedPlacement, { status, text }: Answered): Shown {
  expect(status, text).toBe(200);
  const { items, nothing } = decideAnswer.parse(JSON.parse(text));
  return { placement, items: items.map(({ item }) => item), nothing };
}

function eventsIn(text: string): z.infer<typeof eventsAnswer> {
  return eventsAnswer.parse(JSON.parse(text));
}

/** Counted from the answers alone. Each cap is also reached: one that nobody came near to proves nothing. */
function expectCapsKept(shown: readonly Shown[]): void {
  for (const placement of ['few', 'many', 'single'] as const) {
    const lists = shown.filter((one) => one.placement === placement && one.items.length > 0);
    if (placement === 'many') expect(lists.length).toBeLessThanOrEqual(PERSON_CAPS.many);
    else expect(lists, placement).toHaveLength(PERSON_CAPS[placement]);
  }
  const times = new Map<string, number>();
  for (const { items } of shown) {
    for (const item of items) times.set(item, (times.get(item) ?? 0) + 1);
  }
  const greatest = Math.max(...times.values());
  expect([...times].filter(([, count]) => count > ITEM_CAP)).toEqual([]);
  expect(greatest).toBe(ITEM_CAP);
  const silent = shown.map(({ nothing }) => nothing);
  // That guards took all there was is not told to a page.
  expect(new Set(silent)).toEqual(new Set(['enough-contact', 'nothing-fits', undefined]));
}
