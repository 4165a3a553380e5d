// What commands ask of a home, whoever answers: the server that runs on it, or, when none does, the engine opened here.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../kernel/canonical.ts';
import { Fault } from '../../../kernel/fault.ts';
import type { GrantChange, NoticeRef } from '../../../facts/grant.ts';
import { pathsOf } from '../../../presets/embedded.ts';
import type { Told } from '../show/told.ts';
import { openDirect } from './direct-desk.ts';
import { openRemote } from './remote-desk.ts';
import { liveServer } from './server-file.ts';

export interface DecideAsk {
  readonly person?: string;
  readonly placement: string;
  readonly channel?: string;
  readonly limit?: number;
  readonly items: readonly string[];
}

export interface Slot {
  readonly decision: string;
  readonly items: readonly {
    readonly item: string;
    readonly title?: string;
    readonly score: number;
    readonly reasons: readonly { readonly kind: string; readonly did?: string; readonly item?: string; readonly value: number }[];
  }[];
  readonly nothing?: string;
  readonly receipt?: unknown;
}

export interface ConsentAsk {
  readonly person: string;
  readonly grants: readonly (Omit<GrantChange, 'category'> & { readonly category: string })[];
  readonly notice: NoticeRef;
}

export interface Desk {
  /** Where the answers come from: an address, or `directly`. */
  readonly via: string;
  decide(ask: DecideAsk): Promise<Slot>;
  /** Without what was held back: that is for the person alone. Fault `not-found`. */
  why(decision: string): Promise<Told>;
  receipt(decision: string): Promise<string>;
  readConsent(person: string): Promise<JsonObject>;
  changeConsent(ask: ConsentAsk): Promise<JsonObject>;
  export(person: string): Promise<JsonObject>;
  erase(person: string): Promise<JsonObject>;
  learn(): Promise<{ readonly model: string | null; readonly items: number }>;
  close(): Promise<void>;
}

/** Faults: `not-found` when there is no home, `no-key` when a server runs and its keys are not here. */
export async function openDesk(home: string, env: Readonly<Record<string, string | undefined>>): Promise<Desk> {
  assertHome(home);
  const server = await liveServer(home);
  return server === undefined ? openDirect(home, env) : openRemote(home, server);
}

/** A command that asks must not make a home by asking. */
export function assertHome(home: string): void {
  const paths = pathsOf(home);
  if (existsSync(join(paths.data, 'data.db'))) return;
  throw new Fault('not-found', `${paths.home}: there is no Fineline home here. Run “fineline start”, or name another with --home.`, {
    retry: 'never',
  });
}
