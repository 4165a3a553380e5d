// Owns: that nothing is signed but what contains all that was signed before. The tree may come from a backup,
// from a standby that was behind, or from a second server that believes it is the first; the guard is on
// another server, in no backup, and moves by compare-and-set only, each time to a tree that was found to
// contain the one before. So all that was ever signed is one chain, whatever became of the data.

import { equalBytes } from '../../../kernel/bytes.ts';
import { type LogTrust, verifyCheckpoint } from '../../../prove/checkpoint.ts';
import { emptyRoot, type Hash } from '../../../prove/merkle.ts';
import { logDamaged, logFault } from './faults.ts';
import { rootAt } from './hashes.ts';

import type { Head, LogTables, Remembered } from './tables.ts';

/**
 * The head, once it is found sound in itself and to contain all that was signed or witnessed. What is
 * remembered is read first: the tree only grows, so a head that was read later must contain it.
 */
export async function followingHead(tables: LogTables, trust: LogTrust): Promise<Head> {
  const { head, guards } = await headAfterGuards(tables);
  assertOurs(guards, head);
  await assertSound(tables, head, guards);
  await assertPublished(tables, head, trust);
  return head;
}

/** For a log at rest, moved away or not: sound as it lies. Answers what was signed last. */
export async function headSound(
  tables: LogTables,
  head: Head,
  trust: LogTrust,
): Promise<Remembered | undefined> {
  const guards = await tables.guards();
  const signed = guards.find(({ kind }) => kind === 'signed');
  if (signed === undefined && head.size > 0) throw missing();
  await assertSound(tables, head, guards);
  await assertPublished(tables, head, trust);
  return signed;
}

async function assertSound(tables: LogTables, head: Head, guards: readonly Remembered[]): Promise<void> {
  if (!equalBytes(await rootAt(tables, head.size), head.root)) {
    throw logDamaged(`the tiles of the log do not give its root at size ${head.size}`);
  }
  for (const guard of guards) await assertContains(tables, head, guard);
}

async function assertPublished(tables: LogTables, head: Head, trust: LogTrust): Promise<void> {
  const { published } = head;
  if (published === undefined) return;
  const checkpoint = verifyCheckpoint(published.note, trust);
  if (!checkpoint.ok || checkpoint.value.size !== published.size) {
    throw logDamaged('the published checkpoint of the log is not one that this log signed');
  }
  await assertContains(tables, head, { ...checkpoint.value, kind: 'signed' });
}

/**
 * The head as the database has it now, remembered as one that is about to be signed, durably and before the
 * `again`: another was faster, look again.
 */
export async function guardHead(tables: LogTables, token: number): Promise<Head | 'fenced' | 'again'> {
  const { head, guards } = await headAfterGuards(tables);
  assertOurs(guards, head);
  if (head.token !== token) return 'fenced';
  for (const guard of guards) await assertContains(tables, head, guard);
  const signed = guards.find(({ kind }) => kind === 'signed');
  if (signed === undefined) throw missing();
  if (signed.size === head.size) return head;
  return (await tables.moveGuard(signed, head)) ? head : 'again';
}

/** The guard of a log that begins; that of any other must be there. */
export async function beginGuard(tables: LogTables, head: Head): Promise<void> {
  if (head.size === 0 && head.published === undefined) await tables.beginGuard(head.origin, emptyRoot());
}

async function headAfterGuards(
  tables: LogTables,
): Promise<{ readonly head: Head; readonly guards: readonly Remembered[] }> {
  const guards = await tables.guards();
  const head = await tables.head();
  if (head === undefined) throw logDamaged('the head of the log is missing');
  return { head, guards };
}

function assertOurs(guards: readonly Remembered[], head: Head): void {
  if (!guards.some(({ kind }) => kind === 'signed')) throw missing();
  if (guards.some(({ moved }) => moved)) {
    const message = 'the log was moved away from here and went on there; signing here would fork it';
    throw logFault('log-moved', `${message}. Use the place it was moved to, or move it back`);
  }
  const other = guards.find(({ origin }) => origin !== head.origin);
  if (other === undefined) return;
  const message = `the database of the keys belongs to log ${other.origin}, the data to ${head.origin}`;
  throw logFault('log-other-origin', `${message}: give the pair that belongs together`);
}

async function assertContains(
  tables: LogTables,
  head: Head,
  { size, root, kind }: Pick<Remembered, 'size' | 'kind'> & { readonly root: Hash },
): Promise<void> {
  if (size <= head.size && equalBytes(await rootAt(tables, size), root)) return;
  throw logFault(
    'log-rolled-back',
    `a tree of ${size} leaves was ${kind}; this database (${head.size} leaves) lacks it. Put back a newer ` +
      'copy of the data, or let the standby that has it take over; signing on from here would fork the log',
  );
}

function missing(): Error {
  return logFault(
    'log-guard-missing',
    'the database of the keys does not say what the log signed last: give the one that belongs to these data',
  );
}
