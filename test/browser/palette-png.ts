// Makes a screenshot small: a PNG of full colour becomes one of a palette. Flat drawings and text have few
// colours that matter; the most frequent ones stay, every other takes the nearest of them. PNG as in RFC
// 2083.

import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS_MAX = 96;
/** Colours are told apart by so many bits of each channel. */
const BITS = 5;

interface Image {
  readonly width: number;
  readonly height: number;
  /** RGB. */
  readonly pixels: Uint8Array;
}

export function palettePng(png: Uint8Array): Uint8Array {
  return write(read(Buffer.from(png)));
}

/** 8 bits, RGB or RGBA, not interlaced: what Chromium writes. */
function read(png: Buffer): Image {
  const parts: Buffer[] = [];
  let [width, height, channels] = [0, 0, 3];
  for (let at = SIGNATURE.length; at < png.length;) {
    const size = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + size);
    if (type === 'IHDR') {
      [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
      channels = data[9] === 6 ? 4 : 3;
    } else if (type === 'IDAT') parts.push(data);
    at += size + 12;
  }
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(parts)), { width, height, channels }) };
}

function unfilter(
  raw: Buffer,
  { width, height, channels }: { readonly width: number; readonly height: number; readonly channels: number },
): Uint8Array {
  const stride = width * channels;
  const rows = new Uint8Array(height * stride);
  const pixels = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < channels ? 0 : (rows[at - channels] ?? 0);
      const up = y === 0 ? 0 : (rows[at - stride] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (rows[at - stride - channels] ?? 0);
      rows[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, { left, up, corner });
    }
    for (let x = 0; x < width * 3; x += 1)
      pixels[y * width * 3 + x] = rows[y * stride + Math.floor(x / 3) * channels + (x % 3)] ?? 0;
  }
  return pixels;
}

function predicted(
  filter: number,
  { left, up, corner }: { readonly left: number; readonly up: number; readonly corner: number },
): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((one) => Math.abs(left + up - corner - one));
  if ((toLeft ?? 0) <= (toUp ?? 0) && (toLeft ?? 0) <= (toCorner ?? 0)) return left;
  return (toUp ?? 0) <= (toCorner ?? 0) ? up : corner;
}

function write({ width, height, pixels }: Image): Uint8Array {
  const { palette, indexOf } = paletteOf(pixels);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = indexOf((y * width + x) * 3);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

type Colour = readonly [red: number, green: number, blue: number];

/** The most frequent colours, and the place of the nearest one for each pixel. */
function paletteOf(pixels: Uint8Array): {
  readonly palette: readonly Colour[];
  readonly indexOf: (at: number) => number;
} {
  const colourAt = (at: number): Colour => [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
  const bucketOf = ([red, green, blue]: Colour): number =>
    ((red >> (8 - BITS)) << (2 * BITS)) | ((green >> (8 - BITS)) << BITS) | (blue >> (8 - BITS));
  // In each bucket its most frequent colour speaks for it, so that large flat areas keep theirs exactly.
  const buckets = new Map<number, Map<number, number>>();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = colourAt(at);
    const exact = (colour[0] << 16) | (colour[1] << 8) | colour[2];
    const bucket = buckets.get(bucketOf(colour)) ?? new Map<number, number>();
    buckets.set(bucketOf(colour), bucket.set(exact, (bucket.get(exact) ?? 0) + 1));
  }
  const ranked = [...buckets.values()]
    .map((bucket) => {
      const [first] = [...bucket].sort((a, b) => b[1] - a[1]);
      return { exact: first?.[0] ?? 0, count: [...bucket.values()].reduce((sum, one) => sum + one, 0) };
    })
    .sort((a, b) => b.count - a.count);
  const palette = ranked
    .slice(0, COLOURS_MAX)
    .map(({ exact }): Colour => [exact >> 16, (exact >> 8) & 255, exact & 255]);
  const nearest = new Map<number, number>();
  return {
    palette,
    indexOf: (at) => {
      const colour = colourAt(at);
      const exact = (colour[0] << 16) | (colour[1] << 8) | colour[2];
      const there = nearest.get(exact);
      if (there !== undefined) return there;
      const distances = palette.map((one) =>
        one.reduce((sum, part, n) => sum + (part - (colour[n] ?? 0)) ** 2, 0),
      );
      const index = distances.indexOf(Math.min(...distances));
      nearest.set(exact, index);
      return index;
    },
  };
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}
