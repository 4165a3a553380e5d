// The process that end-to-end tests start, ask and kill: the embedded preset at demo pace behind the real
// HTTP server, with every line of its log on standard error. Over IPC it answers what no route tells: the
// counts, a person's keys and sealed bytes. Only a test may ask for those.

import { pino } from 'pino';
import { z } from 'zod';
import { openAsSet } from '../../src/presets/cluster.ts';
import type { Embedded } from '../../src/presets/embedded.ts';
import type { PersonId } from '../../src/facts/ids.ts';
import { parseDecisionId, parsePersonId } from '../../src/facts/ids.ts';
import type { PersonKey } from '../../src/engine/ports.ts';
import { assert } from '../../src/kernel/assert.ts';
import { base64 } from '../../src/kernel/bytes.ts';
import { loadApiKeys } from '../../src/surfaces/cli/home/api-keys.ts';
import { serveHome } from '../../src/surfaces/cli/serving.ts';

const QUESTIONS = ['statistics', 'keys', 'sealed', 'titles', 'replay', 'documents', 'key-of'] as const;
export type Question = (typeof QUESTIONS)[number];

const asked = z.object({ id: z.int(), question: z.enum(QUESTIONS), about: z.string() });

function personOf(text: string): PersonId {
  const parsed = parsePersonId(text);
  assert(parsed.ok, 'a test asks about a person');
  return parsed.value;
}

async function answer(embedded: Embedded, question: Question, about: string): Promise<unknown> {
  const { engine, recovered } = embedded;
  const { world, people } = engine.core;
  const keyOf = (): PersonKey => people.keyOf(personOf(about));
  switch (question) {
    case 'statistics':
      await recovered;
      engine.count();
      return world.crypto.text(await world.learner.canonical());
    case 'keys': {
      const keys = await world.keys.get(keyOf());
      if (keys === undefined || keys === 'erased') return keys ?? 'none';
      return { profile: base64(keys.profile), evidence: base64(keys.evidence) };
    }
    case 'key-of':
      return keyOf();
    case 'sealed': {
      const snapshot = (await world.people.load(keyOf()))?.snapshot;
      const entries = await world.people.history(keyOf());
      return {
        snapshot: snapshot === undefined ? '' : base64(snapshot),
        entries: entries.map(({ seq, kind, sealed }) => ({ seq, kind, sealed: base64(sealed) })),
      };
    }
    case 'titles':
      return Object.fromEntries([...engine.items()].map(([id, { title }]) => [id, title]));
    case 'replay': {
      const decision = parseDecisionId(about);
      const found = decision.ok ? await engine.find(decision.value) : undefined;
      return found === undefined ? 'not found' : engine.replay(found);
    }
    case 'documents': {
      const documents = await world.documents.list(about);
      const bytes = await Promise.all(documents.map(({ id }) => world.documents.get(about, id)));
      return bytes.map((found) => base64(found ?? new Uint8Array(0)));
    }
  }
}

async function main(home: string): Promise<void> {
  const log = pino({ base: null, level: 'trace' }, pino.destination({ dest: 2, sync: true }));
  const embedded = await openAsSet({
    home,
    fast: true,
    failed: (what, error) => {
      log.error(
        { what, says: error instanceof Error ? (error.stack ?? error.message) : 'unknown' },
        'failed',
      );
    },
  });
  const listening = await serveHome({ embedded, keys: loadApiKeys(embedded.paths), port: 0, log });
  process.on('message', (message) => {
    const { id, question, about } = asked.parse(message);
    void answer(embedded, question, about).then(
      (value) => process.send?.({ id, value }),
      (error: unknown) =>
        process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  // The parent is gone: nobody would ever stop this process.
  process.on('disconnect', () => process.exit(1));
  process.on('SIGTERM', () => {
    void listening
      .close()
      .then(() => embedded.close())
      .then(() => process.exit(0));
  });
  process.send?.({ url: listening.url });
}

if (import.meta.main) await main(process.argv[2] ?? '');
