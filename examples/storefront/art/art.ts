// Pictures of products and departments as small SVG files, drawn when they are first asked for. Their address
// holds a hash of what they show, so that a browser may keep them for ever.

import { createHash } from 'node:crypto';
import type { Department, Product } from '../shelf.ts';
import { type Glyph, dot } from './glyph.ts';
import { type Ink, hashOf, inkOf } from './ink.ts';
import { glyphOf, glyphOfRoot } from './shelves.ts';

const drawn = new Map<string, string>();
const addresses = new Map<string, string>();

/** Address of a product's picture. */
export function artOf({ id, path }: Pick<Product, 'id' | 'path'>): string {
  return addressOf(`p-${id}`, () => draw(id, glyphOf(id, path)));
}

export function artOfDepartment({ name, slug }: Department): string {
  return addressOf(`d-${slug}`, () => draw(name, glyphOfRoot(name)));
}

/** The drawing at an address that was given out; `undefined` for any other. */
export function drawingAt(file: string): string | undefined {
  return drawn.get(file);
}

function addressOf(key: string, make: () => string): string {
  const there = addresses.get(key);
  if (there !== undefined) return there;
  const svg = make();
  const file = `${createHash('sha256').update(svg).digest('hex').slice(0, 16)}.svg`;
  drawn.set(file, svg);
  addresses.set(key, `/art/${file}`);
  return `/art/${file}`;
}

/** Ground, a disc, a shadow, the thing; a little tilt and place from the id, so that a shelf looks alive. */
function draw(id: string, glyph: Glyph): string {
  const ink: Ink = inkOf(id);
  const hash = hashOf(id);
  const x = 60 + (hash % 9) * 10;
  const y = 60 + ((hash >>> 8) % 7) * 10;
  const tilt = ((hash >>> 16) % 9) - 4;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240"><rect width="240" height="240" fill="${ink.ground}"/>` +
    dot(x + 20, y + 20, 92, ink.disc) +
    `<ellipse cx="120" cy="202" rx="68" ry="9" fill="${ink.b}" opacity=".14"/>` +
    `<g transform="translate(20 20) rotate(${tilt} 100 110)">${glyph(ink)}</g></svg>`
  );
}
