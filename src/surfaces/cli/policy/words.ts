// Words that several of the policy commands share.

import type { LineOrigin, PolicyOrigin } from '../../../engine/policy-told.ts';
import type { Effect } from '../../../facts/difference.ts';

export const ORIGIN_WORDS: Readonly<Record<PolicyOrigin, string>> = {
  file: 'the policy file holds',
  'old-settings':
    'placements and minPeople of fineline.yaml hold, and nothing else is narrowed. Move them into ' +
    'fineline.policy.yaml; “fineline policy explain” shows what holds',
  default: 'the strict default holds',
};

/** Where one line comes from, in brackets behind it. */
export const FROM_WORDS: Readonly<Record<LineOrigin, string>> = {
  file: 'file',
  'old-settings': 'fineline.yaml',
  default: 'default',
  law: 'law',
};

export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  stricter: 'stricter',
  looser: 'looser',
  mixed: 'both',
  neither: 'neither',
};
