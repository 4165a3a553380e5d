// I7: what was acknowledged is there after every crash: orders as facts, words as records of the chain.

import { parsePersonId } from '../../../src/facts/ids.ts';
import { isFault } from '../../../src/kernel/fault.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { must } from '../../support/house.ts';
import type { Life } from '../book.ts';
import type { Checker, Verdict } from '../checker.ts';

const SAMPLE = 12;

export function durable(): Checker {
  const look = async (engine: Engine, lives: readonly Life[]): Promise<Verdict> => {
    for (const life of lives) {
      const known = await ask(engine, life);
      const wrong = known === undefined ? undefined : compare(life, known);
      if (wrong !== undefined) return `${life.id}: ${wrong}`;
    }
    return undefined;
  };
  return {
    name: 'durable',
    invariants: 'I7',
    recovered: (engine, scene) => {
      const lives = [...scene.book.lives.values()];
      return look(
        engine,
        Array.from({ length: SAMPLE }, () => lives[scene.random.below(lives.length)]!),
      );
    },
    ended: (engine, scene) => look(engine, [...scene.book.lives.values()]),
  };
}

/** When the machine dies meanwhile, no answer ever comes. */
async function ask(
  engine: Engine,
  { id }: Life,
): Promise<Awaited<ReturnType<Engine['describe']>> | undefined> {
  try {
    return await engine.describe(must(parsePersonId(id)));
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}

interface Known {
  readonly facts?: unknown;
  readonly consent?: unknown;
}

function compare(life: Life, known: Known | 'no-such-person' | 'erased'): Verdict {
  if (life.erased || (life.bought.size === 0 && life.records.length === 0)) return undefined;
  if (typeof known === 'string') return `said and bought, and is ${known}`;
  const text = JSON.stringify(known.facts);
  for (const item of life.bought.keys()) {
    if (!/"key":"bought/.test(text) || !text.includes(`|${item}"`)) return `the order of ${item} is lost`;
  }
  // Our own answer; its shape is that of `describeConsent`.
  const { records } = known.consent as { readonly records: number };
  const said = life.records.length;
  return records < said ? `${said} words were acknowledged, ${records} are there` : undefined;
}
