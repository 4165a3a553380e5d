// What tests of master keys ask of the command line, and people who ask for decisions all the while.

import { expect } from 'vitest';
import { z } from 'zod';
import type { EmbeddedStore } from '../../src/adapters/sqlite/store.ts';
import type { Wrapping } from '../../src/adapters/sqlite/wrapping.ts';
import type { KeyPair, PersonKey } from '../../src/engine/ports.ts';
import { runCli } from '../../src/surfaces/cli/cli.ts';
import { heardIo } from '../../src/surfaces/cli/testing.ts';
import { fineline, type Running } from './e2e-running.ts';

const told = z.object({
  masters: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['announced', 'used', 'old', 'ended']),
      wraps: z.int().optional(),
    }),
  ),
  rows: z.int(),
  unreadable: z.int(),
  running: z.array(z.int()),
});
const rotated = z.object({ used: z.string(), left: z.int(), old: z.array(z.string()) });
const made = z.object({ made: z.string(), file: z.string() });
const ended = z.object({ ended: z.string(), file: z.string().optional() });

async function said(home: string, ...words: readonly string[]): Promise<unknown> {
  const { code, out, err } = await fineline('keys', ...words, '--json', '--home', home);
  expect([code, err]).toEqual([0, expect.not.stringContaining('Fault')]);
  return JSON.parse(out);
}

export async function listed(
  home: string,
): Promise<z.infer<typeof told> & { readonly wraps: (id: string) => number | undefined }> {
  // In this process: it is asked often, and changes nothing.
  const io = heardIo();
  const code = await runCli(['keys', 'list', 'master', '--json', '--home', home], io);
  expect([code, io.heard.err]).toEqual([0, expect.not.stringContaining('Fault')]);
  const all = told.parse(JSON.parse(io.heard.out));
  return { ...all, wraps: (id) => all.masters.find((one) => one.id === id)?.wraps };
}

export const acts = (home: string) => ({
  rotate: async () => rotated.parse(await said(home, 'rotate', 'master')),
  make: async () => made.parse(await said(home, 'rotate', 'master')),
  use: async (id: string) => rotated.parse(await said(home, 'use', 'master', id)),
  end: async (id: string) => ended.parse(await said(home, 'end', 'master', id)),
});

/** Decisions for known people and events of new ones, one after the other, until it is stopped. */
export function loadOn(
  server: Running,
  people: readonly string[],
  name = 'one',
): { stop(): Promise<{ readonly asked: number; readonly failed: readonly string[] }> } {
  const over = new AbortController();
  const isOver = (): boolean => over.signal.aborted;
  const failed: string[] = [];
  let asked = 0;
  const note = (status: number, text: string): void => {
    asked += 1;
    if (status >= 300) failed.push(`${status} ${text}`);
  };
  const work = async (): Promise<void> => {
    for (let n = 0; !isOver(); n += 1) {
      const person = people[n % people.length] ?? '';
      const body = { person, placement: 'steady' };
      const decided = await server.http('POST', '/v1/decide', { key: server.keys.decide, body });
      note(decided.status, decided.text);
      const lines = [{ item: 'coat-1', quantity: 1 }];
      const event = {
        kind: 'purchase',
        source: 'till',
        id: `${name}-${n}`,
        person: `new-${name}-${n}`,
        lines,
      };
      const sent = await server.http('POST', '/v1/events', { key: server.keys.collect, body: [event] });
      note(sent.status, sent.text);
    }
  };
  const working = work();
  return {
    stop: async () => {
      over.abort();
      await working;
      return { asked, failed };
    },
  };
}

interface WrappedBack {
  readonly old: Wrapping;
  /** Of the key that is in use. */
  readonly used: string;
  readonly person: PersonKey;
  readonly keys: KeyPair;
}

/** Leaves one row that opens under an old key alone, as a writer would that did not know better; closes. */
export async function wrapBack(
  store: EmbeddedStore,
  { old, used, person, keys }: WrappedBack,
): Promise<void> {
  const row = (await store.masters.page('', 9)).find((one) => one.person === person)!;
  const wrapped = old.wrap(Buffer.from(row.person, 'hex'), row.state, keys);
  const late = { person: row.person, expected: row.wrapped, wrapped };
  await store.masters.rewrap([late], { id: used, cursor: 'whole' });
  await store.close();
}
