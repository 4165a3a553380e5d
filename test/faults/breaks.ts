// Deliberate breaks: some lines of the code of all nodes are others, and the harness has to see it. Each
// stands for a promise that a round checks.

import type { Wrong } from './book.ts';
import type { FaultKind } from './plan.ts';

export interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly old: string;
  readonly now: string;
}

export interface Break {
  readonly edits: readonly Edit[];
  /** What is done to the database of the data, once its tables are there. */
  readonly sql?: readonly string[];
  /** The fault under which it shows. Absent: any. */
  readonly under?: FaultKind;
  /** What a round has to find; any of them. */
  readonly caughtAs: readonly Wrong[];
}

export const BREAKS: Readonly<Record<string, Break>> = {
  /** Events are acknowledged before anybody knows that they were written. */
  'acknowledged-unwritten': {
    edits: [
      {
        file: 'src/engine/collecting.ts',
        old: 'const lost = new Map([...(await lostOf(core, waits)), ...unsaid]);',
        now: 'const lost: Once["lost"] = unsaid; void lostOf(core, waits).catch(() => undefined);',
      },
    ],
    caughtAs: ['lost', 'statistics'],
  },
  /** A number of a journal that another node has taken is taken for one's own: nothing is compared. */
  'numbers-not-compared': {
    edits: [
      {
        file: 'src/adapters/postgres/person-append.ts',
        old: 'if (isTaken(error)) return conflict();',
        now: 'if (isTaken(error)) return undefined;',
      },
    ],
    caughtAs: ['lost', 'caps', 'against'],
  },
  /** Lists of a placement are not counted, so that its cap is never reached. */
  'cap-not-counted': {
    edits: [
      {
        file: 'src/engine/deciding.ts',
        old: 'shown: shownBefore(shown),',
        now: 'shown: 0,',
      },
    ],
    caughtAs: ['caps'],
  },
  /** A no is kept, counted and witnessed, and taken for a yes: what it takes back is used, and stays. */
  'no-taken-for-yes': {
    edits: [
      {
        file: 'src/consent/chain.ts',
        old: 'const said = { state, sinceMs,',
        now: "const said = { state: 'given' as const, sinceMs,",
      },
    ],
    caughtAs: ['against', 'doubled'],
  },
  /** The stream is told, and nobody waits for what it says. */
  'acknowledged-unconfirmed': {
    edits: [
      {
        file: 'src/adapters/nats/publish.ts',
        old: 'await publishOne(message, untilMs);\n    ids.add',
        now: 'void publishOne(message, Date.now() + 1).catch(() => undefined);\n    ids.add',
      },
    ],
    under: 'stream-leader-killed',
    caughtAs: ['lost', 'statistics'],
  },
  /**
   * Whoever likes writes the log, and takes their time: the duty and the lease are everybody's, no write
   * names the tree that it was computed for, and neither the guard nor the tables refuse another one.
   */
  'log-unfenced': {
    edits: [
      {
        file: 'src/engine/following.ts',
        old: '(await commons.hold(duty));',
        now: "(duty === 'log' || (await commons.hold(duty)));",
      },
      {
        file: 'src/adapters/postgres/log/statements.ts',
        old: 'token = CASE WHEN holder = $1 AND token = $2 THEN token ELSE token + 1 END,',
        now: 'token = CASE WHEN $2::bigint IS NULL THEN token + 1 ELSE token END,',
      },
      {
        file: 'src/adapters/postgres/log/statements.ts',
        old: 'WHERE id = 0 AND (holder = $1 OR expires <= clock_timestamp())',
        now: 'WHERE id = 0',
      },
      {
        file: 'src/adapters/postgres/log/statements.ts',
        old: 'WHERE id = 0 AND token = $1 AND size = $2 AND root = $3',
        now: 'WHERE id = 0 AND $1::bigint IS NOT NULL AND $3::bytea IS NOT NULL',
      },
      {
        file: 'src/adapters/postgres/log/statements.ts',
        old: 'WHERE EXISTS (SELECT FROM held)\n    ),\n    gone',
        now: 'WHERE EXISTS (SELECT FROM held) ON CONFLICT DO NOTHING\n    ),\n    gone',
      },
      {
        file: 'src/adapters/postgres/log/writer.ts',
        old: 'const grown = await growth(tables, head, leaves);',
        now:
          'const grown = await growth(tables, head, leaves); ' +
          'await new Promise((go) => setTimeout(go, 500));',
      },
      {
        file: 'src/adapters/postgres/log/guard.ts',
        old: 'if (size <= head.size && equalBytes(await rootAt(tables, size), root)) return;',
        now: 'if (size >= 0) return;',
      },
    ],
    sql: [
      'DROP TRIGGER log_tile_grows ON log_tiles',
      'DROP TRIGGER log_head_grows ON log_head',
      'ALTER TABLE log_head DROP CONSTRAINT log_head_check',
    ],
    caughtAs: ['forks'],
  },
};
