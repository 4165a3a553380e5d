// Goal: what goes in, in which order, and what does not. Method: the real engine in memory, small data.

import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { DAY_MS } from '../../../kernel/time.ts';
import { openMemory } from '../../../presets/memory.ts';
import { createSample, demoPerson } from '../demo-person.ts';
import { heardIo, orderCsv, tempPlace } from '../testing.ts';
import { recordsOf } from './declare.ts';
import { assertUseful } from './import.ts';
import { importTown } from './import-town.ts';
import { linesOf } from './lines.ts';
import { textPieces } from './pieces.ts';
import { beginPlan, isOld, plansOf, shiftToNow } from './plan.ts';
import { UNDISTURBED, importFile, person } from './testing.ts';

const place = tempPlace();
afterAll(() => place.dispose());
test('[Q16] [Q20] order lines: one record per person, things of three people', async () => {
  const memory = await openMemory({ startMs: Date.UTC(2011, 11, 1) });
  const csv =
    `${orderCsv({ orders: 60, people: 12, things: 9 })}999999,RARE,ENGRAVED FOR ` +
    'EVE,1,2011-11-20 10:00,9,10001,Germany\n';
  const file = place.file('orders.csv', csv);
  const first = await importFile(memory, file);
  expect(first.tally).toMatchObject({
    lines: 181,
    events: 61,
    admitted: 61,
    consents: 12,
    items: 9,
    badTotal: 0,
  });
  expect(memory.engine.items().has('RARE')).toBe(false);
  expect(await recordsOf(memory.engine, person('10001'))).toBe(1);
  const again = await importFile(memory, file);
  expect(again.tally).toMatchObject({ admitted: 0, repeated: 61, consents: 0, ownAnswers: 12 });
  expect(await recordsOf(memory.engine, person('10001'))).toBe(1);
});

test('[Q16] a refusal that was there before stands', async () => {
  const memory = await openMemory({ startMs: Date.UTC(2011, 11, 1) });
  const no = { category: 'purchases', purpose: 'recommend', state: 'refused' } as const;
  const notice = { id: 'notice-1', language: 'en' };
  await memory.engine.consent({
    person: person('10001'),
    changes: [no],
    notice,
    method: 'centre',
    byPerson: true,
  });
  await importFile(memory, place.file('orders2.csv', orderCsv({ orders: 24, people: 12, things: 9 })));
  const known = await memory.engine.grants(person('10001'));
  expect(known).toMatchObject({ records: 1, grants: [{ purpose: 'recommend', state: 'refused' }] });
});

test('[Q19] bad lines are named and the others go in; strict stops; nothing usable is refused', async () => {
  const memory = await openMemory({ startMs: Date.UTC(2011, 11, 1) });
  const lines = orderCsv({ orders: 12, people: 6, things: 4 }).split('\n');
  lines[5] = '500001,T1,THING,many,2011-11-02 10:00,2.5,10001,Germany';
  const file = place.file('bad.csv', lines.join('\n'));
  const { tally } = await importFile(memory, file);
  expect(tally).toMatchObject({ lines: 36, badTotal: 1 });
  expect(tally.bad[0]).toMatchObject({ line: 6, problem: expect.stringContaining('quantity') as unknown });
  await expect(importFile(memory, file, { strict: true })).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining('line 6') as unknown,
  });
  const events = place.file('events.ndjson', 'not json\n{"kind":"view"}\n');
  const broken = await importFile(memory, events);
  expect(broken.tally.badTotal).toBe(2);
  expect(() => assertUseful(broken.tally, events)).toThrow('not one line could be used');
  const none = await importFile(memory, place.file('none.csv', lines[0] ?? ''));
  expect(() => assertUseful(none.tally, 'none.csv')).toThrow('not one line of data');
  await expect(importFile(memory, place.file('header.csv', 'a,b\n1,2\n'))).rejects.toMatchObject({
    code: 'bad-file',
  });
});

test('[Q21] gzip is told by its bytes, a damaged one is said to be, and lines are bounded', async () => {
  const text = 'a\r\nb\n\n  \nc';
  const plain = place.file('named.gz', text);
  const zipped = place.file('named.txt', gzipSync(text));
  for (const file of [plain, zipped]) {
    const lines = [];
    for await (const { number, text: line } of linesOf(textPieces(file))) lines.push(`${number}${line}`);
    expect(lines).toEqual(['1a', '2b', '5c']);
  }
  const cut = place.file('cut.gz', gzipSync('x'.repeat(1000)).subarray(0, 20));
  await expect(async () => {
    for await (const piece of textPieces(cut)) expect(piece).toBeDefined();
  }).rejects.toMatchObject({ code: 'bad-file' });
  const long = [];
  async function* pieces() {
    for (let at = 0; at < 6; at += 1) yield 'y'.repeat(300_000);
    yield '\nz\n';
  }
  for await (const line of linesOf(pieces())) long.push([line.number, line.text.length, line.isTooLong]);
  expect(long).toEqual([
    [1, 0, true],
    [2, 1, false],
  ]);
});

test('[Q18] old data move by whole weeks, and by those of the first run', async () => {
  const now = Date.UTC(2026, 6, 1, 12);
  const newest = Date.UTC(2011, 11, 9, 12, 50);
  const shift = shiftToNow(newest, now);
  expect(shift % (7 * DAY_MS)).toBe(0);
  expect(now - (newest + shift)).toBeLessThan(7 * DAY_MS);
  expect(newest + shift).toBeLessThanOrEqual(now);
  expect([shiftToNow(now + 1, now), isOld(newest, now), isOld(now - 80 * DAY_MS, now)]).toEqual([
    0,
    true,
    false,
  ]);

  const memory = await openMemory({ startMs: now });
  const file = place.file('old.csv', orderCsv({ orders: 12, people: 6, things: 4 }));
  const said: string[] = [];
  const first = await importFile(memory, file, { shift: 'old', say: (text) => said.push(text) });
  expect(said.join(' ')).toMatch(/moved by \d+ whole weeks/);
  memory.advance(20 * DAY_MS);
  const second = await importFile(memory, file, { shift: 'old' });
  expect(second.plan).toEqual(first.plan);
  expect(second.tally).toMatchObject({ admitted: 0, repeated: 12 });
  expect(await plansOf(memory.engine)).toMatchObject([{ label: file, done: false }]);
  expect(await beginPlan(memory.engine, { ...first.plan, shiftsMs: {} })).toEqual(first.plan);
});

test('[Q14] the town goes in by its own answers, and a demo person is the same each time', async () => {
  const memory = await openMemory();
  const imported = await importTown(memory.engine, {
    people: 60,
    io: heardIo(),
    interrupt: UNDISTURBED,
    howToGoOn: 'again',
  });
  expect(imported.tally.badTotal).toBe(0);
  expect(imported.tally.consents).toBeGreaterThan(50);
  expect(await memory.engine.describe(person('ada'))).toMatchObject({ person: 'ada' });
  await memory.engine.learn();
  const forward = createSample();
  const backward = createSample();
  const people = imported.people;
  for (const who of people) forward.offer(who);
  for (const who of people.toReversed()) backward.offer(who);
  expect(backward.people).toEqual(forward.people);
  const chosen = await demoPerson(memory.engine, forward.people);
  expect(chosen).toBeDefined();
  expect(await demoPerson(memory.engine, backward.people)).toBe(chosen);
});
