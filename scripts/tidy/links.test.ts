import { describe, expect, it } from 'vitest';
import { links } from './links.ts';
import { placesFound } from './planted.ts';

const found = (text: string): readonly string[] =>
  placesFound(links, {
    'docs/a.md': text,
    'docs/b.md': '# Über uns, kurz\n\n## Two\n\n## Two\n',
    'src/x/y.ts': '',
  });

describe('links', () => {
  it('finds a link to a file or heading that does not exist', () => {
    expect(found('\nSee [c](c.md).')).toEqual(['docs/a.md:2']);
    expect(found('[b](b.md#three)')).toEqual(['docs/a.md:1']);
    expect(found('[here](#nowhere)')).toEqual(['docs/a.md:1']);
    expect(found('[c]: ../c.md')).toEqual(['docs/a.md:1']);
    expect(found('[x](../src/z)')).toEqual(['docs/a.md:1']);
  });

  it('allows files, folders, headings and the web', () => {
    expect(
      found('[b](b.md) [b](./b.md#über-uns-kurz) [b](b.md#two-1) [x](../src/x) [r](/docs/b.md)'),
    ).toEqual([]);
    expect(found('[w](https://example.org/x) [m](mailto:a@example.org)')).toEqual([]);
    expect(found('# Here\n[h](#here)')).toEqual([]);
  });

  it('does not read code', () => {
    expect(found('```\n[c](c.md)\n```\nand `[c](c.md)`')).toEqual([]);
  });
});
