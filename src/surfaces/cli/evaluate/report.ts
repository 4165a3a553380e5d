/*
 * The answer of `fineline evaluate`, for machines (JSON) and for people (a table; a page in report-page.ts).
 */
import { type Figures, MEASURES } from './metrics.ts';
import type { Intervals } from './people-scores.ts';
import type { PartFigures } from './repeats.ts';

/** One evaluation; the fields are explained in `help.ts`. */
export type Report = Figures & {
  readonly task: string;
  readonly k: number;
  readonly people: number;
  readonly items: number;
  readonly interactions: number;
  readonly coverage: number;
  readonly learnSeconds: number;
  readonly decisionMicrosP50: number;
  readonly decisionMicrosP99: number;
  readonly peakMemoryMiB: number;
  readonly minPeople: number;
  readonly seed: number;
  readonly model: Record<string, unknown>;
  readonly predictions: number;
  readonly peopleUnseen: number;
  readonly intervals: Intervals;
  readonly recallAt: readonly number[];
  readonly popular: Figures & { readonly recallAt: readonly number[] };
  readonly repeat?: PartFigures;
  readonly explore?: PartFigures;
};

const FIRST = ['task', 'k', 'people', 'items', 'interactions', ...MEASURES, 'coverage', 'learnSeconds'];

/** The same report with its fields in the order of the contract. */
export function ordered(report: Report): Report {
  const first = FIRST.map((name) => [name, report[name as keyof Report]]);
  // The fields are those of the report, only the order changes.
  return { ...Object.fromEntries(first), ...report } as Report;
}

/** `0.123456` with up to six digits. */
export function rounded(value: number, digits = 6): number {
  return Number(value.toFixed(digits));
}

export function roundedFigures({ recall, ndcg, mrr, hitRate }: Figures): Figures {
  return {
    recall: rounded(recall),
    ndcg: rounded(ndcg),
    mrr: rounded(mrr),
    hitRate: rounded(hitRate),
  };
}

/** Figures with what they could have been, then the other fields, one a line. */
export function reportTable(report: Report): string {
  const { intervals, recallAt: _curve, popular, repeat, explore, ...rest } = report;
  const figures = MEASURES.map((name) => {
    const [low, high] = intervals[name];
    const between = `${low.toFixed(4)}–${high.toFixed(4)}`;
    return `${name.padEnd(18)} ${report[name].toFixed(4)}  ${between}     ${popular[name].toFixed(4)}`;
  });
  const parts = Object.entries({ repeat, explore }).flatMap(([name, part]) => {
    if (part === undefined) return [];
    const { recall, hitRate, lists } = part;
    return [`${name.padEnd(18)} recall ${recall.toFixed(4)}, hit rate ${hitRate.toFixed(4)}, ${lists} lists`];
  });
  const others = Object.entries(rest).flatMap(([name, value]) =>
    MEASURES.some((measure) => measure === name)
      ? []
      : [`${name.padEnd(18)} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`],
  );
  const head = `${' '.repeat(19)}value   95 % interval     popular things alone`;
  return `${[head, ...figures, ...parts, ...others].join('\n')}\n`;
}
