/*
 * The answer of `fineline evaluate`, for machines (JSON) and for people (a table).
 */

/** One evaluation; the fields are explained in `help.ts`. */
export type Report = {
  readonly task: string;
  readonly k: number;
  readonly people: number;
  readonly items: number;
  readonly interactions: number;
  readonly recall: number;
  readonly ndcg: number;
  readonly mrr: number;
  readonly hitRate: number;
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
};

/** Two columns, one field a line. */
export function reportTable(report: Report): string {
  const lines = Object.entries(report).map(([name, value]) => {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return `${name.padEnd(18)} ${text}`;
  });
  return `${lines.join('\n')}\n`;
}
