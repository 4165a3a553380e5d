// What the serving thread and the learning worker say to each other.

import type { FitOptions, InService, Leaving, PersonKey, Share } from '../../engine/ports.ts';
import type { ProxyQuestion } from '../../learn/proxies/find-proxies.ts';

export type Change = readonly [person: PersonKey, share: Share];

export type Request =
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  | ({ readonly kind: 'forget'; readonly id: number; readonly person: PersonKey } & Leaving)
  | ({ readonly kind: 'fit'; readonly id: number } & FitOptions)
  | ({ readonly kind: 'adopt' } & InService)
  | { readonly kind: 'proxies'; readonly id: number; readonly question: ProxyQuestion }
  | { readonly kind: 'canonical'; readonly id: number };

/** Requests that nobody waits for an answer to. */
export type Told = Extract<Request, { kind: 'changes' | 'adopt' }>;

export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };
