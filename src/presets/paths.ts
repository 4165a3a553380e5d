// Where what belongs to a home lies.

import { join, resolve } from 'node:path';

export interface Paths {
  readonly home: string;
  readonly data: string;
  readonly keys: string;
  readonly log: string;
  readonly settings: string;
  /** Where a large import sorts its lines; empty at all other times. */
  readonly import: string;
  readonly policy: string;
}

export function pathsOf(home: string): Paths {
  const root = resolve(home);
  return {
    home: root,
    data: join(root, 'data'),
    keys: join(root, 'keys'),
    log: join(root, 'log'),
    settings: join(root, 'fineline.yaml'),
    import: join(root, 'import'),
    policy: join(root, 'fineline.policy.yaml'),
  };
}
