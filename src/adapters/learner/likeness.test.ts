// Goal: with the catalogue's words in the model, whoever leaves is gone from it as from any other. Method: a
// shop of series against one that never met who left, and against the model that served meanwhile.

import { describe, expect, it } from 'vitest';
import { type ItemModel, decodeModel } from '../../facts/model.ts';
import { withoutEdges } from '../../facts/model-without.ts';
import type { Fallen, FitOptions, Fitted, PersonKey, Share } from '../../engine/ports.ts';
import { seededRandom } from '../../kernel/random.ts';
import { describedText } from '../../learn/described.ts';
import { finish } from '../../learn/models/sparse-form.ts';
import { type Statistics, createStatistics } from './statistics.ts';

const SERIES = 40;
const random = seededRandom(12);
const HELD = Array.from({ length: 600 }, () => {
  const series = random.below(SERIES);
  const own = new Set([`t${random.below(SERIES)}-0`]);
  while (own.size < 4) own.add(`t${series}-${random.below(10)}`);
  return [...own].sort();
});
const ALL = [...HELD.keys()];
const LEAVING = ALL.filter((who) => who % 30 === 4);
const keyOf = (who: number): PersonKey => String(who).padStart(32, '0') as PersonKey;
const DESCRIBED = describedText(
  Array.from({ length: SERIES * 10 }, (_, n) => {
    const series = Math.floor(n / 10);
    const title = `word${String.fromCharCode(97 + (series % 26))}${series}x`;
    return [`t${series}-${n % 10}`, { title, path: [], available: true }] as const;
  }),
);
const OPTIONS: FitOptions = {
  ...{ minPeople: 3, nowMs: 5, leafOf: new Map(), described: [DESCRIBED] },
  nextClick: true,
};

/** Looked at in turn, and all bought. */
function shareOf(who: number): Share {
  const items = HELD[who]!;
  return { items, sessions: [items] };
}

/** The models with likeness, and what a fall of their weights is called. */
const MODELS = [
  ['model', 'pairs'],
  ['nextClick', 'clicks'],
] as const;

function of(people: readonly number[]): Statistics {
  const statistics = createStatistics();
  const changes = people.map((who) => [keyOf(who), shareOf(who)] as const);
  statistics.handle({ kind: 'changes', changes });
  return statistics;
}

function forget(statistics: Statistics, who: number): Fallen {
  return statistics.handle({ kind: 'forget', id: 1, person: keyOf(who), minPeople: 3, had: [] }) as Fallen;
}

function fit(statistics: Statistics): Fitted {
  return finish(statistics.fitSteps(OPTIONS));
}

function read(bytes: Uint8Array): ItemModel {
  const model = decodeModel(bytes);
  if (!model.ok) throw new Error(model.error);
  return model.value;
}

describe.each(MODELS)('likeness in statistics: %s', (which, fallen) => {
  it('[L107] a model made after people left is that of a world that never met them', () => {
    const statistics = of(ALL);
    const before = read(fit(statistics)[which]);
    expect(before.isLikeness?.some((one) => one === 1)).toBe(true);
    for (const who of LEAVING) forget(statistics, who);
    const after = read(fit(statistics)[which]);
    expect(after.id).toBe(read(fit(of(ALL.filter((who) => !LEAVING.includes(who))))[which]).id);
    expect(after.id).not.toBe(before.id);
  });

  it('[L107] who leaves takes what rests on people, and no likeness between things that are left', () => {
    const statistics = of(ALL);
    const model = read(fit(statistics)[which]);
    const pairs = LEAVING.flatMap((who) => forget(statistics, who)[fallen] ?? []);
    const left = withoutEdges(model, pairs);
    const gone = new Set(pairs.filter(([a, b]) => a === b).map(([id]) => id));
    let fell = 0;
    for (const [source, from] of model.itemIds.entries()) {
      for (let at = model.offsets[source]!; at < model.offsets[source + 1]!; at += 1) {
        if (left.weights[at] === model.weights[at]) continue;
        fell += 1;
        const to = model.itemIds[model.targets[at]!]!;
        expect(model.isLikeness![at] === 0 || gone.has(from) || gone.has(to)).toBe(true);
      }
    }
    expect(fell).toBeGreaterThan(0);
  });

  it('[L107] who leaves while models are made is gone from them alike', () => {
    const plain = of(ALL);
    const model = read(fit(plain)[which]);
    const pairs = LEAVING.flatMap((who) => forget(plain, who)[fallen] ?? []);
    const statistics = of(ALL);
    const steps = statistics.fitSteps(OPTIONS);
    for (let n = 0; n < 3; n += 1) expect(steps.next().done).toBe(false);
    for (const who of LEAVING) forget(statistics, who);
    expect(read(finish(steps)[which]).id).toBe(withoutEdges(model, pairs).id);
  });

  it('[L107] the model in service, taken up again, tells of the same falls', () => {
    const statistics = of(ALL);
    const fitted = fit(statistics);
    const again = of(ALL);
    again.handle({ kind: 'adopt', ...fitted });
    for (const who of LEAVING.slice(0, 5))
      expect(forget(again, who)[fallen]).toEqual(forget(statistics, who)[fallen]);
  });
});
