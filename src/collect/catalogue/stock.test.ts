import { describe, expect, it } from 'vitest';
import type { Item } from '../../facts/item.ts';
import { createCatalogueReader } from './catalogue.ts';

function read(text: string, reader = createCatalogueReader()): readonly Item[] {
  return [...reader.push(text), ...reader.end()];
}

describe('stock and margin', () => {
  it('[C30] reads stock and margin as numbers, and stock as a word where it stands alone', () => {
    const rows = (header: string, ...lines: string[]): readonly Item[] =>
      read(lines.reduce((text, line, at) => `${text}\ni${at},I,${line}`, `id,title,${header}`));
    const numbers = (items: readonly Item[]) =>
      items.map(({ available, stock, marginPercent }) => [available, stock, marginPercent]);
    expect(numbers(rows('stock', '12', '0', 'in stock', 'sold out', '', '-3'))).toEqual([
      [true, 12, undefined],
      [false, 0, undefined],
      [true, undefined, undefined],
      [false, undefined, undefined],
      [true, undefined, undefined],
      [false, undefined, undefined],
    ]);
    expect(numbers(rows('availability,stock', 'in stock,0', 'out of stock,7', ',0'))).toEqual([
      [true, 0, undefined],
      [false, 7, undefined],
      [false, 0, undefined],
    ]);
    const text = 'id,title,margin_percent\na,A,32.5\nb,B,-12 %\nc,C,101\nd,D,a lot\n';
    expect(read(text).map(({ marginPercent }) => marginPercent)).toEqual([32.5, -12, undefined, undefined]);
    const reader = createCatalogueReader();
    read(text, reader);
    expect(reader.summary().problems.map((found) => found.field)).toEqual([
      'line 4/margin_percent',
      'line 5/margin_percent',
    ]);
  });
});
