import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS_MAX, wrapComments, wrapLines } from './wrap.ts';

const words = (count: number, word = 'word'): string => Array.from({ length: count }, () => word).join(' ');
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('wrapping comments', () => {
  it('moves what does not fit to the next line of the paragraph', () => {
    const before = `// ${words(30)}\n// and on.\n\nexport {};\n`;
    const after = wrapComments('a.ts', before);
    expect(widest(after)).toBeLessThanOrEqual(COLUMNS_MAX);
    expect(after.split('\n')).toHaveLength(5);
    expect(after.replaceAll(/\s*\/\/\s*|\s+/g, ' ')).toBe(before.replaceAll(/\s*\/\/\s*|\s+/g, ' '));
  });

  it('opens a docstring of one line, and hangs the lines of a list under its text', () => {
    const doc = wrapComments('a.ts', `  /** ${words(30)} */\n  export const a = 1;\n`);
    expect(doc).toMatch(/^ {2}\/\*\*\n {3}\* word .*\n {3}\* word .*\n {3}\*\/\n {2}export const a = 1;\n$/);
    const list = wrapComments('a.ts', `// - ${words(30)}\n// - next\n`);
    expect(list).toMatch(/^\/\/ - word.*\n\/\/ {3}word.*\n\/\/ - next\n$/);
  });

  it('keeps a tag of a docstring apart from the text before it', () => {
    const after = wrapComments('a.ts', `/**\n * ${words(30)}\n * @param x\n */\n`);
    expect(after).toContain('\n * @param x\n');
  });

  it('puts a long comment behind code above it', () => {
    expect(wrapComments('a.ts', `  a(); // ${words(22)}\n`)).toBe(`  // ${words(21)}\n  // word\n  a();\n`);
  });

  it('leaves short comments, code, strings and directives as they are', () => {
    const source = [
      '#!/usr/bin/env node',
      `// ${words(10)}`,
      '',
      `export const a = '// ${words(40)}';`,
      '// short',
      `// oxlint-disable-next-line ${words(40)}`,
      `export const b = ${Array.from({ length: 60 }, () => '1').join(' + ')};`,
      '',
    ].join('\n');
    expect(wrapComments('a.ts', source)).toBe(source);
  });

  it('keeps the first line of a command when the comment under it is broken', () => {
    expect(wrapComments('a.mjs', `#!/usr/bin/env node\n// ${words(30)}\n`)).toMatch(
      /^#!\/usr\/bin\/env node\n\/\/ word/,
    );
  });

  it('loses no word, and is done the second time', () => {
    const line = fc
      .array(fc.stringMatching(/^[a-z]{1,20}$/), { maxLength: 60 })
      .map((list) => ` ${list.join(' ')}`);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const once = wrapLines(lines, 60);
        expect(once.join(' ').split(/\s+/)).toEqual(lines.join(' ').split(/\s+/));
        expect(wrapLines(once, 60)).toEqual(once);
        expect(Math.max(0, ...once.map((text) => text.length))).toBeLessThanOrEqual(60);
      }),
    );
  });
});
