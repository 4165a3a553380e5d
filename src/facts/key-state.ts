// The life of a key that can be replaced while nodes serve: a master key, or one that signs the log.

/** In order; stores keep the place in it. *Old* opens, or is signed with, until it has ended. */
export const KEY_STATES = ['announced', 'used', 'old', 'ended'] as const;

export type KeyState = (typeof KEY_STATES)[number];
