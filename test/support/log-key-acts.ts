// What tests of the log's key ask of the command line, and what somebody checks who wrote one key down.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { runCli } from '../../src/surfaces/cli/cli.ts';
import { cli, heardIo } from '../../src/surfaces/cli/testing.ts';
import type { Decided } from './e2e-ask.ts';
import { fineline, newFolder, type Running } from './e2e-running.ts';

const told = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      vkey: z.string(),
      state: z.enum(['announced', 'used', 'old', 'ended']),
      file: z.string().optional(),
      isInLog: z.boolean().optional(),
    }),
  ),
  running: z.array(z.int()),
});
const used = z.object({
  used: z.string(),
  inLog: z.boolean(),
  old: z.array(z.string()),
  late: z.array(z.int()),
});
const made = z.object({ made: z.string(), file: z.string() });
const ended = z.object({ ended: z.string(), late: z.array(z.int()), file: z.string().optional() });

async function said(home: string, ...words: readonly string[]): Promise<unknown> {
  const { code, out, err } = await fineline('keys', ...words, '--json', '--home', home);
  expect([code, err]).toEqual([0, expect.not.stringContaining('Fault')]);
  return JSON.parse(out);
}

type Told = z.infer<typeof told>;

export interface LogKeyActs {
  list(): Promise<Told>;
  /** In an embedded home one step; of several, `make` and `use`. */
  rotate(): Promise<z.infer<typeof used>>;
  make(): Promise<z.infer<typeof made>>;
  use(id: string): Promise<z.infer<typeof used>>;
  end(id: string): Promise<z.infer<typeof ended>>;
  /** Until every succession is in the log. */
  settled(): Promise<Told>;
}

export function logKeyActs(home: string): LogKeyActs {
  // In this process: it is asked often, and changes nothing.
  const list = async () => {
    const io = heardIo();
    expect([await runCli(['keys', 'list', 'log', '--json', '--home', home], io), io.heard.err]).toEqual([
      0,
      '',
    ]);
    return told.parse(JSON.parse(io.heard.out));
  };
  return {
    list,
    rotate: async () => used.parse(await said(home, 'rotate', 'log')),
    make: async () => made.parse(await said(home, 'rotate', 'log')),
    use: async (id) => used.parse(await said(home, 'use', 'log', id)),
    end: async (id) => ended.parse(await said(home, 'end', 'log', id)),
    settled: async () => {
      await expect
        .poll(async () => (await list()).keys.every(({ isInLog }) => isInLog !== false), {
          timeout: 60_000,
          interval: 200,
        })
        .toBe(true);
      return list();
    },
  };
}

/** The proof of a decision, once it is in the log. */
export async function proofOf(server: Running, person: string, { decision }: Decided): Promise<string> {
  const key = await server.token(person);
  let text = '';
  const ask = async (): Promise<number> => {
    const answer = await server.http('GET', `/v1/receipts/${decision}`, { key });
    text = answer.text;
    return answer.status;
  };
  await expect.poll(ask, { timeout: 60_000, interval: 200 }).toBe(200);
  return text;
}

export interface CheckedReceipt {
  readonly verified: boolean;
  readonly code: string;
  readonly signedBy: string | undefined;
}

const checked = z.object({
  verified: z.boolean(),
  signedBy: z.string().optional(),
  error: z.object({ code: z.string() }).optional(),
});

function checkedFrom(out: string): CheckedReceipt {
  const { verified, error, signedBy } = checked.parse(JSON.parse(out));
  return { verified, code: error?.code ?? 'ok', signedBy };
}

/**
 * `fineline verify` of a receipt, with more words; answers what it told. In this process: tests check dozens,
 * and each start of a process takes half a second.
 */
export async function checkedBy(receipt: string, ...words: readonly string[]): Promise<CheckedReceipt> {
  const file = join(newFolder(), 'receipt');
  writeFileSync(file, receipt);
  const io = heardIo();
  const code = await runCli(['verify', file, '--json', ...words], io);
  const answer = checkedFrom(io.heard.out);
  expect([code, io.heard.err]).toEqual([answer.verified ? 0 : 1, '']);
  return answer;
}

/** The same by the command in a process of its own, as somebody does who has nothing but the receipt. */
export async function checkedApart(receipt: string, ...words: readonly string[]): Promise<CheckedReceipt> {
  const { code, out, err } = await cli(['verify', '-', '--json', ...words], { input: receipt });
  const answer = checkedFrom(out);
  expect([code, err]).toEqual([answer.verified ? 0 : 1, '']);
  return answer;
}
