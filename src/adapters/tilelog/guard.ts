// The log's memory of what it signed last, kept where backups do not reach (beside the keys). A log restored
// from a backup looks sound in itself; only this file can tell that people already hold receipts for a longer
// tree, and that signing on from here would fork it.

import { join } from 'node:path';
import { base64, equalBytes, fromBase64, utf8, utf8Text } from '../../kernel/bytes.ts';
import { canonicalJson, parseJson } from '../../kernel/canonical.ts';
import type { Checkpoint } from '../../prove/checkpoint.ts';
import { type Hash, HASH_BYTES, isTreeSize } from '../../prove/merkle.ts';
import { tileLogFault } from './faults.ts';
import { readIfThere, writeDurable } from './files.ts';

function guardPath(keyDir: string): string {
  return join(keyDir, 'head.json');
}

/** What was signed last, and whether the log went on elsewhere since. */
export interface Guard extends Checkpoint {
  readonly moved: boolean;
}

/** What was signed last; `undefined` for a folder that never saw a log. */
export function readGuard(keyDir: string): Guard | undefined {
  const bytes = readIfThere(guardPath(keyDir));
  if (bytes === undefined) return undefined;
  const json = parseJson(utf8Text(bytes));
  const head = json.ok ? parseGuard(json.value) : undefined;
  if (head !== undefined) return head;
  throw tileLogFault(
    'log-guard-damaged',
    `${guardPath(keyDir)} cannot be read, and it says what the log signed last: put it back with the keys`,
  );
}

function parseGuard(json: unknown): Guard | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  if (!('v' in json && 'origin' in json && 'size' in json && 'root' in json) || json.v !== 1)
    return undefined;
  const { origin, size, root: text } = json;
  const root = typeof text === 'string' ? fromBase64(text) : undefined;
  if (typeof origin !== 'string' || typeof size !== 'number' || !isTreeSize(size)) return undefined;
  return root?.length === HASH_BYTES ? { origin, size, root, moved: 'moved' in json } : undefined;
}

/** Signs nothing more in this folder: the log went on elsewhere. Durable on return. */
export function retireGuard(keyDir: string, { origin, size, root }: Checkpoint): void {
  const text = canonicalJson({ v: 1, origin, size, root: base64(root), moved: true });
  writeDurable(guardPath(keyDir), utf8(`${text}\n`), () => {});
}

/** Remembers a head that is about to be signed. Durable on return, before the signature exists. */
export function writeGuard(keyDir: string, head: Checkpoint, onStep: (step: 'temp-written') => void): void {
  const { origin, size, root } = head;
  writeDurable(
    guardPath(keyDir),
    utf8(`${canonicalJson({ v: 1, origin, size, root: base64(root) })}\n`),
    onStep,
  );
}

/** Refuses to sign where the log was moved away. */
export function assertHere(guard: Guard, keyDir: string): void {
  if (!guard.moved) return;
  throw tileLogFault(
    'log-moved',
    `${guardPath(keyDir)} says that the log was moved away and went on there; signing here would fork it. ` +
      'Use the place it was moved to, or move it back',
  );
}

/**
 * Refuses a tree that does not contain `signed`. `rootAt` gives the root that the tree had at a smaller size.
 */
export function assertFollows(
  signed: Checkpoint,
  tree: { readonly origin: string; readonly size: number; readonly rootAt: (size: number) => Hash },
): void {
  if (signed.origin !== tree.origin) {
    throw tileLogFault(
      'log-other-origin',
      `the key folder belongs to log ${signed.origin}, not to ${tree.origin}`,
    );
  }
  if (signed.size <= tree.size && equalBytes(tree.rootAt(signed.size), signed.root)) return;
  throw tileLogFault(
    'log-rolled-back',
    `the log signed a tree of ${signed.size} leaves; this database (${tree.size} leaves) lacks it. ` +
      'Put back a newer copy of the log folder; signing on from here would fork the log',
  );
}
