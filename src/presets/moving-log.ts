// A log moves from one place to another, leaf by leaf, and is found to be the same tree before it goes on
// there.
//
//     neither signs ─▶ copy leaves in their places ─▶ the same root? ─▶ what waits ─▶ the target goes on
//
// The place it left signs nothing more, or there would be two logs of one name. A move that was stopped goes
// on where it was; until it is done neither place opens.

import { equalBytes } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';
import type { MovableLog } from '../engine/ports.ts';

const PAGE = 4096;

export interface MovedLog {
  /** Leaves in the tree, dummies too. */
  readonly size: number;
  readonly waiting: number;
}

/** Faults: `not-empty` when `to` is no beginning of `from`; what either log can do. */
export async function moveLog(from: MovableLog, to: MovableLog): Promise<MovedLog> {
  if (from.vkey !== to.vkey) {
    const message = `${from.vkey} cannot go on as ${to.vkey}: use the same key and name in both places`;
    throw new Fault('log-other-key', message, { retry: 'never' });
  }
  const source = await from.state();
  const target = await to.state();
  const isSame = await isSameUpTo(from, to, Math.min(source.size, target.size));
  if (source.moved && !target.moved) {
    // It was moved there, and may have grown since.
    if (isSame && target.size >= source.size) return { size: target.size, waiting: 0 };
    const message = 'the log was moved away from here and went on there; a second copy would fork it';
    throw new Fault('log-moved', `${message}: move it from where it is now`, { retry: 'never' });
  }
  if (!isSame || target.size > source.size) throw notEmpty(target.size, source.size);
  // Both, the target first: whatever stops this, no two places sign.
  await to.retire();
  await from.retire();
  for (let at = target.size; at < source.size; at += PAGE)
    await to.append(at, await from.entries(at, Math.min(at + PAGE, source.size)));
  const { size, root } = await to.state();
  if (size !== source.size || !equalBytes(root, source.root)) {
    throw new Fault('differs', `the copy has ${size} leaves and another root: run it again`, {
      retry: 'now',
    });
  }
  const waiting = await from.waiting();
  if (waiting.length > 0) await to.wait(waiting);
  await to.adopt(source);
  return { size, waiting: waiting.length };
}

/** Leaf by leaf: a target that was the log once, and was moved away, may lie there. */
async function isSameUpTo(from: MovableLog, to: MovableLog, size: number): Promise<boolean> {
  for (let at = 0; at < size; at += PAGE) {
    const end = Math.min(at + PAGE, size);
    const [ours, theirs] = [await from.entries(at, end), await to.entries(at, end)];
    if (!theirs.every((leaf, n) => equalBytes(leaf, ours[n] ?? new Uint8Array(0)))) return false;
  }
  return true;
}

function notEmpty(size: number, sourceSize: number): Fault {
  const message = `the log to move to has ${size} leaves, no beginning of the ${sourceSize} to be moved`;
  return new Fault('not-empty', `${message}: look whether you move the right way`, { retry: 'never' });
}
