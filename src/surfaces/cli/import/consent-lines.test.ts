// Goal: what people said in a file becomes their record in the right order, once, and never more than they
// allowed. Method: the real engine in memory, small files, imported twice.

import { afterAll, expect, test } from 'vitest';
import { SAYS_YES, tcString } from '../../../../test/support/tc-strings.ts';
import type { ConsentLine } from '../../../collect/collect.ts';
import type { Event } from '../../../facts/event.ts';
import { parseEventId } from '../../../facts/ids.ts';
import { GRANTABLE_PURPOSES } from '../../../facts/purpose.ts';
import { DAY_MS } from '../../../kernel/time.ts';
import { openMemory } from '../../../presets/memory.ts';
import { tempPlace } from '../testing.ts';
import { recordsOf } from './declare.ts';
import { createLayers } from './layers.ts';
import { OPTIONS, importFile, person } from './testing.ts';

/** Of February 2026. */
const NO_TO_SIX = tcString({ ...SAYS_YES, consents: [1, 2, 3, 4, 5, 7, 8, 9, 10, 11] });

const place = tempPlace();
afterAll(() => place.dispose());

function eventLine(kind: string, who: string, time: string): string {
  const id = `${kind} ${who} ${time}`;
  return JSON.stringify({ kind, id, person: who, source: 'web-shop', time, lines: [{ item: 'coat' }] });
}

interface Said {
  readonly person: string;
  readonly category: string;
  readonly purpose: string;
  readonly state: string;
  readonly time: string;
  readonly more: object;
}

function consentLine({ person: who, category, purpose, state, time, more }: Said): string {
  const grants = [{ category, purpose, state }];
  const notice = { id: 'notice-1', language: 'de' };
  const line = { fineline: 'consent', source: 'web-shop', person: who, grants, notice, time };
  return JSON.stringify({ ...line, ...more });
}

test('[Q17] a batch keeps each person’s order in few layers', () => {
  const id = parseEventId('e');
  if (!id.ok) throw new Error('fine names');
  const layers = createLayers();
  const event = (who: string): void => layers.addEvent({ person: person(who), id: id.value } as Event);
  const said = (who: string): void =>
    layers.addAnswer({ line: { person: person(who) } as ConsentLine, isObjection: false });
  for (const who of ['a', 'b']) event(who);
  said('a');
  event('a');
  said('c');
  event('b');
  said('a');
  expect(layers.size).toBe(7);
  const seen = layers
    .take()
    .map((layer) =>
      layer.kind === 'events'
        ? `e ${layer.events.map(({ person: who }) => who).join('')}`
        : `a ${layer.answers.map(({ line: { person: who } }) => who).join('')}`,
    );
  expect(seen).toEqual(['e abb', 'a ac', 'e a', 'a a']);
  expect(layers.take()).toEqual([]);
});

test('[Q22] consent lines: in order, once, and a direct answer stands above an imported yes', async () => {
  const memory = await openMemory();
  const line = (who: string, state: string, time: string, more: object = {}): string =>
    consentLine({ person: who, purpose: 'recommend', category: 'browsing', state, time, more });
  const text = [
    line('ina', 'given', '2026-05-01T10:00:00Z'),
    eventLine('view', 'ina', '2026-05-01T11:00:00Z'),
    line('ina', 'withdrawn', '2026-05-02T10:00:00Z'),
    eventLine('view', 'ina', '2026-05-02T11:00:00Z'),
    line('jan', 'given', '2026-05-02T12:00:00Z', { gpc: true }),
    line('kim', 'given', '2026-05-02T12:00:00Z'),
  ].join('\n');
  const notice = { id: 'notice-1', language: 'en' };
  const no = { category: 'browsing', purpose: 'recommend', state: 'refused' } as const;
  await memory.engine.consent({
    person: person('kim'),
    changes: [no],
    notice,
    method: 'centre',
    byPerson: true,
  });
  const file = place.file('lines.ndjson', text);
  const first = await importFile(memory, file);
  expect(first.tally).toMatchObject({
    events: 2,
    admitted: 1,
    refused: { 'no-grant': 1 },
    consents: 3,
    ownAnswers: 1,
    badTotal: 0,
  });
  expect(await memory.engine.grants(person('jan'))).toMatchObject({
    grants: expect.arrayContaining([
      expect.objectContaining({ purpose: 'advertise', state: 'refused' }),
    ]) as unknown,
  });
  expect(await memory.engine.grants(person('kim'))).toMatchObject({ records: 1 });
  const again = await importFile(memory, file);
  expect(again.tally).toMatchObject({ consents: 0 });
  expect(await recordsOf(memory.engine, person('ina'))).toBe(2);

  // A file that overlaps: what was said before is late post, what is newer than the records counts, a no
  // always does.
  memory.advance(DAY_MS);
  const later = [
    line('ina', 'given', '2026-05-01T10:00:00Z'),
    line('jan', 'refused', '2026-05-01T10:00:00Z'),
    line('lea', 'given', '2026-05-01T10:00:00Z'),
  ].join('\n');
  const overlap = await importFile(memory, place.file('later.ndjson', later));
  expect(overlap.tally).toMatchObject({ consents: 2 });
  const grants = async (who: string): Promise<unknown> => memory.engine.grants(person(who));
  expect(await grants('ina')).toMatchObject({ records: 2, grants: [{ state: 'withdrawn' }] });
  expect(await grants('lea')).toMatchObject({ records: 1, grants: [{ state: 'given' }] });
  const news = line('ina', 'given', new Date(memory.world.clock.nowMs()).toISOString());
  expect((await importFile(memory, place.file('news.ndjson', news))).tally.consents).toBe(1);
  expect(await grants('ina')).toMatchObject({ records: 3, grants: [{ state: 'given' }] });
});

