// What the serving thread and the learning worker say to each other.

import type { PersonKey, ProxyQuestion, Share } from '../../engine/ports.ts';

export type Change = readonly [person: PersonKey, share: Share];

export type Request =
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  | { readonly kind: 'forget'; readonly id: number; readonly person: PersonKey; readonly minPeople: number }
  | { readonly kind: 'fit'; readonly id: number; readonly minPeople: number; readonly nowMs: number }
  | { readonly kind: 'proxies'; readonly id: number; readonly question: ProxyQuestion }
  | { readonly kind: 'canonical'; readonly id: number };

export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };
