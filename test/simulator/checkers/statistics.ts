// I10: the statistics that grew and shrank over the month are, bit for bit, those of a machine that only ever
// met who is still there. Looked at before and after the last start of a run.

import type { Checker } from '../checker.ts';

export function statistics(): Checker & { note(bytes: Uint8Array): void } {
  let before: string | undefined;
  return {
    name: 'statistics',
    invariants: 'I10',
    note: (bytes) => {
      before = Buffer.from(bytes).toString();
    },
    ended: async (_, { machine }) => {
      const after = Buffer.from(await machine.learner().canonical()).toString();
      return before === undefined || before === after
        ? undefined
        : `counted over time: ${around(before, after)}; counted anew: ${around(after, before)}`;
    },
  };
}

/** Where the two begin to differ. */
function around(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at += 1;
  return text.slice(Math.max(0, at - 40), at + 60);
}
