// How a decision reaches a person, and who else can see it there.

export const CHANNELS = ['web', 'app', 'email', 'push', 'letter', 'till', 'assistant', 'ar'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * Who may look on. `own-screen`: the phone in the hand. `shared-screen`: the family's television or computer.
 * `open`: a letter-box, a till with people behind.
 */
export type Publicity = (typeof PUBLICITIES)[number];
/** From private to public. */
export const PUBLICITIES = ['own-screen', 'shared-screen', 'open'] as const;

/** Whether more people may look on at `a` than at `b`. */
export function isMorePublic(a: Publicity, b: Publicity): boolean {
  return PUBLICITIES.indexOf(a) > PUBLICITIES.indexOf(b);
}

/** Channels on which the shop speaks first. Without a View there is nobody to speak to: nothing is said. */
export const REACHES_OUT: readonly Channel[] = ['email', 'push', 'letter'];

/**
 * How private a channel is unless a placement says it is even more public. The order is from private to
 * public.
 */
export const CHANNEL_PUBLICITY: Readonly<Record<Channel, Publicity>> = {
  app: 'own-screen',
  push: 'own-screen',
  web: 'own-screen',
  assistant: 'own-screen',
  ar: 'own-screen',
  email: 'shared-screen',
  till: 'open',
  letter: 'open',
};
