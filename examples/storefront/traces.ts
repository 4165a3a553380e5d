// What was asked of Fineline for the last pages, so that the panel "behind the curtain" can show it. Kept in
// memory, a few hundred at most, and shown to the session alone that made the calls.

import { randomBytes } from 'node:crypto';
import type { Exchange } from './api.ts';
import type { Session } from './session.ts';

export interface Traces {
  /** The list is filled while the page is made. */
  begin(exchanges: Exchange[], session: Session | undefined): string;
  find(id: string, session: Session | undefined): Traced | undefined;
}

interface Traced {
  readonly exchanges: readonly Exchange[];
  readonly person: string | undefined;
}

const TRACES_MAX = 400;

export function createTraces(): Traces {
  const traces = new Map<string, Traced & { readonly session: string | undefined }>();
  return {
    begin: (exchanges, session) => {
      const id = randomBytes(16).toString('hex');
      traces.set(id, { exchanges, person: session?.person, session: session?.id });
      for (const oldest of traces.keys()) {
        if (traces.size <= TRACES_MAX) break;
        traces.delete(oldest);
      }
      return id;
    },
    find: (id, session) => {
      const found = traces.get(id);
      if (found === undefined) return undefined;
      return found.session === undefined || found.session === session?.id ? found : undefined;
    },
  };
}
