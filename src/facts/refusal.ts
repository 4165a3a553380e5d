// The ways to say no. A refusal is an ordinary value: callers must look at it, and the person can read its
// reason.

/** Why a View was not opened at all, or an event was not admitted. */
export const REFUSAL_REASONS = [
  'no-such-person',
  'no-grant',
  'grant-unreadable',
  'grant-expired',
  'notice-unknown',
  'notice-outdated',
  'notice-not-in-language',
  'notice-unreadable',
  'notice-does-not-ask',
  'consent-state-stale',
  'unknown-purpose',
  'unknown-category',
  'no-pack',
  'signal-objects',
  'not-in-policy',
  'minor',
  'suppressed',
  'erased',
  'source-unregistered',
  'source-not-first-party',
  'source-other-controller',
  'other-controller',
  'event-too-old',
  'event-in-future',
  'expired',
  'sensitive',
  'restricted',
  'data-unreadable',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export interface Refusal {
  readonly refused: RefusalReason;
  /** One plain sentence with the number or name that decided. Never the value of a fact. */
  readonly detail: string;
}

export function refuse(refused: RefusalReason, detail: string): Refusal {
  return { refused, detail };
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}
