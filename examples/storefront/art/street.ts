// The picture of the home page: a street of the town on a winter evening, drawn from a list of houses.

import { box, dot, line, path } from './glyph.ts';

interface House {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly wall: string;
  readonly roof: string;
  readonly awning: string;
}

const GROUND = 330;

const HOUSES: readonly House[] = [
  { x: 10, width: 104, height: 176, wall: '#d9805f', roof: '#7c3f33', awning: '#f3dfc1' },
  { x: 120, width: 122, height: 214, wall: '#e9c46a', roof: '#6d5236', awning: '#b23a3a' },
  { x: 248, width: 110, height: 160, wall: '#7fa99b', roof: '#33524c', awning: '#f3dfc1' },
  { x: 364, width: 130, height: 224, wall: '#c9ada7', roof: '#55444a', awning: '#2f5d73' },
  { x: 500, width: 96, height: 182, wall: '#8fa6c4', roof: '#38496b', awning: '#e3a24b' },
];

const SNOW: readonly (readonly [number, number])[] = [
  [40, 60],
  [92, 28],
  [150, 70],
  [214, 36],
  [270, 84],
  [318, 30],
  [356, 66],
  [430, 40],
  [486, 88],
  [534, 34],
  [580, 74],
  [24, 120],
  [196, 98],
  [300, 128],
  [508, 132],
  [246, 56],
  [402, 96],
  [120, 110],
];

export const STREET: string =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 610 380" role="img">' +
  '<rect width="610" height="380" fill="#27404f"/>' +
  '<path d="M0 240 Q110 150 230 220 Q330 130 470 200 Q550 160 610 210 V380 H0Z" fill="#33546352"/>' +
  dot(512, 70, 32, '#f7e7c1') +
  dot(524, 62, 28, '#27404f') +
  HOUSES.map(house).join('') +
  '<path d="M0 326 H610 V380 H0Z" fill="#f4efe6"/><path d="M0 344 Q160 330 320 346 T610 338 V380 H0Z" fill="#e3dccf"/>' +
  tree(244, 300) +
  tree(600, 292) +
  lantern(116) +
  lantern(360) +
  SNOW.map(([x, y], at) => dot(x, y, at % 3 === 0 ? 3.4 : 2.4, '#ffffff')).join('') +
  '</svg>';

function house({ x, width, height, wall, roof, awning }: House): string {
  const top = GROUND - height;
  const middle = x + width / 2;
  const windows = [];
  for (let y = top + 22; y < GROUND - 90; y += 48) {
    for (const at of [0.2, 0.6]) {
      const left = x + width * at;
      windows.push(
        box(left, y, width * 0.2, 30, '#fbe3a4', 3),
        line(`M${left + width * 0.1} ${y} v30`, wall, 3),
      );
    }
  }
  const stripes = [0, 1, 2, 3, 4].map((n) => {
    const left = x + 8 + ((width - 16) / 5) * n;
    return box(left, GROUND - 76, (width - 16) / 5, 20, n % 2 === 0 ? awning : '#fffaf1', 0);
  });
  return (
    path(`M${x - 6} ${top} L${middle} ${top - 46} L${x + width + 6} ${top}Z`, roof) +
    path(
      `M${middle - 34} ${top - 20} L${middle} ${top - 46} L${middle + 34} ${top - 20} Q${middle} ${top - 32} ${middle - 34} ${top - 20}Z`,
      '#fffaf1',
    ) +
    box(x, top, width, height, wall, 0) +
    windows.join('') +
    box(x + 12, GROUND - 58, width * 0.5, 44, '#fff0c4', 3) +
    box(x + width - 36, GROUND - 60, 26, 60, roof, 3) +
    dot(x + width - 15, GROUND - 28, 2.5, awning) +
    stripes.join('')
  );
}

function tree(x: number, y: number): string {
  return (
    box(x - 4, y + 20, 8, 26, '#5a3a27', 0) +
    path(
      `M${x} ${y - 62} L${x + 26} ${y - 14} H${x + 12} L${x + 34} ${y + 26} H${x - 34} L${x - 12} ${y - 14} H${x - 26}Z`,
      '#2f5a49',
    ) +
    path(`M${x} ${y - 62} L${x + 13} ${y - 38} Q${x} ${y - 44} ${x - 13} ${y - 38}Z`, '#fffaf1')
  );
}

function lantern(x: number): string {
  return (
    line(`M${x} 330 V236`, '#1a2a33', 5) +
    dot(x, 226, 22, '#f7dc8f40') +
    box(x - 8, 214, 16, 24, '#f7dc8f', 4) +
    line(`M${x - 10} 213 H${x + 10}`, '#1a2a33', 5)
  );
}
