// Goal: what a newcomer does, and what can go wrong meanwhile. Method: the real command as a child process on
// homes of its own, with small order files; a signal or a kill is sent as soon as the import has begun. Two
// at a time, because a start waits seconds for its log.

import { existsSync, mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, expect, test as each } from 'vitest';
import { type Ended, cli, orderCsv, startCli, tempPlace } from './testing.ts';
import { widthOf } from './layout.ts';

const test = each.concurrent;
const place = tempPlace();
afterAll(() => place.dispose());

const SMALL = place.file('small.csv', orderCsv({ orders: 240, people: 40, things: 20 }));
/** Some eight batches: a signal after the first line of progress comes in the middle. */
const LARGE_SHAPE = { orders: 4000, people: 400, things: 60 };
const LARGE = place.file('large.csv', orderCsv(LARGE_SHAPE));

interface Report {
  readonly imported: {
    readonly admitted: number;
    readonly repeated: number;
    readonly consents: number;
  } | null;
  readonly decision: {
    readonly person: string;
    readonly verified: readonly string[];
    readonly told: { readonly items: readonly unknown[] };
  } | null;
  readonly status: { readonly people: number; readonly items: number; readonly model: string | null };
}

function report({ code, out, err }: Ended): Report {
  if (code !== 0) throw new Error(`ended with ${code}: ${err}`);
  return JSON.parse(out) as Report;
}

/** Unwrapped: where a sentence breaks depends on paths. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

test('[Q8] [Q9] [Q10] [Q3] the first start shows everything, the second finds it', async () => {
  const home = place.path('first');
  const first = await cli(['start', '--exit', '--home', home, '--data', SMALL]);
  expect([first.code, first.err.includes('    at ')]).toEqual([0, false]);
  const said = plain(first.out);
  for (const part of [
    'API keys for collect, decide, officer and admin were made',
    'registered as first-party',
    'declared by you for this demo',
    'whole weeks',
    'One decision in full',
    '✓ = the score, exactly',
    'Without the strongest fact',
    'Shown here because this is the operator’s demo',
    '✓ the commitment is in the signed batch',
    '✓ the decision and its salt give the commitment that was promised',
  ]) {
    expect(said).toContain(part);
  }
  expect(said).not.toContain('✗');
  // Sentences fit; a path that is longer than a line cannot.
  expect(first.out.split('\n').filter((line) => widthOf(line) > 80 && !line.includes(home))).toEqual([]);
  expect(statSync(`${home}/keys.json`).mode & 0o777).toBe(0o600);
  const keys = JSON.parse(readFileSync(`${home}/keys.json`, 'utf8')) as Record<string, string>;
  expect(Object.keys(keys)).toEqual(['collect', 'decide', 'officer', 'admin']);
  const server = readFileSync(`${home}/keys/api-keys.json`, 'utf8');
  for (const key of Object.values(keys)) expect(server).not.toContain(key);

  const second = report(await cli(['start', '--exit', '--home', home, '--data', SMALL, '--json']));
  expect(second).toMatchObject({ imported: null, decision: null, status: { people: 40, items: 20 } });
  expect(second.status.model).not.toBeNull();
  // Without --data the town does not move in with them.
  expect(report(await cli(['start', '--exit', '--home', home, '--json'])).status.people).toBe(40);
});

test('[Q14] the same data show the same person, with both receipts verified', async () => {
  const words = (name: string) => ['start', '--exit', '--home', place.path(name), '--data', SMALL, '--json'];
  const both = await Promise.all(['one', 'two'].map((name) => cli(words(name))));
  const [one, two] = both.map((ended) => report(ended).decision);
  for (const decision of [one, two]) expect(decision?.verified).toEqual(['promise', 'decision']);
  expect(one?.person).toBe(two?.person);
});

/** What one undisturbed run makes of the large file. */
const WHOLE = { people: LARGE_SHAPE.people, items: LARGE_SHAPE.things };

test('[Q11] two quick Ctrl-C: the batch is finished, 130, and the same command goes on', async () => {
  const home = place.path('interrupted');
  const words = ['start', '--exit', '--home', home, '--data', LARGE];
  const running = startCli(words);
  await running.seen('Importing');
  running.child.kill('SIGINT');
  running.child.kill('SIGINT');
  const { code, err } = await running.ended;
  expect([code, err.includes('    at ')]).toEqual([130, false]);
  expect(plain(err)).toContain('Run the same command again to go on');

  const { imported, status } = report(await cli([...words, '--json']));
  expect(status).toMatchObject(WHOLE);
  expect((imported?.admitted ?? 0) + (imported?.repeated ?? 0)).toBe(LARGE_SHAPE.orders);
  expect(imported?.repeated).toBeGreaterThan(0);
  expect(imported?.admitted).toBeGreaterThan(0);
});

