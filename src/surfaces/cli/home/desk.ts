// What commands ask of a home, whoever answers: the server that runs on it, or, when none does, the engine
// opened here.

import type { JsonObject } from '../../../kernel/canonical.ts';
import type { LearnedTold } from '../../../engine/learned-told.ts';
import type { LedgerTold } from '../../../engine/releases-told.ts';
import type { ReviewTold, ThingTold } from '../../../engine/review-told.ts';
import type { ShadowTold } from '../../../engine/shadow-told.ts';
import type { GrantChange, NoticeRef } from '../../../facts/grant.ts';
import type { KeptRelease } from '../../../facts/release.ts';
import type { CopyLanguage } from '../../../facts/about.ts';
import type { Told } from '../show/told.ts';

export interface DecideAsk {
  readonly person?: string;
  readonly placement: string;
  readonly channel?: string;
  readonly campaign?: string;
  readonly limit?: number;
  readonly items: readonly string[];
  readonly within?: string;
}

export interface Slot {
  readonly decision: string;
  readonly items: readonly {
    readonly item: string;
    readonly title?: string;
    readonly score: number;
    readonly reasons: readonly {
      readonly kind: string;
      readonly did?: string;
      readonly item?: string;
      readonly value: number;
    }[];
  }[];
  readonly nothing?: string;
  readonly subject?: string;
  readonly receipt?: unknown;
}

export interface ConsentAsk {
  readonly person: string;
  readonly grants: readonly (Omit<GrantChange, 'category'> & { readonly category: string })[];
  readonly notice: NoticeRef;
}

export interface CopyAsk {
  readonly text: string;
  readonly language: CopyLanguage;
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
  learn(): Promise<LearnedTold>;
  proxies(): Promise<ShadowTold>;
  review(): Promise<ReviewTold>;
  /** Fault `not-found`. */
  thing(item: string): Promise<ThingTold>;
  releases(): Promise<LedgerTold>;
  /** Fields as POST /v1/releases takes them. Faults: `usage`, `refused`. */
  publish(fields: Readonly<Record<string, unknown>>): Promise<KeptRelease>;
  copy(ask: CopyAsk): Promise<{ readonly text: string }>;
  close(): Promise<void>;
}
