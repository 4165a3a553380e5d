// What a node of several does. All nodes answer for people (choices, access, erasure), for the catalogue and
// for the policy: that needs the store alone.

export const ROLES = ['collect', 'decide', 'learn', 'log'] as const;

/**
 * `collect`: takes events in. `decide`: answers what to show. `learn`, `log`: stands ready for the duty of
 * that name, which one node has at a time (commons-port.ts).
 */
export type Role = (typeof ROLES)[number];