test('[Q12] kill -9 twice: then the same people, records and model as in one run', async () => {
  const home = place.path('killed');
  const words = ['start', '--exit', '--home', home, '--data', LARGE];
  const undisturbed = cli(['start', '--exit', '--home', place.path('whole'), '--data', LARGE, '--json']);
  for (const delayMs of [0, 150]) {
    const running = startCli(words);
    await running.seen('Importing');
    await new Promise((resolve) => {
      setTimeout(resolve, delayMs);
    });
    running.child.kill('SIGKILL');
    await running.ended;
  }
  const killed = report(await cli([...words, '--json']));
  const whole = report(await undisturbed);
  expect(killed.status).toMatchObject(WHOLE);
  expect(whole.status).toMatchObject(WHOLE);
  // Each event once, each person's record once, and so the same lists from the same statistics; the last
  // place of a list may be drawn by lot.
  expect((killed.imported?.admitted ?? 0) + (killed.imported?.repeated ?? 0)).toBe(LARGE_SHAPE.orders);
  const scores = ({ decision }: Report): unknown => decision?.told.items.slice(0, -1);
  expect(killed.decision?.person).toBe(whole.decision?.person);
  expect(scores(killed)).toEqual(scores(whole));
  const exported = await cli(['consent', killed.decision?.person ?? '', '--home', home, '--json']);
  expect(JSON.parse(exported.out)).toMatchObject({ records: 1 });
});

test('[Q13] a port that is taken is known before the import', async () => {
  const holder = createServer();
  const port = await new Promise<number>((resolve) => {
    holder.listen(0, '127.0.0.1', () => {
      const address = holder.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const home = place.path('port');
  const { code, err } = await cli(['start', '--port', String(port), '--home', home, '--data', SMALL]);
  holder.close();
  expect([code, existsSync(home)]).toEqual([3, false]);
  expect(err).toContain(`port ${port} is taken: choose another with --port`);
});

test('[Q13] [Q7] a disk that is full ends the import with a sentence, and with room it goes on', async () => {
  const home = place.path('full');
  const words = ['start', '--exit', '--home', home, '--data', LARGE];
  // 1 MB per file: the journals of this import take several.
  const { code, err } = await cli(words, { fileBlocksMax: 2048 });
  expect([code, err.includes('    at ')]).toEqual([3, false]);
  expect(err).toMatch(/fineline start: .*(disk|full)/);
  expect(report(await cli([...words, '--json'])).status).toMatchObject(WHOLE);
});

test('[Q13] [Q7] a folder that cannot be made or written is named', async () => {
  const file = place.file('file', 'no folder');
  const below = await cli(['start', '--exit', '--home', `${file}/home`, '--data', SMALL]);
  expect([below.code, below.err.includes('    at ')]).toEqual([3, false]);
  expect(below.err).toContain('cannot be made or written');
  const closed = place.path('closed');
  mkdirSync(closed, { mode: 0o555 });
  // Root may write anywhere; as somebody else it may not.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const refused = await cli(['serve', '--port', '0', '--home', closed], nobody);
  expect([refused.code, refused.err.includes('    at ')]).toEqual([3, false]);
  expect(refused.err).toContain(closed);
});

test('[Q13] [Q19] damaged data are named, and nothing is kept of a file that cannot be read', async () => {
  const home = place.path('damaged');
  for (const [name, text, message] of [
    ['noise.csv', '\u0001\u0002\u0003', 'expected a column for the item'],
    ['noise.csv.gz', '\u001f\u008b\u0008 cut', 'damaged or cut off'],
    ['noise.bin', 'x', 'not a name that says what is inside'],
    ['empty.csv', '', 'expected a first line with column names'],
  ] as const) {
    const file = place.file(
      name,
      Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    );
    const { code, err } = await cli(['start', '--exit', '--home', home, '--data', file]);
    expect([code, err.includes('    at ')]).toEqual([1, false]);
    expect(err).toContain(message);
  }
  await cli(['start', '--exit', '--home', home, '--data', SMALL]);
  truncateSync(`${home}/data/data.db`, 5000);
  const broken = await cli(['start', '--exit', '--home', home]);
  expect([broken.code, broken.err.includes('    at ')]).toEqual([3, false]);
  expect(broken.err).toContain('restore a backup');
});

test('[Q15] import without source, basis and notice is refused with what is missing and why', async () => {
  const home = place.path('import');
  const { code, err } = await cli(['import', SMALL, '--home', home]);
  expect([code, existsSync(home)]).toEqual([2, false]);
  expect(err).toMatch(
    /--source NAME.*--basis.*--notice ID.*refused, so that every fact can say where it came from/s,
  );
  const contract = await cli([
    'import',
    SMALL,
    '--home',
    home,
    '--source',
    'old-till',
    '--shift-to-now',
    '--basis',
    'contract',
    '--notice',
    'notice-1',
    '--json',
  ]);
  expect(JSON.parse(contract.out)).toMatchObject({ admitted: 240, consents: 0, sources: ['old-till'] });
  const known = await cli(['consent', '10001', '--home', home, '--json']);
  expect(JSON.parse(known.out)).toMatchObject({ records: 0, grants: [] });
});
