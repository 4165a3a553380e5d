// I13: a decision made again from its record gives the same bytes, also days and crashes later.

import type { Engine } from '../../../src/engine/engine.ts';
import type { DecisionId } from '../../../src/facts/ids.ts';
import { isFault } from '../../../src/kernel/fault.ts';
import type { Checker, Scene, Verdict } from '../checker.ts';

const KEPT = 40;
const SAMPLE = 3;
/** Rounds of maintenance between two looks. */
const ROUNDS = 4;

export function replay(): Checker {
  const made: DecisionId[] = [];
  let rounds = 0;
  async function look(engine: Engine, { random }: Scene): Promise<Verdict> {
    for (let n = 0; n < SAMPLE && made.length > 0; n += 1) {
      const wrong = await playAgain(engine, made[random.below(made.length)]!);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }
  return {
    name: 'replay',
    invariants: 'I13',
    acknowledged: ({ decided }, { random }) => {
      if (made.length < KEPT) made.push(decided.decision);
      else if (random.below(20) === 0) made[random.below(KEPT)] = decided.decision;
      return undefined;
    },
    maintained: async (scene) => {
      rounds += 1;
      const engine = rounds % ROUNDS === 0 ? scene.machine.engine() : undefined;
      return engine === undefined ? undefined : look(engine, scene);
    },
    recovered: look,
    ended: look,
  };
}

async function playAgain(engine: Engine, decision: DecisionId): Promise<Verdict> {
  try {
    const found = await engine.find(decision);
    if (found === undefined) return undefined;
    const { same, recorded, replayed } = await engine.replay(found);
    return same ? undefined : `${recorded} was replayed as ${replayed}`;
  } catch (error) {
    // Models and catalogues go with their time, and disks fail.
    if (isFault(error)) return undefined;
    throw error;
  }
}
