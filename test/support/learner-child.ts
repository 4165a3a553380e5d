// A node that learns in a process of its own, to be killed at any moment. Arguments: the databases, the
// master key in hex, the number. Told `learned` it answers with what it has learned, when it has the duty and
// knows all that is written; otherwise with nothing.

import { lockNode } from '../../src/adapters/postgres/node-lock.ts';
import { openPostgresStore } from '../../src/adapters/postgres/store.ts';
import { createRing } from '../../src/adapters/sqlite/ring.ts';
import { openLearner } from '../../src/adapters/learner/learner.ts';
import { memoryCrypto } from '../../src/adapters/memory/crypto.ts';
import { memoryLog } from '../../src/adapters/tilelog/memory-log.ts';
import { awaitShares } from '../../src/engine/shares-told.ts';
import { createDutyLearner } from '../../src/presets/duty-learner.ts';
import { openMemory } from '../../src/presets/memory.ts';
import { dice } from './dice.ts';
import { START } from './house.ts';
import { ALL_LEARNED, isAllTold, learnedBy } from './shared-learning.ts';

const TURN_MS = 40;

const [dataUrl = '', keysUrl = '', master = '', number = ''] = process.argv.slice(2);
const ring = () => createRing(() => [Uint8Array.from(Buffer.from(master, 'hex'))]);
const lock = await lockNode(dataUrl, { number: Number(number) });
const store = await openPostgresStore({ dataUrl, keysUrl, ring, poolMax: 4 });
const entropy = dice(Number(number) + 100);
const crypto = memoryCrypto(entropy);
const { people, keys, catalogue, documents } = store;
const { engine } = await openMemory({
  settings: ALL_LEARNED,
  node: Number(number),
  roles: ['learn'],
  startMs: START,
  world: {
    ...{ entropy, crypto, people, keys, catalogue, documents },
    log: memoryLog({ origin: 'fineline.test/log', crypto, entropy }),
    learner: createDutyLearner(openLearner),
    commons: store.commons(lock),
    sharing: store.sharing(lock),
  },
});

process.on('message', () => {
  void answer().then((learned) => process.send?.({ learned }));
});

async function answer(): Promise<string | undefined> {
  const { core } = engine;
  const { sharing } = core.world;
  try {
    if (sharing === undefined || !core.duties.learn || !core.recovery.done) return undefined;
    await engine.follow();
    const goal = (await core.world.commons?.position()) ?? '0';
    await awaitShares(core, sharing);
    if (!(await isAllTold({ engine }, goal))) return undefined;
    await engine.follow();
    return await learnedBy({ engine });
  } catch {
    // The duty went in between, or the count takes longer.
    return undefined;
  }
}

process.send?.({ ready: true });
for (let turn = 0; ; turn += 1) {
  await engine.follow().catch(() => undefined);
  await engine.countParts().catch(() => undefined);
  if (turn % 10 === 0) await engine.maintain().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, TURN_MS));
}
