// The log as an auditor sees it: every checkpoint that any node showed or printed, held against each other;
// each promise looked up; and a sample put through `fineline verify`.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { hex } from '../../src/kernel/bytes.ts';
import { personalLeaf } from '../../src/prove/leaf.ts';
import { verifyReceipt } from '../../src/prove/verify.ts';
import type { Auditor, ReadPublic } from '../support/e2e-log.ts';
import type { Asking } from './asking.ts';
import type { Book } from './book.ts';
import { sure } from './check-people.ts';
import type { Shop } from './round-shop.ts';

const BIN = fileURLToPath(new URL('../../bin/fineline.mjs', import.meta.url));
/** "Never", not "late": digests and checkpoints come every second at this pace. */
const HANGS_MS = 45_000;
/** Decisions of a round that are proven one by one; drawn evenly from all. */
const PROVEN_MAX = 120;
const LOOK_EVERY_MS = 400;
const CATCH_UP_TRIES = 50;
const READ_TRIES = 50;

/** Remembers what all nodes show, while the round goes on. */
export async function watchLog(book: Book, auditor: Auditor, { nodes, isOver }: Asking): Promise<void> {
  for (let at = 0; !isOver(); at += 1) {
    await sleep(LOOK_EVERY_MS);
    const signal = AbortSignal.timeout(2000);
    const note = await fetch(`${nodes[at % nodes.length]!.url()}/log/checkpoint`, { signal })
      .then(async (answer) => (answer.ok ? answer.text() : undefined))
      .catch(() => undefined);
    if (note !== undefined) saw(book, auditor, note);
  }
}

function saw(book: Book, auditor: Auditor, note: string): void {
  try {
    auditor.saw(note);
  } catch (error) {
    book.found('forks', String(error));
  }
}

export async function checkLog(book: Book, auditor: Auditor, { shop, asking }: Checking): Promise<void> {
  try {
    const proof = await untilKept(book, auditor, { shop, asking });
    if (proof !== undefined) await verifySample(book, shop, proof);
    for (const { plan } of shop.nodes) {
      const file = join(plan.home, 'log', 'public', 'checkpoint');
      if (existsSync(file)) saw(book, auditor, readFileSync(file, 'utf8'));
    }
    // A mirror may have been printed after the copy was made.
    for (let tries = 0; !auditor.isCaughtUp() && tries < CATCH_UP_TRIES; tries += 1) {
      await auditor.follow(readerOf(shop));
      await sleep(200);
    }
    auditor.compareAll();
  } catch (error) {
    book.found('forks', String(error));
  }
}

interface Checking {
  readonly shop: Shop;
  readonly asking: Asking;
}

/** Answers the newest proof of a decision, as it came. */
async function untilKept(
  book: Book,
  auditor: Auditor,
  { shop, asking }: Checking,
): Promise<string | undefined> {
  const read = readerOf(shop);
  const unproven = sampleOf(book);
  const end = performance.now() + HANGS_MS;
  let newest: string | undefined;
  for (;;) {
    const { size } = await auditor.follow(read);
    const owed = book.people.flatMap(({ name, owed: leaves }) =>
      [...leaves].flatMap(([leaf, what]) =>
        auditor.indexOf(leaf) === undefined ? [`${what} of ${name}`] : [],
      ),
    );
    for (const decision of [...unproven]) {
      const proof = await proofOf(book, auditor, { asking, decision });
      newest = proof ?? newest;
      if (proof !== undefined) unproven.delete(decision);
    }
    book.counts.leaves = size;
    if (owed.length === 0 && unproven.size === 0) return newest;
    if (performance.now() > end) {
      for (const what of [...owed, ...unproven]) book.found('promises', `not in the log: ${what}`);
      return newest;
    }
    await sleep(200);
  }
}

function readerOf({ nodes }: Shop): ReadPublic {
  return async (path) => {
    for (let tries = 0; ; tries += 1) {
      const url = nodes[tries % nodes.length]!.url();
      const answer = await fetch(`${url}/log/${path}`).catch(() => undefined);
      if (answer?.ok === true) return new Uint8Array(await answer.arrayBuffer());
      if (answer !== undefined && answer.status < 500) return undefined;
      // Not an answer about the log.
      if (tries === READ_TRIES) throw new Error(`log/${path} is not answered after the round`);
      await sleep(200);
    }
  };
}

/** Of those who are still here: what an erased person was answered is proven by their digests alone. */
function sampleOf(book: Book): Set<string> {
  const all = book.people.flatMap(({ state, answers }) =>
    state === 'here' ? answers.map(({ decision }) => decision) : [],
  );
  const step = Math.max(1, Math.ceil(all.length / PROVEN_MAX));
  return new Set(all.filter((_, at) => at % step === 0));
}

/** `undefined`: not in the log yet. */
async function proofOf(
  book: Book,
  auditor: Auditor,
  { asking, decision }: { asking: Asking; decision: string },
): Promise<string | undefined> {
  const path = `/v1/receipts/${decision}`;
  const { status, text } = await sure(asking, { method: 'GET', path, key: 'officer' }, 0);
  if (status === 404) return undefined;
  const proof = verifyReceipt(text, auditor.trust);
  if (status !== 200 || !proof.ok || proof.value.kind !== 'decision') {
    book.found('promises', `no proof of ${decision}: ${status} ${text.slice(0, 200)}`);
    return text;
  }
  // The proof may rest on a checkpoint that is newer than the copy.
  const isCopied = auditor.indexOf(hex(personalLeaf(proof.value.digestCommitment))) !== undefined;
  return isCopied ? text : undefined;
}

/** The command, as a person would run it, on one proof of the round. */
async function verifySample(book: Book, { nodes, dir }: Shop, proof: string): Promise<void> {
  const file = join(dir, 'sample.tlog-proof');
  writeFileSync(file, proof);
  const words = [BIN, 'verify', file, '--log', `${nodes[0]!.url()}/log`];
  const env = { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '', FINELINE_HOME: dir };
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  if (child.exitCode !== 0) book.found('promises', `fineline verify ended with ${child.exitCode}: ${said}`);
}
