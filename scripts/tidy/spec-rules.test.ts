import { describe, expect, it } from 'vitest';
import { messagesFound, placesFound } from './planted.ts';
import { specRules } from './spec-rules.ts';

const SPEC = '# Decide\n\n- **D1** One thing.\n- **D2** Another.\n';

describe('rules and titles', () => {
  it('is content when each names the other', () => {
    const tests = "it('[D1] does', () => {});\ntest.each([1])('[D2] does %s', () => {});\n";
    expect(placesFound(specRules, { 'src/decide/SPEC.md': SPEC, 'src/decide/a.test.ts': tests })).toEqual([]);
    const both = 'it(`[D1, D2] does ${x}`, () => {});\n';
    expect(placesFound(specRules, { 'src/decide/SPEC.md': SPEC, 'src/decide/a.fuzz.ts': both })).toEqual([]);
  });

  it('finds a rule without a test', () => {
    const tests = "it('[D1] does', () => {}); // [D2]\n";
    expect(placesFound(specRules, { 'src/decide/SPEC.md': SPEC, 'src/decide/a.test.ts': tests })).toEqual([
      'src/decide/SPEC.md:4',
    ]);
  });

  it('does not take the test of another stage for it', () => {
    const texts = { 'src/decide/SPEC.md': '- **D1** x\n', 'src/learn/a.test.ts': "it('[D1] x', () => {});" };
    expect(placesFound(specRules, texts)).toContain('src/decide/SPEC.md:1');
  });

  it('finds a number in a title that is no rule of that stage', () => {
    const tests = "it('[D1] [D2] [D9] does', () => {});\n";
    expect(messagesFound(specRules, { 'src/decide/SPEC.md': SPEC, 'src/decide/a.test.ts': tests })).toEqual([
      'names D9, which is no rule of src/decide/SPEC.md; correct it, or add it',
    ]);
  });

  it('lets a test of the whole name a rule of any stage, but no unknown one', () => {
    const texts = { 'src/decide/SPEC.md': '- **D1** x\n', 'test/e2e/a.test.ts': "it('[D1] x', () => {});" };
    expect(placesFound(specRules, texts)).toEqual([]);
    expect(placesFound(specRules, { 'test/e2e/a.test.ts': "it('[D1] x', () => {});" })).toEqual([
      'test/e2e/a.test.ts:1',
    ]);
  });

  it('finds a number given twice', () => {
    const texts = {
      'src/decide/SPEC.md': '- **D1** x\n- **D1** y\n',
      'src/decide/a.test.ts': "it('[D1] x', () => {});",
    };
    expect(placesFound(specRules, texts)).toEqual(['src/decide/SPEC.md:2']);
  });
});
