// The policy of the town: the strict one, and what ordinary things give away of three kinds of life; and
// where its shop is.

import { assert } from '../../../kernel/assert.ts';
import { FIRST_POLICY } from '../../../presets/first-policy.ts';

const MEASURE = '  measure: [purchases, interactions]\n';
const GUARD = `${MEASURE}  # Asked for in words of its own: it counts what people bought of sensitive shelves.
  guard: [purchases]
`;
const ANYWHERE = '# Leaves of a class that ordinary things may not betray.';
const PROXIES = `# Ordinary things that betray one of these are held back like them (fineline policy proxies).
proxies:
  paths:
    - Pharmacy > Family planning > Expecting
    - Pharmacy > Health > Diabetes care
    - Care > New habits > Quit smoking
  # A town of two thousand has about a thousand: enough for the strongest half of what was planted.
  volunteersMin: 800

`;

/** Its company sits in Lübeck: that law holds for whoever does not say where they live. */
export const TOWN_PLACE = { country: 'DE' } as const;

export const TOWN_POLICY = withProxies(FIRST_POLICY);

function withProxies(text: string): string {
  const from = text.indexOf(ANYWHERE);
  const to = text.indexOf('# Slots a page');
  assert(from > 0 && to > from && text.includes(MEASURE), 'the first policy has a place for proxies');
  return `${text.slice(0, from)}${PROXIES}${text.slice(to)}`.replace(MEASURE, GUARD);
}
