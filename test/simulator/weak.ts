// Weak references that a seed determines. When the platform's own let go is up to its collector, which no
// seed reaches: two runs of one seed would load different people anew. These hold on until the simulation
// says that nobody has anything in hand: then all of them let go at once.

interface Held {
  target: object | undefined;
}

const held = new Set<Held>();

class SteadyRef {
  readonly #held: Held;
  constructor(target: object) {
    this.#held = { target };
    held.add(this.#held);
  }
  deref(): object | undefined {
    return this.#held.target;
  }
}

class SteadyRegistry {
  /** Nobody is told: the engine asks the reference itself. */
  register(): void {
    held.delete(NOTHING);
  }
}

const NOTHING: Held = { target: undefined };

/** All of them let go. */
export function letGo(): void {
  for (const one of held) one.target = undefined;
  held.clear();
}

/** Puts them in the place of the platform's own while `work` runs. */
export async function withSteadyRefs<T>(work: () => Promise<T>): Promise<T> {
  const own = { WeakRef: globalThis.WeakRef, FinalizationRegistry: globalThis.FinalizationRegistry };
  Object.assign(globalThis, { WeakRef: SteadyRef, FinalizationRegistry: SteadyRegistry });
  try {
    return await work();
  } finally {
    Object.assign(globalThis, own);
    letGo();
  }
}
