// Goal: every product has a picture that belongs to its shelf, small and well-formed.

import { expect, it } from 'vitest';
import { CATALOGUE } from '../../../data/town/catalogue.ts';
import { artOf, drawingAt } from './art.ts';
import { household } from './household.ts';
import { glyphOf } from './shelves.ts';

const BYTES_MAX = 4000;

it('every product has a drawing of its own kind, none the parcel of a shelf that was forgotten', () => {
  const parcels = CATALOGUE.filter(({ id, path }) => glyphOf(id, path) === household.box);
  // Soap, balm, wipes and the like come in boxes.
  expect(parcels.filter(({ path }) => path[0] !== 'Pharmacy' && path[0] !== 'Baby')).toEqual([]);
});

it('a drawing is small, closed, and kept under an address that follows from what it shows', () => {
  for (const product of CATALOGUE) {
    const address = artOf(product);
    expect(artOf(product)).toBe(address);
    const svg = drawingAt(address.replace('/art/', '')) ?? '';
    expect(svg.startsWith('<svg ') && svg.endsWith('</svg>'), product.id).toBe(true);
    expect(svg, product.id).not.toMatch(/undefined|NaN|style=/);
    expect(svg.length, product.id).toBeLessThan(BYTES_MAX);
  }
  expect(drawingAt('nothing.svg')).toBeUndefined();
});
