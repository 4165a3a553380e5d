// How tired of contact a person is, in fifteen states: contacts without an answer, and how long ago the last
// one was. What a contact brings is counted by state, so it takes few of them; and what is known of a state
// is about everybody who was ever in it, not about one person.

/**
 * Contacts without an answer since the last answer; 4 stands for more as well. A dismissal weighs like two.
 */
export const SILENCES = [0, 1, 2, 3, 4] as const;
export type Silence = (typeof SILENCES)[number];

/** Since the last contact: fewer than 7 days, fewer than 30, or more, or never. From tired to rested. */
export const RECENCIES = ['week', 'month', 'more'] as const;
export type Recency = (typeof RECENCIES)[number];

/** Example: `2-week`, two contacts without an answer, the last within seven days. */
export type FatigueState = `${Silence}-${Recency}`;

export const FATIGUE_STATES: readonly FatigueState[] = SILENCES.flatMap((silence) =>
  RECENCIES.map((recency): FatigueState => `${silence}-${recency}`),
);

/** `silent` contacts without an answer, the last `days` ago; ∞ for never. */
export function fatigueState(silent: number, days: number): FatigueState {
  const silence = SILENCES.find((each) => each >= silent) ?? 4;
  return `${silence}-${days < 7 ? 'week' : days < 30 ? 'month' : 'more'}`;
}

/** Whether somebody in `a` is at least as rested as in `b`, by both measures. */
export function isAsRested(a: FatigueState, b: FatigueState): boolean {
  const [one, other] = [partsOf(a), partsOf(b)];
  return one.silence <= other.silence && one.recency >= other.recency;
}

function partsOf(state: FatigueState): { readonly silence: number; readonly recency: number } {
  return {
    silence: Number(state[0]),
    recency: RECENCIES.findIndex((each) => each === state.slice(2)),
  };
}

/** `contact`: they were written to. `held-out`: they would have been, and the lot withheld it. */
export const ARMS = ['contact', 'held-out'] as const;
export type Arm = (typeof ARMS)[number];

/**
 * A week of one person that began with a lot. Days in which a purchase counts as a response, and in which no
 * further lot is drawn: weeks of one person never overlap, and who is held out hears nothing until it is
 * over.
 */
export const TRIAL_DAYS = 7;

/** One week, as a person's journal has it. */
export interface Trial {
  readonly timeMs: number;
  readonly state: FatigueState;
  readonly arm: Arm;
  /** Contacts of the week, the first included; 0 when held out. */
  readonly contacts: number;
}
