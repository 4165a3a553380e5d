// I8: one log: never two roots for one size, and every tree begins with the one before.

import { base64 } from '../../../src/kernel/bytes.ts';
import { parseCheckpointText } from '../../../src/prove/checkpoint.ts';
import { verifyConsistency } from '../../../src/prove/merkle-proof.ts';
import type { Checker, Scene, Verdict } from '../checker.ts';

export function oneLog(): Checker {
  let last: { readonly size: number; readonly root: Uint8Array } | undefined;
  async function maintained({ machine }: Scene): Promise<Verdict> {
    const note = await machine.shownLog().checkpoint();
    if (note === undefined) return 'maintained, and there is no checkpoint';
    const parsed = parseCheckpointText(note.slice(0, note.indexOf('\n\n') + 1));
    if (!parsed.ok) return `a checkpoint cannot be read: ${note}`;
    const now = parsed.value;
    const before = last;
    last = now;
    if (before === undefined) return undefined;
    if (before.size > now.size) return `the log shrank from ${before.size} to ${now.size}`;
    if (before.size === now.size) {
      return base64(before.root) === base64(now.root) ? undefined : `two roots for size ${now.size}`;
    }
    const path = await machine.shownLog().consistency(before.size, now.size);
    const holds = verifyConsistency({
      from: before.size,
      fromRoot: before.root,
      to: now.size,
      toRoot: now.root,
      path,
    });
    return holds ? undefined : `the log of ${now.size} does not begin with that of ${before.size}`;
  }
  return { name: 'one-log', invariants: 'I8', maintained };
}
