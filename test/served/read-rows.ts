// Rows of a test, read by `evaluate` from files as a shopkeeper would bring them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EvaluationData, loadData } from '../../src/surfaces/cli/evaluate/data.ts';

export interface Row {
  readonly person: string;
  readonly item: string;
  readonly timeMs: number;
  /** Absent where nobody asks for baskets. */
  readonly basket?: string;
}

export async function readRows(
  rows: readonly Row[],
  { task, k }: { readonly task: 'basket' | 'session' | 'topn'; readonly k: number },
): Promise<EvaluationData> {
  const folder = mkdtempSync(join(tmpdir(), 'served-'));
  const write = (name: string, some: readonly Row[]): string => {
    const head = ['person', 'item', 'time', ...(task === 'basket' ? ['basket'] : [])];
    const lines = some.map((row) =>
      [row.person, row.item, row.timeMs / 1000, row.basket].slice(0, head.length),
    );
    const text = [head, ...lines].map((cells) => cells.join(',')).join('\n');
    writeFileSync(join(folder, name), `${text}\n`);
    return join(folder, name);
  };
  const files = { train: write('train.csv', rows), test: write('test.csv', rows.slice(0, 1)) };
  const rest = { history: undefined, catalog: undefined, peopleMin: 3, seed: 1, json: true };
  const data = await loadData({ task, k, report: undefined, ...files, ...rest });
  rmSync(folder, { recursive: true });
  return data;
}
