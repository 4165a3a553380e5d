// Goal: the town's policy is the strict one with proxies, and the leaves it names are the town's.

import { expect, test } from 'vitest';
import { comparePolicies } from '../../../facts/compare-policies.ts';
import { belowPaths } from '../../../facts/classify-item.ts';
import { STRICT, readPolicy } from '../../../presets/policy-file.ts';
import { createCatalogueReader } from '../../../collect/catalogue/catalogue.ts';
import { TOWN_POLICY } from './town-policy.ts';
import { townInput } from './town.ts';

test('[Q9] the town differs from the strict policy in what it looks for, and each leaf is there', () => {
  const read = readPolicy(TOWN_POLICY);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const { policy } = read.value;
  expect(comparePolicies(STRICT.policy, policy).map(({ field }) => field)).toEqual([
    'purposes/guard',
    'proxies/paths',
  ]);
  const reader = createCatalogueReader({ currency: 'EUR' });
  const { catalogue } = townInput({ endMs: Date.UTC(2026, 1, 1), people: 1 });
  const items = [...reader.push(catalogue), ...reader.end()];
  for (const path of policy.proxies?.paths ?? []) {
    const below = items.filter(belowPaths([path]));
    expect(
      below.some(({ sensitive }) => sensitive !== undefined),
      path.join(' > '),
    ).toBe(true);
  }
});
