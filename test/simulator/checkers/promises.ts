// I8: a promise is kept by its time: the first maintenance that goes through after it is due finds the word
// in the log. A backup that was put back may have lost what was promised after it was made.

import { concatBytes, fromBase64, hex } from '../../../src/kernel/bytes.ts';
import type { PromiseReceipt } from '../../../src/facts/receipt.ts';
import type { Checker, Scene, Verdict } from '../checker.ts';

interface Promised {
  readonly leaf: Uint8Array;
  readonly dueMs: number;
  readonly trueMs: number;
  readonly who: string;
}

export function promises(): Checker {
  let open: Promised[] = [];
  async function maintained({ machine }: Scene): Promise<Verdict> {
    const nowMs = machine.clockMs();
    const due = open.filter(({ dueMs }) => dueMs < nowMs);
    open = open.filter(({ dueMs }) => dueMs >= nowMs);
    for (const { leaf, who } of due) {
      if ((await machine.shownLog().inclusion(leaf)) === undefined)
        return `${who}: ${hex(leaf)} is not in the log`;
    }
    return undefined;
  }
  return {
    name: 'promises',
    invariants: 'I8',
    maintained,
    said: (life, _, receipt, { machine }) => {
      if (receipt !== undefined) open.push(promisedBy(receipt, life.id, machine.timeline.nowMs()));
      return undefined;
    },
    restored: (backupMs) => {
      open = open.filter(({ trueMs }) => trueMs < backupMs);
    },
  };
}

/** The fifth line of the note says when it is due (src/prove/promise.ts). */
function promisedBy({ commitment, note }: PromiseReceipt, who: string, trueMs: number): Promised {
  const leaf = concatBytes(Uint8Array.of(1, 1), fromBase64(commitment) ?? new Uint8Array(0));
  return { leaf, dueMs: Number(note.split('\n')[4]), trueMs, who };
}
