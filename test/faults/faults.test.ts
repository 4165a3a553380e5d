// Goal: whatever fails under load, nothing that was acknowledged is lost or counts twice, no cap is exceeded,
// nothing is decided against a no, and the log is one. Method: rounds of faults on real processes, a real
// PostgreSQL and real NATS servers (main.ts), held against the clients' own books; and breaks in the code
// that such rounds must see.
//
// Rounds: 1, through proxies, so that it runs where namespaces are not permitted; or 100 with
// FINELINE_FULL=1, and then every break. FINELINE_SEED sets another seed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { COUNTED, WRONGS } from './book.ts';
import { BREAKS } from './breaks.ts';
import { KINDS, planRound } from './plan.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FULL = process.env['FINELINE_FULL'] === '1';
const ROUNDS = FULL ? 100 : 1;
const SEED = process.env['FINELINE_SEED'] ?? '1';
/** In so many rounds a break has to be seen; it shows in the first that sees it. */
const BREAK_ROUNDS = 4;
/** One costs half a minute. */
const SEEN = FULL ? Object.keys(BREAKS) : ['cap-not-counted'];
/** The short round kills a leader of the stream, whatever else it draws. */
const WHERE = FULL ? ['--net', 'auto'] : ['--net', 'proxies', '--first', 'stream-leader-killed'];
const BREAK_WHERE = FULL ? ['--net', 'auto'] : ['--net', 'proxies', '--no-stream'];

const report = z.object({
  totals: z.object({
    rounds: z.int(),
    counts: z.record(z.enum(COUNTED), z.int()),
    wrong: z.record(z.enum(WRONGS), z.int()),
  }),
});

interface Ran {
  readonly code: number | null;
  readonly said: string;
  readonly totals: z.infer<typeof report>['totals'];
}

async function faults(...words: readonly string[]): Promise<Ran> {
  const dir = mkdtempSync(join(tmpdir(), 'fineline-faults-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const json = join(dir, 'report.json');
  const all = [join(import.meta.dirname, 'main.ts'), '--seed', SEED, '--json', json, ...words];
  const child = spawn(process.execPath, all, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  const { totals } = report.parse(JSON.parse(readFileSync(json, 'utf8')));
  return { code: child.exitCode, said, totals };
}

describe('faults under load', () => {
  it(`[Y30] ${ROUNDS} rounds (seed ${SEED}): nothing lost, doubled, exceeded or forked`, async () => {
    const { code, said, totals } = await faults('--rounds', `${ROUNDS}`, ...WHERE);
    expect(
      Object.entries(totals.wrong).filter(([, count]) => count > 0),
      said,
    ).toEqual([]);
    expect(code, said).toBe(0);
    expect(totals.rounds).toBe(ROUNDS);
    // A load that did nothing would prove nothing.
    for (const what of ['events', 'choices', 'decisions', 'leaves'] as const)
      expect(totals.counts[what], what).toBeGreaterThan(0);
    if (FULL) process.stdout.write(said);
  });

  it('[Y30] the seed alone says what fails, and as many rounds as there are faults have seen each', () => {
    const planOf = (round: number) => planRound({ seed: 7, round, nodes: 3, mayMount: true, stream: true });
    expect(planOf(3)).toEqual(planOf(3));
    const kinds = KINDS.map((_, round) => planOf(round).faults[0]?.kind);
    expect(new Set(kinds)).toEqual(new Set(KINDS));
    for (let round = 0; round < 200; round += 1) {
      const { faults: all } = planOf(round);
      const hit = all.map(({ kind, node }) => (kind.startsWith('node-') ? node : kind.split('-')[0]));
      expect(new Set(hit).size, `round ${round} hits each machine once`).toBe(hit.length);
    }
  });

  it.each(Object.entries(BREAKS))('[Y30] the break %s fits the code', (_name, { edits }) => {
    for (const { file, old } of edits)
      expect(readFileSync(join(ROOT, file), 'utf8').split(old), old).toHaveLength(2);
  });

  it.each(SEEN)('[Y30] sees the break %s', async (name) => {
    const { totals, said } = await faults('--rounds', `${BREAK_ROUNDS}`, '--broken', name, ...BREAK_WHERE);
    const found = WRONGS.filter((kind) => totals.wrong[kind] > 0);
    expect(
      found.some((kind) => BREAKS[name]?.caughtAs.includes(kind)),
      `${found.join(', ')}\n${said}`,
    ).toBe(true);
  });
});
