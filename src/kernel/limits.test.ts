// Goal: the bounds hold together, and the assertions that say so can fail.

import { describe, expect, test } from 'vitest';

import { Bug } from './assert.ts';
import { assertLimits, LIMITS } from './limits.ts';

describe('LIMITS', () => {
  test('[K15] the relations hold', () => {
    expect(() => assertLimits(LIMITS)).not.toThrow();
  });

  test('[K15] every broken relation stops the load', () => {
    const broken: readonly Partial<Record<keyof typeof LIMITS, number>>[] = [
      { leafBytes: 33 },
      { peopleInsideMin: 1 },
      { peopleInsideMin: LIMITS.peopleOutsideMin + 1 },
      { contributionItemsMax: LIMITS.factsPerPersonMax + 1 },
      { factsPerPersonMax: LIMITS.journalEntriesPerPersonMax + 1 },
      { contextItemsMax: LIMITS.decisionItemsMax + 1 },
      { decisionItemsMax: LIMITS.exposuresPerPersonMax + 1 },
      { canonicalDepthMax: LIMITS.jsonDepthMax },
      { csvLineBytesMax: LIMITS.bodyBytesMax + 1 },
      { idLengthMax: LIMITS.titleLengthMax + 1 },
      { priceMinorMax: 1e15 },
      { catalogueItemsMax: 2 ** 24 },
      { textLengthMax: 0 },
      { urlLengthMax: 0.5 },
    ];
    for (const change of broken) {
      expect(() => assertLimits({ ...LIMITS, ...change }), JSON.stringify(change)).toThrow(Bug);
    }
  });
});
