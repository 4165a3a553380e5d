/*
 * The report of `fineline evaluate` as a page to keep or to show: the figures with their intervals beside
 * what popular things alone would have reached, and a plot of how soon targets are found.
 */
import { type Figures, MEASURES } from './metrics.ts';
import type { Report } from './report.ts';

const WIDE = 640;
const HIGH = 300;
const LEFT = 48;
const RIGHT = 16;
const TOP = 16;
const BOTTOM = 44;

const NAMES: Readonly<Record<keyof Figures, string>> = {
  recall: 'Recall: share of the targets that are in the list',
  ndcg: 'NDCG: the same, counting more the higher they stand',
  mrr: 'MRR: 1 / place of the first hit',
  hitRate: 'Hit rate: lists with at least one hit',
};

/** One HTML document; nothing in it is loaded from elsewhere, and nothing runs. */
export function reportPage(report: Report): string {
  const { task, k, people, predictions, items, interactions, minPeople } = report;
  const about =
    `${predictions} lists of ${k} for ${people} people, from ${interactions} rows and ${items} things; ` +
    `weights rest on at least ${minPeople} people.`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Evaluation: ${escaped(task)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; }
td.figure { white-space: nowrap; }
svg { max-width: 100%; height: auto; } code { overflow-wrap: anywhere; }
</style>
<h1>Evaluation: ${escaped(task)}</h1>
<p>${about}</p>
<table>
<tr><th>Figure<th class="figure">Value<th class="figure">95 % interval<th class="figure">Popular things alone
${MEASURES.map((name) => row(report, name)).join('\n')}
</table>
${partsTable(report)}<h2>How soon targets are found</h2>
${plot(report)}
<p>Share of the targets within the first places. Solid: the model; dashed: popular things alone.</p>
<h2>The rest</h2>
<table>
${others(report)
  .map(([name, value]) => `<tr><th>${escaped(name)}<td><code>${escaped(value)}</code>`)
  .join('\n')}
</table>
</html>
`;
}

function row({ intervals, popular, ...report }: Report, name: keyof Figures): string {
  const [low, high] = intervals[name];
  const cells = [report[name].toFixed(4), `${low.toFixed(4)}–${high.toFixed(4)}`, popular[name].toFixed(4)];
  return `<tr><td>${NAMES[name]}${cells.map((cell) => `<td class="figure">${cell}`).join('')}`;
}

function partsTable({ repeat, explore }: Report): string {
  if (repeat === undefined || explore === undefined) return '';
  const line = (label: string, { recall, hitRate, lists }: typeof repeat): string =>
    `<tr><td>${label}<td class="figure">${recall.toFixed(4)}<td class="figure">${hitRate.toFixed(4)}` +
    `<td class="figure">${lists}`;
  return `<h2>Habits and news</h2>
<table>
<tr><th>Targets<th class="figure">Recall<th class="figure">Hit rate<th class="figure">Lists
${line('had before', repeat)}
${line('new to the person', explore)}
</table>
`;
}

function others(report: Report): readonly (readonly [string, string])[] {
  const shown = new Set<string>(['intervals', 'recallAt', 'popular', 'repeat', 'explore', ...MEASURES]);
  return Object.entries(report).flatMap(([name, value]) =>
    shown.has(name) ? [] : [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]],
  );
}

function plot({ k, recallAt, popular }: Report): string {
  const most = Math.max(0.01, ...recallAt, ...popular.recallAt) * 1.05;
  const x = (place: number): number => LEFT + (place / k) * (WIDE - LEFT - RIGHT);
  const y = (recall: number): number => HIGH - BOTTOM - (recall / most) * (HIGH - TOP - BOTTOM);
  const line = (values: readonly number[], dash: string): string => {
    const spots = [0, ...values].map((recall, place) => `${x(place).toFixed(1)} ${y(recall).toFixed(1)}`);
    const pen = `fill="none" stroke="#1f5f8b" stroke-width="2" stroke-dasharray="${dash}"`;
    return `<path d="M${spots.join('L')}" ${pen}/>`;
  };
  const rules = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = y(share * most).toFixed(1);
    return (
      `<path d="M${LEFT} ${at}H${WIDE - RIGHT}" stroke="#ccc"/>` +
      `<text x="${LEFT - 8}" y="${Number(at) + 4}" text-anchor="end">${(share * most).toFixed(3)}</text>`
    );
  });
  const places = [...new Set([1, Math.ceil(k / 4), Math.ceil(k / 2), Math.ceil((3 * k) / 4), k])].map(
    (place) =>
      `<text x="${x(place).toFixed(1)}" y="${HIGH - BOTTOM + 18}" text-anchor="middle">${place}</text>`,
  );
  const label = 'aria-label="Share of the targets found within the first places of the list"';
  const frame = `viewBox="0 0 ${WIDE} ${HIGH}" font-family="sans-serif" font-size="12"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${frame} role="img" ${label}>
<rect width="${WIDE}" height="${HIGH}" fill="#fff"/>
${[...rules, ...places].join('\n')}
<text x="${LEFT}" y="${HIGH - 8}">places of the list</text>
${line(popular.recallAt, '5 4')}
${line(recallAt, '')}
</svg>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
