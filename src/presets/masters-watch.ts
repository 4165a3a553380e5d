// What a running process does about master keys: it looks once a second at what the key store says of them,
// says which it holds and which it seals with, and wraps anew what an older one wrapped, a page at a time.
//
//     somebody announces a key ─▶ each node finds it at home, and says so ─▶ it is used ─▶ rows follow

import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../kernel/fault.ts';
import type { KeyRing, MasterRow, MasterTable, Rewrapped, WrappedRow } from '../engine/ports.ts';
import { lookEachSecond } from './looking.ts';

const PAGE = 250;
/** Between two pages, so that whoever waits for an answer is not held up. */
const REST_MS = 5;

export interface WatchedMasters {
  readonly table: MasterTable;
  readonly ring: KeyRing;
  readonly node: number;
  /** Whether this process is the one to wrap anew: several at once would do the same work. */
  readonly mayRewrap: () => Promise<boolean>;
  /** Numbers of all nodes that run now. */
  readonly running: () => Promise<readonly number[]>;
  readonly failed: (what: string, error: unknown) => void;
}

/** The first look is over when this resolves; the answer stops it, and waits for what is under way. */
export async function watchMasters(watched: WatchedMasters): Promise<() => Promise<void>> {
  const { table, ring, failed } = watched;
  const stopping = new AbortController();
  let told = '';
  let rewrapping: Promise<void> | undefined;

  const look = async (): Promise<void> => {
    const rows = await table.rows();
    const missing = ring.follow(rows);
    if (missing.length > 0 && told !== missing.join()) failed('master-key', missingKeys(missing));
    told = missing.join();
    await say(watched);
    const used = rows.find(({ state }) => state === 'used');
    if (used === undefined || used.cursor === 'whole' || used.id !== ring.uses) return;
    if (rewrapping !== undefined || !(await watched.mayRewrap())) return;
    if (!(await allUse(watched, used.id))) return;
    rewrapping = rewrapAll({ table, ring, signal: stopping.signal })
      .catch((error: unknown) => failed('rewrap', error))
      .finally(() => {
        rewrapping = undefined;
      });
  };
  const stop = await lookEachSecond(look, (error) => failed('master-key', error));
  return async () => {
    stopping.abort();
    await stop();
    await rewrapping;
  };
}

/** A node that still sealed with the old key would put rows behind the cursor (seen: 2 of 60 new people). */
async function allUse({ table, running }: WatchedMasters, id: string): Promise<boolean> {
  const nodes = await table.nodes();
  return (await running()).every((number) => nodes.some(({ node, uses }) => node === number && uses === id));
}

/**
 * Written only when it differs, or was forgotten because somebody announced a key. Not while a row that the
 * key of before wrapped is on its way: it could arrive when that key has ended, and open for nobody.
 */
async function say({ table, ring, node }: WatchedMasters): Promise<void> {
  if (!ring.isSettled) return;
  const said = (await table.nodes()).find((one) => one.node === node);
  const [holds, uses] = [ring.holds, ring.uses];
  if (said?.uses === uses && said.holds.join() === holds.join()) return;
  await table.say({ node, holds, uses });
}

function missingKeys(missing: readonly string[]): Fault {
  const files = missing.map((id) => `master-${id}.key`).join(', ');
  const message = `this node lacks a master key that is announced or in use: copy ${files} into HOME/keys`;
  return new Fault('no-master-key', message, { retry: 'later' });
}

export interface Rewrapping {
  readonly table: MasterTable;
  readonly ring: KeyRing;
  readonly signal?: AbortSignal;
  /** Hears how many rows were looked at since it began. */
  readonly progress?: (rows: number) => void;
}

/**
 * Wraps with the key in use what others wrapped, from where the last one stopped. Whoever is erased meanwhile
 * stays erased: a row that changed since it was read is left as it is, and its new bytes are by the key in
 * use. Nothing of a person is opened but the pair of their keys.
 */
export async function rewrapAll({ table, ring, signal, progress }: Rewrapping): Promise<void> {
  const isStopped = (): boolean => signal?.aborted === true;
  for (let looked = 0; !isStopped();) {
    const used = usedOf(await table.rows());
    if (used.cursor === 'whole' || used.id !== ring.uses) return;
    const page = await table.page(used.cursor, PAGE);
    const last = page.at(-1);
    const cursor = page.length < PAGE || last === undefined ? 'whole' : last.person;
    await table.rewrap(rewrapped(ring, page), { id: used.id, cursor });
    looked += page.length;
    progress?.(looked);
    await pause(REST_MS);
  }
}

function rewrapped(ring: KeyRing, page: readonly WrappedRow[]): readonly Rewrapped[] {
  return page.flatMap(({ person, state, wrapped }) => {
    const by = ring.wrapperOf({ person, state, wrapped });
    // What no key opens is not mended by another one; `keys list master` counts it.
    if (by === undefined || by === ring.uses) return [];
    const bytes = Buffer.from(person, 'hex');
    const keys = ring.unwrap(bytes, state, wrapped);
    if (keys === undefined) return [];
    const anew = ring.wrap(bytes, state, keys);
    keys.profile.fill(0);
    keys.evidence.fill(0);
    return [{ person, expected: wrapped, wrapped: anew }];
  });
}

export function usedOf(rows: readonly MasterRow[]): MasterRow {
  const used = rows.find(({ state }) => state === 'used');
  if (used !== undefined) return used;
  const message = 'no master key is in use: a Fineline has to open this home first';
  throw new Fault('not-found', message, { retry: 'never' });
}
