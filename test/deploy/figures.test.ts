// Goal: no alert sleeps and no picture stays empty because a figure has another name. Method: every name in
// the files for operators is looked up in what a server tells.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemory } from '../../src/presets/memory.ts';
import { CONTRACT, ROUTE_NAMES } from '../../src/surfaces/http/contract.ts';
import { createHttp, createKeys } from '../../src/surfaces/http/http.ts';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<string, string>>;
}
interface Board {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

const read = (name: string): string => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');
const { groups } = parse(read('prometheus/alerts.yaml')) as {
  readonly groups: readonly { readonly rules: readonly Alert[] }[];
};
const alerts = groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(read('grafana/fineline.json')) as Board;
const asked = [
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

let told: ReadonlySet<string>;
let close = (): Promise<void> => Promise.resolve();

beforeAll(async () => {
  const memory = await openMemory();
  const { plain, hashed } = createKeys(memory.world.entropy);
  const { engine, tokenSecret } = memory;
  const stream = () => ({ state: 'open', partitions: 0 }) as const;
  const http = createHttp({ engine, keys: hashed, tokenSecret, processMetrics: true, stream });
  close = () => memory.close();
  const headers = { authorization: `Bearer ${plain.admin}` };
  const text = await (await http.fetch(new Request('http://shop.test/metrics', { headers }))).text();
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  told = new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ),
  );
});
afterAll(() => close());

describe('alerts and pictures for operators', () => {
  it.each(asked)('%s asks for figures and routes that there are', (_, expr) => {
    const names = [...expr.matchAll(/fineline_[a-z0-9_]+/g)].map(([name]) => name);
    expect(names.filter((name) => !told.has(name))).toEqual([]);
    expect(names.length > 0 || expr.startsWith('up{')).toBe(true);
    const routes = ROUTE_NAMES.map((name) => `${CONTRACT[name].method} ${CONTRACT[name].path}`);
    const named = [...expr.matchAll(/route="([^"]+)"/g)].map(([, route]) => route);
    expect(routes).toEqual(expect.arrayContaining(named));
  });

  it('every alert says what happened and what to do', () => {
    for (const { alert, annotations } of alerts)
      expect([alert, annotations['summary'] ?? '', annotations['remedy'] ?? '']).not.toContain('');
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it('the service stays within its folder, and stops by the signal that finishes what is under way', () => {
    const unit = read('systemd/fineline.service');
    for (const line of ['ProtectSystem=strict', 'StateDirectoryMode=0700', 'KillSignal=SIGTERM'])
      expect(unit).toContain(`\n${line}\n`);
    expect(parse(read('compose.yaml'))).toMatchObject({
      services: { fineline: { read_only: true, cap_drop: ['ALL'] } },
    });
  });
});
