// What waits in the event stream, and dead letters, in words.

import type { DeadLetter, Lag } from '../../../engine/ports.ts';
import type { Io } from '../io.ts';
import { counted, duration, wrap } from '../layout.ts';

export function deadText(
  letters: readonly DeadLetter[],
  { width, style }: Pick<Io, 'width' | 'style'>,
  limit: number,
): string {
  if (letters.length === 0) return 'No event was put aside.\n';
  const rows = letters.map(({ seq, reason, tries, sinceMs, shard, bytes }) => {
    const when = new Date(sinceMs).toISOString().slice(0, 19);
    const size = counted(bytes, 'byte');
    const facts = `since ${when}Z, ${counted(tries, 'try', 'tries')}, shard ${shard}, ${size}`;
    return [
      wrap(`${style.bold(String(seq))}  ${reason}`, { width, indent: '      ', first: '  ' }),
      wrap(facts, { width, indent: '      ' }),
    ].join('');
  });
  const more =
    letters.length < limit ? '' : wrap(`More with --after ${letters.at(-1)?.seq ?? 0}.`, { width });
  return rows.join('') + more;
}

export function lagText({ waiting, oldestMs, dead }: Lag): string {
  const since = waiting === 0 ? '' : `, the oldest for ${duration(oldestMs)}`;
  return `${counted(waiting, 'event')} waiting${since}; ${counted(dead, 'dead letter')}\n`;
}
