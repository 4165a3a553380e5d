// Goal: a large file that goes in by person gives what it gives in its own order, also after an interruption,
// and leaves nothing of people where it was sorted. Method: the town as a file, imported both ways.

import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { utf8Text } from '../../../kernel/bytes.ts';
import { type Memory, openMemory } from '../../../presets/memory.ts';
import { tempPlace } from '../testing.ts';
import type { Imported } from './import.ts';
import type { ImportOptions } from './options.ts';
import { reachedOf } from './reached.ts';
import { registerClaim } from './sources.ts';
import { registerTownNotices } from './town-notices.ts';
import { openSpill } from './spill.ts';
import { OPTIONS, UNDISTURBED, importFile, person } from './testing.ts';
import { townInput } from './town.ts';

const place = tempPlace();
afterAll(() => place.dispose());

const NOW = Date.UTC(2026, 1, 1);
const town = townInput({ endMs: NOW, people: 40 });
const lines = town.lines.map(({ text }) => text);
const WHO = [
  ...new Set(lines.flatMap((text) => /"(?:person|user_id|userId)":"([^"]+)"/.exec(text)?.[1] ?? [])),
];

/** A home in which the town's people can have said yes. */
async function openTown(): Promise<Memory> {
  const memory = await openMemory({ startMs: NOW });
  await registerTownNotices(memory.engine);
  return memory;
}

const BY_PERSON: Partial<ImportOptions> = {
  adoptSources: true,
  sizes: { fromBytes: 0, bucketBytes: 2 ** 17 },
  spillDir: place.path('import'),
};

interface State {
  readonly people: Record<string, unknown>;
  readonly statistics: string;
}

/** What is known of each person, and what was learned. */
async function stateOf({ engine }: Memory): Promise<State> {
  const people: Record<string, unknown> = {};
  for (const id of WHO) people[id] = await engine.export(person(id));
  engine.count();
  return { people, statistics: utf8Text(await engine.core.world.learner.canonical()) };
}

async function inOrder(file: string, options: Partial<ImportOptions> = {}): Promise<[Imported, State]> {
  const memory = await openTown();
  const imported = await importFile(memory, file, { adoptSources: true, ...options });
  return [imported, await stateOf(memory)];
}

test('[Q31] a file that goes in by person gives the same people, statistics and counts', async () => {
  const text = [...lines.slice(0, 500), 'not JSON', ...lines.slice(500)].join('\n');
  const file = place.file('events.ndjson', text);
  const memory = await openTown();
  const imported = await importFile(memory, file, BY_PERSON);
  const [expected, state] = await inOrder(file);
  expect(imported.tally).toEqual(expected.tally);
  expect(imported.tally).toMatchObject({ badTotal: 1, bad: [{ line: 501 }], passedOver: 0 });
  expect(imported.people).toEqual(expected.people);
  const seen = await stateOf(memory);
  expect(Object.keys(seen.people).length).toBeGreaterThan(40);
  expect(seen).toEqual(state);
  const again = await importFile(memory, file, BY_PERSON);
  expect(again.tally).toMatchObject({ admitted: 0, passedOver: 0, consents: 0 });
  expect(await stateOf(memory)).toEqual(state);
});

test('[Q31] strict stops at the same line, and what came before it is in', async () => {
  const file = place.file(
    'events.ndjson',
    [...lines.slice(0, 900), '{"kind":', ...lines.slice(900)].join('\n'),
  );
  const memory = await openTown();
  const imported = await importFile(memory, file, { ...BY_PERSON, strict: true });
  const [expected, state] = await inOrder(file, { strict: true });
  expect(imported).toMatchObject({ stopped: true, tally: { lines: 901, badTotal: 1 } });
  expect(imported.tally).toEqual(expected.tally);
  expect(await stateOf(memory)).toEqual(state);
});

test('[Q12] [Q31] an interrupted one goes on, passes over what is in, and ends as one run does', async () => {
  const file = place.file('events.ndjson', lines.join('\n'));
  const memory = await openTown();
  const check = (): void => {
    if (memory.engine.core.people.inMemory() > 20) throw new Error('Ctrl-C');
  };
  const interrupted = { ...BY_PERSON, interrupt: { ...UNDISTURBED, check } };
  await expect(importFile(memory, file, interrupted)).rejects.toThrow('Ctrl-C');
  expect(memory.engine.core.people.inMemory()).toBeLessThan(WHO.length / 2 + 10);
  const imported = await importFile(memory, file, BY_PERSON);
  expect(imported.tally.passedOver).toBeGreaterThan(100);
  expect(imported.tally.admitted).toBeGreaterThan(100);
  expect(imported.tally).toMatchObject({ repeated: 0, lines: lines.length });
  const [, state] = await inOrder(file);
  expect(await stateOf(memory)).toEqual(state);
});

test('[Q31] what is in is read again when the file, the words or the sources are others', async () => {
  const { engine } = await openMemory({ startMs: NOW });
  const input = { kind: 'events', file: 'x', name: 'x', bytes: 7, changedMs: 1 } as const;
  const made = { planId: 'p', input, buckets: 9, claim: OPTIONS.claim };
  const reached = reachedOf(engine, made);
  expect(await reached.read()).toBe(0);
  await reached.keep(4);
  expect(await reachedOf(engine, made).read()).toBe(4);
  const others = [
    { ...made, buckets: 8 },
    { ...made, planId: 'q' },
    { ...made, input: { ...input, changedMs: 2 } },
    { ...made, claim: { ...OPTIONS.claim, purposes: [] } },
  ];
  for (const other of others) expect(await reachedOf(engine, other).read()).toBe(0);
  await registerClaim(engine, { ...OPTIONS.claim, id: 'another', noticeId: 'notice-1' });
  expect(await reachedOf(engine, made).read()).toBe(0);
  await reached.forget();
  expect(await reached.read()).toBe(0);
});

test('[Q31] sorted lines lie in a file without a name, and sealed', () => {
  const dir = place.path('spill');
  const spill = openSpill(dir, 3);
  const wanted: string[][] = [[], [], []];
  for (let at = 0; at < 9000; at += 1) {
    const line = `Maria bought coat ${at} · ä漢\u2028`;
    spill.put(at % 3, line);
    wanted[at % 3]!.push(line);
  }
  expect([0, 1, 2].map((bucket) => [...spill.lines(bucket)])).toEqual(wanted);
  expect([...spill.lines(1)]).toEqual(wanted[1]);
  expect(readdirSync(dir)).toEqual([]);
  const open = readdirSync('/proc/self/fd').filter((name) => linkOf(name).includes(dir));
  expect(open).toHaveLength(1);
  const bytes = readFileSync(`/proc/self/fd/${open[0]}`);
  expect(bytes.length).toBeGreaterThan(100_000);
  expect(bytes.includes('Maria')).toBe(false);
  spill.close();
});

function linkOf(name: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    // Closed meanwhile: the one that listed the folder.
    return '';
  }
}
