// Deliberate breaks: one line of the code of all nodes is another, and the harness has to see it. Each stands
// for a promise that a round checks.

import type { Wrong } from './book.ts';

export interface Break {
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file exactly once, within one line. */
  readonly old: string;
  readonly now: string;
  /** What a round has to find; any of them. */
  readonly caughtAs: readonly Wrong[];
}

export const BREAKS: Readonly<Record<string, Break>> = {
  /** Events are acknowledged before anybody knows that they were written. */
  'acknowledged-unwritten': {
    file: 'src/engine/collecting.ts',
    old: 'const lost = await lostOf(core, waits);',
    now: 'const lost = new Map<PersonId, unknown>(); void lostOf(core, waits).catch(() => undefined);',
    caughtAs: ['lost', 'statistics'],
  },
  /** A number of a journal that another node has taken is taken for one's own: nothing is compared. */
  'numbers-not-compared': {
    file: 'src/adapters/postgres/person-append.ts',
    old: 'if (isTaken(error)) return conflict();',
    now: 'if (isTaken(error)) return undefined;',
    caughtAs: ['lost', 'caps', 'against'],
  },
  /** Lists of a placement are not counted, so that its cap is never reached. */
  'cap-not-counted': {
    file: 'src/engine/deciding.ts',
    old: 'shown: shownBefore(shown),',
    now: 'shown: 0,',
    caughtAs: ['caps'],
  },
  /** A no is kept, counted and witnessed, and taken for a yes: what it takes back is used, and stays. */
  'no-taken-for-yes': {
    file: 'src/consent/chain.ts',
    old: 'const said = { state, sinceMs, expiresMs };',
    now: "const said = { state: 'given', sinceMs, expiresMs };",
    caughtAs: ['against', 'doubled'],
  },
  /**
   * Every other writer of the log signs a tree of its own. Not in the test: where it signs more often, nodes
   * that start refuse the log before a client sees it.
   */
  'log-of-its-own': {
    file: 'src/adapters/postgres/log/writer.ts',
    old: 'checkpointText(head)',
    now: 'checkpointText(pen.token % 2 === 0 ? { ...head, root: head.root.map((byte) => byte ^ 1) } : head)',
    caughtAs: ['forks', 'promises', 'stuck'],
  },
};
