// What rounds have found so far, on disk after each of them: as JSON, from which another run goes on, and as
// a page for people.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { COUNTED, WRONGS } from './book.ts';
import { type Judged, pageOf } from './page.ts';
import { type Totals, totalsOf } from './report.ts';
import type { RoundReport } from './round.ts';

export interface RecordOptions {
  readonly json: string | undefined;
  readonly page: string | undefined;
  /** Begins with what the JSON holds. */
  readonly resume: boolean;
  readonly net: string;
  readonly stream: boolean;
  /** Of the code; absent: as git says. */
  readonly revision?: string;
}

export interface RoundRecord {
  add(report: RoundReport): void;
  /** What there is, also when nothing was added. */
  write(): void;
  totals(): Totals;
}

export function openRecord(options: RecordOptions): RoundRecord {
  const { json, page, resume, net, stream, revision = revisionOf() } = options;
  const isThere = resume && json !== undefined && existsSync(json);
  const rounds: Judged[] = isThere
    ? (JSON.parse(readFileSync(json, 'utf8')) as { rounds: Judged[] }).rounds
    : [];
  const totals = (): Totals => totalsOf(rounds, { counted: COUNTED, wrongs: WRONGS });
  const write = (): void => {
    if (json !== undefined) writeFileSync(json, `${JSON.stringify({ totals: totals(), rounds })}\n`);
    if (page !== undefined) writeFileSync(page, pageOf(rounds, totals()));
  };
  return {
    totals,
    write,
    add: (report) => {
      const before = rounds.findIndex(({ seed, round }) => seed === report.seed && round === report.round);
      rounds.splice(before < 0 ? rounds.length : before, before < 0 ? 0 : 1, {
        ...report,
        revision,
        net,
        stream,
      });
      write();
    },
  };
}

/** Of the code that ran; `+` where it was changed since. */
function revisionOf(): string {
  const git = (...words: string[]): string =>
    spawnSync('git', words, { encoding: 'utf8', cwd: import.meta.dirname }).stdout.trim();
  const isChanged = git('status', '--porcelain', '--untracked-files=no', '../../src', '../../test') !== '';
  return `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${isChanged ? '+' : ''}`;
}
