// Goal: a thing has the class that catalogue and policy together give it, and never a laxer one by accident.

import { describe, expect, it } from 'vitest';
import { classNames, classifierOf } from './classify-item.ts';
import { parseItemId } from './ids.ts';
import type { Item } from './item.ts';
import { NO_RULES, type SensitiveRules } from './policy.ts';

function thing(id: string, path: readonly string[], sensitive?: Item['sensitive']) {
  const parsed = parseItemId(id);
  if (!parsed.ok) throw new Error(id);
  return { id: parsed.value, path, ...(sensitive === undefined ? {} : { sensitive }) };
}

const RULES: SensitiveRules = {
  add: [
    { class: 'own-hats', items: [thing('scarf', []).id], paths: [['Hats', 'Felt']] },
    { class: 'health', items: [], paths: [['Tea']] },
  ],
  except: [{ class: 'alcohol', items: [], paths: [['Food', 'Vinegar']], reason: 'no wine' }],
  neverInContext: ['own-hats'],
};
const classOf = classifierOf(RULES);

describe('the class of a thing', () => {
  it('[F2] is the catalogue’s where the policy says nothing', () => {
    expect(classifierOf()(thing('a', [], 'debt'))).toBe('debt');
    expect(classifierOf(NO_RULES)(thing('a', []))).toBeUndefined();
    expect(classOf(thing('a', ['Hats'], 'debt'))).toBe('debt');
    expect(classOf(thing('a', ['Hats']))).toBeUndefined();
  });

  it('[F2] is added by id and by the beginning of the path, step by step, in any case of letters', () => {
    expect(classOf(thing('scarf', ['Wool']))).toBe('own-hats');
    expect(classOf(thing('a', ['HATS', 'felt ', 'Green']))).toBe('own-hats');
    expect(classOf(thing('a', ['Hats', 'Felt-like']))).toBeUndefined();
    expect(classOf(thing('a', ['Shop', 'Hats', 'Felt']))).toBeUndefined();
    expect(classOf(thing('a', ['Hats > Felt']))).toBeUndefined();
  });

  it('[F2] is excepted for that class alone', () => {
    expect(classOf(thing('a', ['Food', 'Vinegar'], 'alcohol'))).toBeUndefined();
    expect(classOf(thing('a', ['Food', 'Vinegar'], 'health'))).toBe('health');
    expect(classOf(thing('a', ['Food', 'Wine'], 'alcohol'))).toBe('alcohol');
  });

  it('[F2] of two the one that nothing opens counts, else the catalogue’s', () => {
    expect(classOf(thing('scarf', [], 'grief'))).toBe('own-hats');
    expect(classOf(thing('a', ['Tea'], 'grief'))).toBe('grief');
  });

  it('[F2] has a name for each, the shop’s own behind ours', () => {
    expect(classNames(RULES).at(-1)).toBe('own-hats');
    expect(classNames(RULES)).toHaveLength(classNames().length + 1);
  });
});
