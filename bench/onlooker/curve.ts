// The whole curve: how many proxies are vetoed, strongest first → what an onlooker still learns, and what
// relevance is left. Written as a table and as a picture.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLANTED } from '../../data/town/truth.ts';
import { type GuardDomain, findProxies } from '../../src/learn/proxies/find-proxies.ts';
import type { GuardCounts } from '../../src/learn/proxies/guard-counts.ts';
import { type Shadow, shadowOf } from '../../src/facts/shadow.ts';
import { type ModelKind, type Split, armOf } from './arms.ts';
import { type AttackSet, attack } from './attack.ts';
import { type Point, curvePicture } from './curve-picture.ts';
import { listsOf } from './lists.ts';
import { ndcgOf } from './relevance.ts';
import { short } from './report.ts';
import type { TownLog } from './town-log.ts';

/** Numbers of proxies that are vetoed; 16 were planted that no class covers anyway. */
const STRENGTHS = [0, 1, 2, 4, 8, 16, 24, 40] as const;

export interface CurveJob {
  readonly town: TownLog;
  readonly split: Split;
  readonly counts: GuardCounts;
  readonly domain: GuardDomain;
  readonly seed: number;
  readonly python: string;
  readonly folder: string;
  /** Lists of each person that the attackers see. */
  readonly weeks: number;
  /** Where the picture goes. */
  readonly picture: string;
  readonly kind: ModelKind;
}

export async function curve(job: CurveJob): Promise<void> {
  const { town, split, weeks, seed, kind } = job;
  const worlds = STRENGTHS.map((top) => ({ top, shadow: shadowWith(job, top) }));
  const arms = worlds.map(({ shadow }) => armOf('shadow', { town, split, shadow, tilts: [], kind }));
  const once = listsOf(town, { split, arms, weeks: 1 });
  const seen = weeks === 1 ? once : listsOf(town, { split, arms, weeks });
  const sets = worlds.map(({ top }, n): AttackSet => ({
    name: `top-${top}`,
    weeks,
    lists: seen[n]!,
    attackers: ['LR'],
  }));
  const reached = await attack(job.python, { folder: job.folder, town, sets, seed });
  const points = worlds.map(({ top, shadow }, n): Point => {
    const open = (thing: number): boolean => !shadow.classes.has(town.items[thing]?.id ?? '');
    const ratio = (counts: (thing: number) => boolean): number =>
      ndcgOf(once[n]!, split.targets, counts).ndcg / ndcgOf(once[0]!, split.targets, counts).ndcg;
    return {
      proxies: top,
      areas: PLANTED.flatMap(({ name }) =>
        reached.filter((one) => one.set === `top-${top}` && one.class === name),
      ),
      kept: ratio(open),
      keptOfAll: ratio(() => true),
    };
  });
  print(points);
  writeFileSync(job.picture, curvePicture(points));
}

/** Unknown things stay in: here only the number of proxies changes. */
function shadowWith({ counts, domain }: CurveJob, top: number): Shadow {
  const found = findProxies(counts, domain, { choose: { top } });
  return shadowOf({ ...found, known: domain.items.map(({ item }) => item) });
}

function print(points: readonly Point[]): void {
  const names = PLANTED.map(({ name }) => name);
  const lines = points.map(({ proxies, areas, kept, keptOfAll }) => {
    const cells = areas.map(({ within, low, high }) => `${short(within)} [${short(low)}–${short(high)}]`);
    const gains = [kept, keptOfAll].map((share) => `${(100 * share).toFixed(1)} %`);
    return `| ${[proxies, ...cells, ...gains].join(' | ')} |`;
  });
  const head = `| proxies vetoed | ${names.join(' | ')} | NDCG@10 kept, open targets | all targets |`;
  process.stdout.write(
    `${[head, `| --- |${names.map(() => ' --- |').join('')} --- | --- |`, ...lines].join('\n')}\n`,
  );
}

/** The default place of the picture. */
export const PICTURE = join(import.meta.dirname, '../../docs/pictures/the-line.svg');
