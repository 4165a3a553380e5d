// Goal: every product has a picture that belongs to its shelf, small and well-formed.

import { expect, it } from 'vitest';
import { CATALOGUE } from '../../../data/town/catalogue.ts';
import { artOf, drawingAt } from './art.ts';
import { clothing } from './clothing.ts';
import { household } from './household.ts';
import { kitchen } from './kitchen.ts';
import { leisure } from './leisure.ts';
import { glyphOf } from './shelves.ts';
import { smallThings } from './small-things.ts';

const BYTES_MAX = 4000;

it('every product has a drawing of its own kind, none the parcel of a shelf that was forgotten', () => {
  const parcels = CATALOGUE.filter(({ id, path }) => glyphOf(id, path) === household.box);
  // Soap, balm, wipes and the like come in boxes.
  expect(parcels.filter(({ path }) => path[0] !== 'Pharmacy' && path[0] !== 'Baby')).toEqual([]);
});

const pathOf = (id: string): readonly string[] => CATALOGUE.find((product) => product.id === id)?.path ?? [];

it.each([
  ['rain-boots-pier', smallThings.wellies],
  ['rain-trousers-over', clothing.trousers],
  ['hat-kids-bear', clothing.hat],
  ['soap-olive', smallThings.soap],
  // Words that stand inside others: a light in a lighthouse and a buggy, a scale in a descaler, a flask in a
  // thermostat, cheese in a cake, a lock in blocks, a kettle in a kettlebell.
  ['book-summer-lighthouse', leisure.book],
  ['buggy-city-light', household.pram],
  ['descaler', household.tube],
  ['thermostat-radiator', household.meter],
  ['cheesecake-slice', kitchen.cake],
  ['blocks-beech-thirty', smallThings.blocks],
  ['kettlebell-12', leisure.weights],
  ['film-lantern-school', leisure.film],
])('%s is drawn as what it is, not as what else lies on its shelf or sounds in its name', (id, glyph) => {
  expect(pathOf(id)).not.toEqual([]);
  expect(glyphOf(id, pathOf(id))).toBe(glyph);
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
