// Owns: what stands before each operation of the memory adapters: the check that the store is open, and the
// hook by which a test or the simulator makes the world fail. Both happen before anything changes, so a
// failed operation has done nothing.

import { Fault } from '../../kernel/fault.ts';

/** `people.append`, `keys.erase`, … : port and method. */
export type Operation = `${'people' | 'keys' | 'catalogue' | 'documents'}.${string}`;

/** Asked before each operation; what it returns is thrown instead of doing the operation. */
export type FaultHook = (operation: Operation) => Fault | undefined;

export interface Gate {
  enter(operation: Operation): void;
  close(): void;
}

export function createGate(hook: FaultHook | undefined): Gate {
  let open = true;
  return {
    enter(operation): void {
      if (!open) throw new Fault('closed', 'the store is closed: open it again', { retry: 'never' });
      const fault = hook?.(operation);
      if (fault !== undefined) throw fault;
    },
    close(): void {
      open = false;
    },
  };
}
