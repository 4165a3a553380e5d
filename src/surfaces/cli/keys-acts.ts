// New API keys in the place of old ones. In three steps, so that a crash between them locks nobody out: the
// server may know a key that nobody has, but the old key ends only when its successor is written down.

import { Fault } from '../../kernel/fault.ts';
import { HOUR_MS } from '../../kernel/time.ts';
import type { KeyRole, PlainKeys } from '../http/keys.ts';
import { newKeys, ownerKeys, readApiKeys, writeOwnerKeys } from './home/api-keys.ts';
import { type KeptKey, type KeptKeys, readKeyFile, writeKeyFile } from './home/key-file.ts';
import { liveServer, readServerFile } from './home/server-file.ts';
import { keysVersion } from './home/watch-keys.ts';

interface KeyPaths {
  readonly home: string;
  readonly keys: string;
}

/** Ended keys are listed for so long, for whoever asks what an old key was. */
const ENDED_KEPT_MS = 366 * 24 * HOUR_MS;
/** A server looks once a second. */
const TAKEN_MS_MAX = 10_000;
const LOOK_MS = 100;

/** A new key for each of these roles; those of before end after `keepHours`, or when they would have. */
export function rotateKeys(
  paths: KeyPaths,
  { roles, keepHours }: { readonly roles: readonly KeyRole[]; readonly keepHours: number },
): void {
  const nowMs = Date.now();
  const before = kept(paths);
  const { plain, hashed } = newKeys();
  const made = (role: KeyRole): readonly KeptKey[] => hashed[role].map((hash) => ({ hash, madeMs: nowMs }));
  const untilMs = nowMs + keepHours * HOUR_MS;
  writeKeyFile(
    paths,
    change(before, roles, (role, list) => [...list, ...made(role)]),
  );
  const owned: Partial<PlainKeys> = Object.fromEntries(roles.map((role) => [role, plain[role]]));
  writeOwnerKeys(paths.home, { ...ownerKeys(paths.home), ...owned });
  const ending = (list: readonly KeptKey[]): readonly KeptKey[] =>
    list
      .map((one) => ({ ...one, untilMs: Math.min(one.untilMs ?? untilMs, untilMs) }))
      .filter((one) => one.untilMs > nowMs - ENDED_KEPT_MS);
  writeKeyFile(
    paths,
    change(before, roles, (role, list) => [...ending(list), ...made(role)]),
  );
  const mine = new Set(roles.flatMap((role) => hashed[role]));
  const there = roles.flatMap((role) => kept(paths)[role]).filter(({ hash }) => mine.has(hash));
  if (there.length === mine.size) return;
  const message = 'Somebody else changed the keys at the same moment: run it again.';
  throw new Fault('conflict', message, { retry: 'now' });
}

/** Ends all keys of these roles but the newest; answers how many. */
export function endKeys(paths: KeyPaths, roles: readonly KeyRole[]): number {
  const nowMs = Date.now();
  let ended = 0;
  const end = (one: KeptKey): KeptKey => {
    if (one.untilMs !== undefined && one.untilMs <= nowMs) return one;
    ended += 1;
    return { ...one, untilMs: nowMs };
  };
  const next = change(kept(paths), roles, (_, list) => [...list.slice(0, -1).map(end), ...list.slice(-1)]);
  writeKeyFile(paths, next);
  return ended;
}

/** Waits until a running server has taken its keys up; its address, or `undefined` when none runs. */
export async function takenUp(paths: KeyPaths): Promise<string | undefined> {
  const server = await liveServer(paths.home);
  if (server === undefined) return undefined;
  for (let waitedMs = 0; waitedMs < TAKEN_MS_MAX; waitedMs += LOOK_MS) {
    const hashed = readApiKeys(paths);
    if (hashed !== undefined && readServerFile(paths.home)?.keys === keysVersion(hashed))
      return server.address;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const message = `The server at ${server.address} did not take the keys up; its log says why.`;
  throw new Fault('no-answer', message, { retry: 'later' });
}

function kept(paths: KeyPaths): KeptKeys {
  const there = readKeyFile(paths);
  if (there !== undefined) return there;
  throw new Fault('not-found', 'There are no keys yet: the first start makes them.', { retry: 'never' });
}

function change(
  all: KeptKeys,
  roles: readonly KeyRole[],
  to: (role: KeyRole, list: readonly KeptKey[]) => readonly KeptKey[],
): KeptKeys {
  return { ...all, ...Object.fromEntries(roles.map((role) => [role, to(role, all[role])])) };
}
