// What an import did, in words: what went in, what did not and why. Silence about lost rows would be the
// worst outcome.

import type { Tally } from '../import/tally.ts';
import type { Io } from '../io.ts';
import { count, counted, duration, wrap } from '../layout.ts';

const REASONS: Readonly<Record<string, string>> = {
  'no-grant': 'nothing allows keeping it (nobody agreed)',
  minor: 'the person is too young to agree alone',
  suppressed: 'the person was erased and stays out',
  'source-unregistered': 'its source is not registered',
  'notice-unknown': 'the notice that people were shown is not registered',
  'notice-outdated': 'the notice is shown in another version now',
  'notice-not-in-language': 'the notice has no text in that language',
  'notice-unreadable': 'the notice is too long or too hard to read',
  'notice-does-not-ask': 'the notice does not ask for that',
  'event-too-old': 'older than twenty years',
  'event-in-future': 'lies in the future',
  expired: 'older than it may be kept (--shift-to-now moves research data)',
  'not-in-policy': 'the shop’s policy uses it for nothing',
  'data-unreadable': 'the person’s journal cannot be opened',
};
const BAD_SHOWN_MAX = 5;
const DROPPED_SHOWN_MAX = 4;

export function importText(tally: Tally, elapsedMs: number, io: Pick<Io, 'width' | 'style'>): string {
  const { width, style } = io;
  const speed = elapsedMs > 0 ? `, ${count(tally.lines / (elapsedMs / 1000))} lines/s` : '';
  const head =
    `${style.green('✓')} ${counted(tally.lines, 'line')} in ${duration(elapsedMs)}${speed}: ` +
    `${counted(tally.admitted, 'event')} kept`;
  const known = tally.repeated === 0 ? '' : `, ${count(tally.repeated)} known already`;
  const lines = [wrap(`${head}${known}.`, { width, indent: '  ', first: '' })];
  const note = (text: string): void => void lines.push(wrap(text, { width, indent: '    ', first: '  · ' }));
  if (tally.items > 0) {
    const sensitive =
      tally.sensitiveItems === 0 ? '' : `, ${count(tally.sensitiveItems)} of a sensitive class`;
    note(`${counted(tally.items, 'thing')} in the catalogue${sensitive}`);
  }
  if (tally.unmappedItems > 0)
    note(
      `${counted(tally.unmappedItems, 'thing')} that nobody can tell a class of: “fineline catalogue review”`,
    );
  if (tally.passedOver > 0)
    note(`${counted(tally.passedOver, 'entry', 'entries')} passed over: the run before had taken them in`);
  if (tally.consents > 0) note(`${counted(tally.consents, 'consent record')} written`);
  if (tally.ownAnswers > 0)
    note(`${counted(tally.ownAnswers, 'person', 'people')} had answered before: their answer stands`);
  if (tally.anonymous > 0)
    note(`${counted(tally.anonymous, 'line')} name no customer: they go into nobody’s profile`);
  if (tally.leftOut > 0) note(`${counted(tally.leftOut, 'line')} left out: postage, fees, or nothing for us`);
  for (const [reason, times] of Object.entries(tally.refused)) {
    note(`${counted(times, 'event')} refused: ${REASONS[reason] ?? reason}`);
  }
  const dropped = Object.entries(tally.dropped).toSorted((a, b) => b[1] - a[1]);
  if (dropped.length > 0) {
    const names = dropped.slice(0, DROPPED_SHOWN_MAX).map(([path]) => path);
    const more = dropped.length > names.length ? ', …' : '';
    note(`fields we have no use for were dropped, never stored: ${names.join(', ')}${more}`);
  }
  if (tally.badTotal > 0)
    note(
      `${counted(tally.badTotal, 'line')} could not be read and ` +
        `${tally.badTotal === 1 ? 'was' : 'were'} left out:`,
    );
  for (const { line, problem } of tally.bad.slice(0, BAD_SHOWN_MAX)) {
    lines.push(wrap(`${line > 0 ? `line ${count(line)}: ` : ''}${problem}`, { width, indent: '      ' }));
  }
  if (tally.badTotal > BAD_SHOWN_MAX) lines.push(`      and ${count(tally.badTotal - BAD_SHOWN_MAX)} more\n`);
  return lines.join('');
}
