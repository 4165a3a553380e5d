// Homes that were made by copying one another have the same keys: whoever holds one would hold the other.
// They are found here and not served, neither of them, because nobody can tell whose the keys are.

import { hex } from '../../kernel/bytes.ts';
import type { HttpOptions } from './http.ts';
import { KEY_ROLES } from './keys.ts';

export type Sharer = Pick<HttpOptions, 'engine' | 'keys' | 'tokenSecret'>;

/** Each controller that shares something with another home, with what. */
export function sharersOf(homes: readonly Sharer[]): ReadonlyMap<string, string> {
  const owners = new Map<string, readonly string[]>();
  for (const home of homes) {
    const controller = String(home.engine.core.config.controller);
    for (const [what, value] of ownOf(home)) {
      const name = `${what} ${value}`;
      owners.set(name, [...(owners.get(name) ?? []), controller]);
    }
  }
  const shared = new Map<string, string>();
  for (const [name, controllers] of owners) {
    const [what = ''] = name.split(' ');
    if (controllers.length > 1)
      for (const controller of controllers) shared.set(controller, WORDS[what] ?? what);
  }
  return shared;
}

const WORDS: Readonly<Record<string, string>> = {
  controller: 'the same controller',
  key: 'the same API key',
  secret: 'the same master key',
  log: 'the same log key',
};

function ownOf({ engine, keys, tokenSecret }: Sharer): ReadonlySet<readonly [what: string, value: string]> {
  const { config, world } = engine.core;
  // A home may list one key twice, for two roles or while it is being replaced.
  const hashes = new Set(KEY_ROLES.flatMap((role) => keys[role]));
  return new Set([
    ['controller', String(config.controller)],
    // Derived from the master key, as the pseudonyms are.
    ['secret', hex(tokenSecret)],
    ['log', world.log.vkey],
    ...[...hashes].map((hash) => ['key', hash] as const),
  ]);
}
