// Goal: what is heard of shares leaves nobody out. Method: a store that answers while statistics begin anew.

import { expect, it } from 'vitest';
import type { Core } from './core.ts';
import type { Others } from './others.ts';
import { takeShares } from './shares-told.ts';

it('[E220] statistics that begin anew hear of everybody, whatever was under way before', async () => {
  const asked: string[] = [];
  const others = { told: '500', forgotten: 0 } as Others;
  const told = (since: string) => {
    asked.push(since);
    // The duty was lost and taken again while the store was asked.
    if (since === '500') others.told = '';
    return Promise.resolve({ shares: [], upTo: '900', isAll: true });
  };
  const rest = { duties: { learn: true }, touched: { heard: () => undefined } };
  await takeShares({ world: { sharing: { told } }, ...rest } as unknown as Core, others);
  expect([asked, others.told]).toEqual([['500', ''], '900']);
});