test('[Q16] consent declared for events reaches nobody who answers in the same file', async () => {
  const memory = await openMemory();
  const bought = (who: string): string => eventLine('purchase', who, '2026-05-01T09:00:00Z');
  const said = { purpose: 'recommend', category: 'purchases', state: 'refused' };
  const no = consentLine({ ...said, person: 'mia', time: '2026-05-03T09:00:00Z', more: {} });
  const file = place.file('declared.ndjson', [bought('mia'), bought('noa'), no].join('\n'));
  const claim = { ...OPTIONS.claim, source: 'declared', forEvents: true };
  const { tally } = await importFile(memory, file, { claim });
  expect(tally).toMatchObject({ admitted: 2, consents: 2, badTotal: 0 });
  expect(await memory.engine.grants(person('mia'))).toMatchObject({
    records: 1,
    grants: [{ state: 'refused' }],
  });
  expect((await importFile(memory, file, { claim })).tally).toMatchObject({
    admitted: 0,
    repeated: 2,
    consents: 0,
  });
});

test('[Q12] an import that stopped between two answers of a person goes on with the second', async () => {
  const memory = await openMemory();
  const line = (state: string, time: string): string =>
    consentLine({ person: 'ole', category: 'browsing', purpose: 'recommend', state, time, more: {} });
  const said = [line('refused', '2026-05-01T10:00:00Z'), line('given', '2026-05-02T10:00:00Z')];
  await importFile(memory, place.file('first.ndjson', said.slice(0, 1).join('\n')));
  memory.advance(DAY_MS);
  // The yes is older than the record of the no; it counts, because that record is this file's own.
  await importFile(memory, place.file('whole.ndjson', said.join('\n')));
  expect(await memory.engine.grants(person('ole'))).toMatchObject({
    records: 2,
    grants: [{ state: 'given' }],
  });
});

test('[Q22] consent strings and phones in a file end what they deny, whatever the line says', async () => {
  const memory = await openMemory();
  const line = (who: string, signals: object): string =>
    consentLine({
      ...{ person: who, purpose: 'recommend', category: 'browsing', state: 'given' },
      ...{ time: '2026-05-01T10:00:00Z', more: { signals } },
    });
  const view = JSON.parse(eventLine('view', 'udo', '2026-05-02T11:00:00Z')) as object;
  const text = [
    line('ulf', { tcf: NO_TO_SIX }),
    line('una', { tcf: tcString(SAYS_YES), att: 'denied' }),
    line('ute', { gpp: 'what?' }),
    line('udo', {}),
    JSON.stringify({ ...view, signals: { tcf: NO_TO_SIX } }),
  ].join('\n');
  const file = place.file('signals.ndjson', text);
  const { tally } = await importFile(memory, file);
  expect(tally).toMatchObject({ consents: 5, badTotal: 0 });
  const given = async (who: string): Promise<readonly string[]> => {
    const kept = JSON.stringify(await memory.engine.grants(person(who)));
    return GRANTABLE_PURPOSES.filter((purpose) => kept.includes(`"purpose":"${purpose}","state":"given"`));
  };
  for (const who of ['ulf', 'ute', 'udo']) expect(await given(who), who).toEqual([]);
  expect(await given('una')).toEqual(['recommend']);
  expect((await importFile(memory, file)).tally).toMatchObject({ consents: 0 });
});
