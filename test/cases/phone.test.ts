// The phone that listens. Emma talks with a friend about a holiday by the lake, and the next day every page
// shows her skates and swimming things. Whether a phone ever did that or not, a shop must not take what a
// microphone, a stranger's cookie or a bought list says about her. Here such data is turned away at the door,
// counted and forgotten, and nothing she is shown changes because of it.
//
// Stands for L4 (provenance) and L5 (no following).

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/presets/settings-file.ts';
import { consentLine, decideAt, did, exportOf, figure, itemsOf, shown, statusOf } from './support/people.ts';
import { SLOTS, settingsOf } from './support/settings.ts';
import { type Town, openTown } from './support/town.ts';

const HEARD = 'skates-lake';
const WORDS = 'we-should-go-skating-by-the-lake';

/** What a microphone, a data seller and a tracker would send, in every format the shop understands. */
function overheard(person: string, nowMs: number): readonly unknown[] {
  const time = new Date(nowMs).toISOString();
  const lines = [{ item: HEARD, quantity: 1 }];
  return ['living-room-microphone', 'data-seller', 'tracker.example'].flatMap((source, n) => [
    { kind: 'view', id: `heard-${source}`, person, source, time, lines },
    { kind: 'declare', id: `said-${source}`, person, source, time, traits: { likes: HEARD } },
    { kind: 'purchase', id: `bought-${source}`, person, source, time, lines },
    {
      specversion: '1.0',
      id: `cloud-${n}`,
      source,
      type: 'example.view',
      data: { person, lines, transcript: WORDS },
    },
    {
      type: 'track',
      event: 'Product Viewed',
      messageId: `segment-${n}`,
      userId: person,
      source,
      properties: { product_id: HEARD, transcript: WORDS },
    },
  ]);
}

function bytesOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

describe('the phone that listens', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    await town.send([
      consentLine('case-emma'),
      did({ person: 'case-emma', kind: 'purchase', items: ['tea-earl-grey', 'biscuits-butter'] }),
    ]);
  });
  afterAll(() => town.close());

  it('is turned away and counted, whatever format it speaks, and shapes nothing', async () => {
    const before = await decideAt(town, { slot: SLOTS.home, person: 'case-emma' });
    const facts = (await exportOf(town, 'case-emma')).facts;
    const messages = overheard('case-emma', town.nowMs());
    // No source of the shop stands behind the request.
    const answer = await town.ask('POST', '/v1/events', { as: 'collect', body: messages });
    const told = answer.text;
    expect(answer.status).toBe(422);
    expect(told).toContain('registered source');
    // Beside one good event the rest is still turned away, and the sender is told how much.
    const good = did({ person: 'case-other', kind: 'purchase', items: ['tea-earl-grey'] });
    const mixed = await town.send([good, ...messages], { query: '' });
    expect(mixed.accepted).toBe(1);
    const refused = Object.values(mixed.refused).reduce((sum, n) => sum + n, 0);
    expect(mixed.problemsTotal + refused).toBe(messages.length);
    expect((await exportOf(town, 'case-emma')).facts).toEqual(facts);
    expect(shown(await decideAt(town, { slot: SLOTS.home, person: 'case-emma' }))).toEqual(shown(before));
  });

  it('makes nobody known of whom the shop knew nothing', async () => {
    const people = await figure(town, 'fineline_people');
    // Enough of them to be seen in a figure that counts in steps.
    for (let n = 0; n < 40; n += 1) {
      const body = overheard(`passer-by-${n}`, town.nowMs());
      expect((await town.ask('POST', '/v1/events', { as: 'collect', body })).status).toBe(422);
      expect(await statusOf(town, `passer-by-${n}`)).toBe(404);
    }
    expect(await figure(town, 'fineline_people')).toBe(people);
  });

  it('leaves no word of it on disk, also when a good event carries it', async () => {
    const carried = { ...(did({ person: 'case-emma', kind: 'view', items: ['tea-mint-garden'] }) as object) };
    const taken = await town.send([{ ...carried, transcript: WORDS, audio: { text: WORDS } }]);
    expect(taken).toMatchObject({ accepted: 1, dropped: { transcript: 1, audio: 1 } });
    expect(JSON.stringify(await exportOf(town, 'case-emma'))).not.toContain(WORDS);
    expect(bytesOf(town.home)).not.toContain(WORDS);
  });

  it('knows no kind of event that means "overheard"', async () => {
    const body = [{ kind: 'heard', id: 'heard-1', person: 'case-emma', lines: [{ item: HEARD }] }];
    const { status } = await town.ask('POST', '/v1/events?source=town-app', { as: 'collect', body });
    expect(status).toBe(422);
  });

  it('cannot be registered: settings name first-party sources or the shop does not open', () => {
    expect(readSettings(settingsOf('town'), 'good').sources.length).toBe(3);
    for (const origin of ['third-party', 'sensor', 'bought']) {
      const bad = settingsOf('town').replace('origin: first-party', `origin: ${origin}`);
      expect(() => readSettings(bad, 'bad')).toThrow(/origin/);
    }
  });

  it('is not what her list is made of', async () => {
    expect(
      itemsOf(await decideAt(town, { slot: SLOTS.home, person: 'case-emma' })).slice(0, 5),
    ).not.toContain(HEARD);
  });
});
