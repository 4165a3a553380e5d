// Goal: a slip in a product table is found when it is read, with the line that has it.

import { expect, test } from 'vitest';
import { stock } from './shelf.ts';

const SHELF = '# A > B > Hats\n+ Scarves\n';

test('a table becomes products; what a product says of itself goes before what its shelf says', () => {
  const [one, two] = stock(
    `${SHELF}hat-a | A hat | 9.50 | Brand | 3\n  Warm.\nhat-b | B | 19.00 | Brand | 0\n  Warmer.\n  + hat-a`,
  );
  expect(one).toEqual({
    id: 'hat-a',
    title: 'A hat',
    description: 'Warm.',
    path: ['A', 'B', 'Hats'],
    priceMinor: 950,
    brand: 'Brand',
    stock: 3,
    complements: ['Scarves'],
    substituteGroup: 'hats',
  });
  expect(two).toMatchObject({ stock: 0, complements: ['hat-a'], substituteGroup: 'hats' });
});

test('`=` names the substitute group, `= each` says that nothing on the shelf replaces anything', () => {
  expect(stock(`${SHELF}= warm-heads\nhat-a | A | 1.00 | B | 1`)[0]?.substituteGroup).toBe('warm-heads');
  expect(stock(`${SHELF}= each\nhat-a | A | 1.00 | B | 1`)[0]?.substituteGroup).toBe('hat-a');
});

test.each([
  ['hat-a | A | 1.00 | B | 1', 'before any shelf'],
  [`${SHELF}Hat A | A | 1.00 | B | 1`, 'id of small letters'],
  [`${SHELF}hat-a | A | 1.0 | B | 1`, 'price in euro'],
  [`${SHELF}hat-a | A | 1.00 | B | many`, 'pieces in stock'],
  [`${SHELF}hat-a | A | 1.00 | B | 1 | more`, 'five columns'],
  [`${SHELF}hat-a | ${'A'.repeat(81)} | 1.00 | B | 1`, 'at most 80'],
  [`${SHELF}a description of nothing`, 'no product to describe'],
  [`${SHELF}hat-a | A | 1.00 | B | 1\n  One.\n  Two.`, 'no product to describe'],
])('a slip is shown: %#', (table, message) => {
  expect(() => stock(table)).toThrow(message);
});
