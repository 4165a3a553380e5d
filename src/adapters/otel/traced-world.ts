// A world whose questions to stores, log and learner can be followed. Everything else of it (clock, dice,
// cipher) is too quick and too frequent to be.

import type { Traces, World } from '../../engine/ports.ts';
import { isFault } from '../../kernel/fault.ts';

const PORTS = ['people', 'keys', 'catalogue', 'documents', 'log', 'learner', 'commons'] as const;

export function tracedWorld(world: World, traces: Traces): World {
  const all: Record<string, unknown> = { ...world };
  for (const name of PORTS) {
    const port = world[name];
    if (port !== undefined) all[name] = tracedPort(name, port, traces);
  }
  return all as unknown as World;
}

type Ask = (...words: readonly unknown[]) => unknown;

function tracedPort(name: string, port: object, traces: Traces): object {
  const made = new Map<string, { readonly of: unknown; readonly ask: Ask }>();
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || typeof key === 'symbol') return value;
      const known = made.get(key);
      if (known?.of === value) return known.ask;
      const plain: Ask = (...words) => Reflect.apply(value, target, words);
      const ask = traced(`${name}.${key}`, plain, traces);
      made.set(key, { of: value, ask });
      return ask;
    },
  });
}

/** Who answers at once is not followed: that shows with the first answer. */
function traced(name: string, ask: Ask, traces: Traces): Ask {
  let isSlow = true;
  return (...words) => {
    if (!isSlow) return ask(...words);
    const span = traces.begin({ name, kind: 'client', attributes: {} });
    const answer = span.run(() => ask(...words));
    if (!(answer instanceof Promise)) {
      isSlow = false;
      return answer;
    }
    return answer.then(
      (value: unknown) => {
        span.end();
        return value;
      },
      (error: unknown) => {
        span.fail(isFault(error) ? error.code : 'failed');
        span.end();
        throw error;
      },
    );
  };
}
