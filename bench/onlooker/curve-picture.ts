// The curve as a small SVG: numbers of proxies to the right, area under the ROC curve upwards.

import { PLANTED } from '../../data/town/truth.ts';
import type { Reached } from './attack.ts';

/** One point of the curve. */
export interface Point {
  readonly proxies: number;
  /** Within activity deciles, by class in the order of `PLANTED`. */
  readonly areas: readonly Reached[];
  /** Over what it is with no proxy vetoed, on targets that this many leave open. */
  readonly kept: number;
  /** The same over all targets: what is vetoed cannot be met. */
  readonly keptOfAll: number;
}

const WIDE = 640;
const HIGH = 300;
const LEFT = 56;
const RIGHT = 150;
const TOP = 24;
const BOTTOM = 48;
const AREA_FROM = 0.46;
/** One colour each for a class, told apart also without colours by their dashes. */
const LINES = [
  { colour: '#8a2f5d', dash: '' },
  { colour: '#1f5f8b', dash: '7 3' },
  { colour: '#3d6b21', dash: '2 3' },
] as const;

export function curvePicture(points: readonly Point[]): string {
  const most = Math.max(0.72, ...points.flatMap(({ areas }) => areas.map(({ high }) => high)));
  // The root spreads the first few proxies, which do nearly all.
  const x = (proxies: number): number =>
    LEFT + (Math.sqrt(proxies) / Math.sqrt(points.at(-1)?.proxies ?? 1)) * (WIDE - LEFT - RIGHT);
  const y = (area: number): number =>
    HIGH - BOTTOM - ((area - AREA_FROM) / (most - AREA_FROM)) * (HIGH - TOP - BOTTOM);
  const parts = [
    `<rect width="${WIDE}" height="${HIGH}" fill="#fff"/>`,
    ...[0.5, 0.52, 0.6, 0.7, 0.8, 0.9].filter((area) => area <= most).map((area) => rule(area, y(area))),
    ...points.map(({ proxies }) =>
      text({ x: x(proxies), y: HIGH - BOTTOM + 16, anchor: 'middle' }, `${proxies}`),
    ),
    text({ x: LEFT, y: HIGH - 10, anchor: 'start' }, 'proxies vetoed, strongest first'),
    text({ x: LEFT, y: 14, anchor: 'start' }, 'AUC of an onlooker within activity (0.5 = knows nothing)'),
    ...PLANTED.flatMap(({ name }, n) => line(points, { name, n, x, y })),
  ];
  const frame = `viewBox="0 0 ${WIDE} ${HIGH}" font-family="sans-serif" font-size="12"`;
  const label = 'aria-label="What an onlooker learns, by how many proxies are vetoed"';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${frame} role="img" ${label}>
${parts.join('\n')}
</svg>
`;
}

const round = (value: number): string => value.toFixed(1);

function rule(area: number, at: number): string {
  const dash = area === 0.52 ? ' stroke-dasharray="4 4"' : '';
  const stroke = area === 0.5 ? '#444' : '#ccc';
  return (
    `<path d="M${LEFT} ${round(at)}H${WIDE - RIGHT}" stroke="${stroke}"${dash}/>` +
    text({ x: LEFT - 8, y: at + 4, anchor: 'end' }, area.toFixed(2))
  );
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

function text({ x, y, anchor }: Spot, words: string): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${words}</text>`;
}

interface Drawing {
  readonly name: string;
  readonly n: number;
  readonly x: (proxies: number) => number;
  readonly y: (area: number) => number;
}

function line(points: readonly Point[], { name, n, x, y }: Drawing): readonly string[] {
  const { colour, dash } = LINES[n % LINES.length]!;
  const spots = points.map(
    ({ proxies, areas }) => `${round(x(proxies))} ${round(y(areas[n]?.within ?? 0.5))}`,
  );
  const bars = points.map(({ proxies, areas }) => {
    const { low = 0.5, high = 0.5 } = areas[n] ?? {};
    return `M${round(x(proxies))} ${round(y(low))}V${round(y(high))}`;
  });
  const at = 40 + n * 18;
  const pen = `fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"`;
  return [
    `<path d="M${spots.join('L')}" ${pen}/>`,
    `<path d="${bars.join('')}" stroke="${colour}" stroke-opacity=".35" stroke-width="3"/>`,
    `<path d="M${WIDE - RIGHT + 12} ${at}h22" ${pen}/>`,
    text({ x: WIDE - RIGHT + 40, y: at + 4, anchor: 'start' }, name),
  ];
}
