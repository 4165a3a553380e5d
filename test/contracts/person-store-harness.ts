// What an adapter brings to the PersonStore contract, and how a rule is held against it.

import { compareBytes } from '../../src/kernel/bytes.ts';

import type { PersonStore } from '../../src/engine/ports.ts';

export interface PersonStoreHarness {
  readonly store: PersonStore;
  /** The same data in a newly opened store; absent where data does not outlive the store. */
  readonly reopen?: () => Promise<PersonStore>;
  readonly end: () => Promise<void>;
}

export type Harness = () => Promise<PersonStoreHarness>;

/** Runs `check` on a store of its own, and where data persists once more on the reopened store. */
export function held(
  harness: Harness,
  prepare: (store: PersonStore) => Promise<void>,
  check: (store: PersonStore) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const { store, reopen, end } = await harness();
    try {
      await prepare(store);
      await check(store);
      if (reopen !== undefined) await check(await reopen());
    } finally {
      await end();
    }
  };
}

/** What waits for the log, in the order of the bytes: none is promised. */
export async function leavesIn(store: PersonStore): Promise<readonly Uint8Array[]> {
  const leaves = (await store.outbox(1000)).map(({ leaf }) => leaf);
  return leaves.sort(compareBytes);
}
