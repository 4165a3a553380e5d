// Ctrl-C during long work: the batch under way is finished, then the work stops and says how to go on. A
// terminal, npm and a launcher may each send the signal, so that two come at once; only a later one means
// "now".

import { Fault } from '../../kernel/fault.ts';
import { EXIT } from './exit-code.ts';

/** Signals within this time of the first are the same wish. */
const SAME_WISH_MS = 2000;

export interface Interrupt {
  readonly requested: boolean;
  /** Resolves with the first signal. */
  readonly signalled: Promise<void>;
  /** Fault `interrupted` when a signal came: to be called between two batches. */
  check(howToGoOn: string): void;
  /** What is said when the first signal comes, from now on. */
  say(onFirst: () => void): void;
  dispose(): void;
}

/** `hangUp`: what SIGHUP means here, if it is not to stop: a service reads its policy again. */
export function listenForInterrupt(hangUp?: () => void): Interrupt {
  let onFirst: () => void = () => undefined;
  let firstMs: number | undefined;
  let signal: () => void = () => undefined;
  const signalled = new Promise<void>((resolve) => {
    signal = resolve;
  });
  const onSignal = (): void => {
    if (firstMs === undefined) {
      firstMs = Date.now();
      onFirst();
      signal();
    } else if (Date.now() - firstMs > SAME_WISH_MS) {
      process.exit(EXIT.interrupted);
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const heard = (name: (typeof signals)[number]): (() => void) =>
    name === 'SIGHUP' && hangUp !== undefined ? hangUp : onSignal;
  for (const name of signals) process.on(name, heard(name));
  return {
    get requested() {
      return firstMs !== undefined;
    },
    signalled,
    check: (howToGoOn) => {
      if (firstMs !== undefined) throw new Fault('interrupted', `Stopped. ${howToGoOn}`, { retry: 'never' });
    },
    say: (next) => {
      onFirst = next;
    },
    dispose: () => {
      for (const name of signals) process.off(name, heard(name));
    },
  };
}
