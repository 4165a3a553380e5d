// Goal: a round that the machine spoilt is told apart from one that found something, and neither is hidden.
// Method: rounds made up for it, without a process.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COUNTED, type Counted, newPerson, openBook } from './book.ts';
import { freshStatistics } from './fresh.ts';
import { openRecord } from './record.ts';
import { type RoundReport, isGood } from './round.ts';
import { EVERYTHING, ITEMS, type Said, TILL, consentLine } from './shop.ts';
import { isSpoilt, judged } from './spoilt.ts';
import { STANDS_MS, watchStanding } from './standing.ts';

const counts = Object.fromEntries(COUNTED.map((name) => [name, 7])) as Record<Counted, number>;

function roundOf(changes: Partial<RoundReport> = {}): RoundReport {
  return {
    round: 0,
    seed: 2,
    faults: ['stream leader-killed 1.0 s', 'node 1 cut 2.0 s'],
    kinds: ['stream-leader-killed', 'node-cut'],
    counts,
    recoveryMs: [30, 10, 20],
    eventMs: [300, 100, 200],
    stoodMs: 0,
    ended: 0,
    wrong: {},
    seconds: 30,
    ...changes,
  };
}

/** What statistics should say of somebody who was told of these lines. */
async function freshOf(...said: readonly (readonly Said[])[]): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'fineline-book-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const book = openBook(join(dir, 'book.ndjson'));
  const person = newPerson(book, 'ann');
  person.state = 'here';
  person.told.push(...said.map((one) => consentLine('ann', one)));
  const time = new Date(Date.now() - 3_600_000).toISOString();
  const lines = ITEMS.slice(0, 2).map((item) => ({ item, quantity: 1 }));
  person.told.push({ kind: 'purchase', id: 'e1', person: 'ann', source: TILL, time, lines });
  book.close();
  return freshStatistics(book, []);
}

const LATE = { stuck: ['node 1 does not answer'] };

describe('a round of faults', () => {
  it('[Y30] counts who said no and then yes like anybody who says yes', async () => {
    const no = EVERYTHING.map((each): Said => ({ ...each, state: 'refused' }));
    expect(await freshOf(EVERYTHING)).toContain('people 1');
    expect(await freshOf(EVERYTHING, no)).toContain('people 0');
    expect(await freshOf(EVERYTHING, no, EVERYTHING)).toBe(await freshOf(EVERYTHING));
  });

  it('[Y30] is doubted only where the machine stood still and something did not come in time', () => {
    expect(isSpoilt(roundOf({ wrong: LATE, stoodMs: STANDS_MS }))).toBe(true);
    expect(isSpoilt(roundOf({ wrong: LATE, stoodMs: STANDS_MS - 1 }))).toBe(false);
    expect(isSpoilt(roundOf({ stoodMs: 60_000 }))).toBe(false);
    for (const kind of ['lost', 'doubled', 'caps', 'against', 'forks', 'failed'] as const)
      expect(isSpoilt(roundOf({ wrong: { ...LATE, [kind]: ['x'] }, stoodMs: 60_000 })), kind).toBe(false);
  });

  it('[Y30] that is doubted is run again, is told, and counts when it is doubted each time', async () => {
    const spoilt = roundOf({ wrong: LATE, stoodMs: 5000 });
    const told: string[] = [];
    const rounds = [spoilt, roundOf()];
    const run = (): Promise<RoundReport> => Promise.resolve(rounds.shift() ?? spoilt);
    const second = await judged({ run, again: (why) => told.push(why) });
    expect([isGood(second), second.spoilt]).toEqual([true, told]);
    expect(told).toEqual(['the machine stood still for 5.0 s; node 1 does not answer']);
    const last = await judged({ run, again: () => undefined });
    expect([isGood(last), last.spoilt?.length]).toEqual([false, 2]);
  });

  it('[Y30] is not run again for what it found', async () => {
    let times = 0;
    const run = (): Promise<RoundReport> => {
      times += 1;
      return Promise.resolve(roundOf({ wrong: { lost: ['an event'] }, stoodMs: 60_000 }));
    };
    expect(isGood(await judged({ run, again: () => undefined }))).toBe(false);
    expect(times).toBe(1);
  });

  it('[Y30] notices that a machine gave it no turn', async () => {
    const standing = watchStanding();
    const pause = new Int32Array(new SharedArrayBuffer(4));
    Atomics.wait(pause, 0, 0, 400);
    await new Promise((resolve) => setTimeout(resolve, 0));
    standing.stop();
    expect(standing.mostMs()).toBeGreaterThan(300);
  });
});

describe('the record of rounds', () => {
  it('[Y30] goes on where it ended, tells revisions apart, and leaves a page', () => {
    const dir = mkdtempSync(join(tmpdir(), 'fineline-record-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const files = { json: join(dir, 'rounds.json'), page: join(dir, 'faults.md') };
    const options = { ...files, net: 'namespaces', stream: true };
    const first = openRecord({ ...options, resume: false, revision: 'aaaa' });
    for (const round of [0, 1, 3]) first.add(roundOf({ round }));
    const again = openRecord({ ...options, resume: true, revision: 'bbbb' });
    const found = { lost: ['an event of p1'] };
    again.add(roundOf({ round: 4, wrong: found, spoilt: ['the machine stood still'] }));
    expect(again.totals()).toMatchObject({ rounds: 4, isGood: false, again: 1, wrong: { lost: 1 } });
    // The same round again takes the place of the former.
    again.add(roundOf({ round: 4 }));
    expect(again.totals()).toMatchObject({ rounds: 4, isGood: true, counts: { events: 28 } });
    const page = readFileSync(files.page, 'utf8');
    expect(page).toContain('- 3 rounds (0–1, 3): revision `aaaa`, seed 2, namespaces, event stream');
    expect(page).toContain('- 1 round (4): revision `bbbb`');
    expect(page).toContain('| node: cut | 4 | 10 / 20 / 30 | 100 / 200 / 300 |');
    expect(page).toContain('acknowledged and lost            0');
    expect(page).not.toContain('found something');
    expect(statSync(files.json).size).toBeGreaterThan(100);
  });

  it('[Y30] shows what was found', () => {
    const dir = mkdtempSync(join(tmpdir(), 'fineline-record-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const page = join(dir, 'faults.md');
    const record = openRecord({ json: undefined, page, resume: false, net: 'proxies', stream: false });
    record.add(roundOf({ round: 8, wrong: { lost: ['an event of p1'] } }));
    const text = readFileSync(page, 'utf8');
    expect(text).toContain(
      '- seed 2, round 8 (stream leader-killed 1.0 s, node 1 cut 2.0 s): lost: an event of p1',
    );
    expect(existsSync(join(dir, 'rounds.json'))).toBe(false);
  });
});
