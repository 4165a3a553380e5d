// node bench/growth/learn-one.ts PEOPLE STREETS MIN_PEOPLE DAYS: learns from one town, and prints what it
// took as one JSON object. Part of bench/growth/main.ts.

import { generateTown } from '../../data/town/generate.ts';
import { wasmCompute } from '../../src/adapters/wasm/compute.ts';
import { alone } from '../../src/learn/crew/crew.ts';
import { encodeModel } from '../../src/facts/model.ts';
import { type ItemContact, contributionOf } from '../../src/learn/contribution.ts';
import { finish } from '../../src/learn/models/sparse-form.ts';
import { type NamedPeople, namePeople } from '../../src/learn/recipes/held-out-things.ts';
import { serveForYouSteps } from '../../src/learn/serve-for-you.ts';

const END_MS = Date.UTC(2026, 1, 1);
const MIB_PER_KIB = 1 / 1024;

const [people = 2000, streets = 1, minPeople = 3, days = 180] = process.argv.slice(2).map(Number);
const named = townOf();
const townMib = peakMib();
const startedAt = process.cpuUsage();
const model = finish(serveForYouSteps(named, { minPeople, nowMs: END_MS, crew: alone(wasmCompute()) }));
const { user, system } = process.cpuUsage(startedAt);
console.log(
  JSON.stringify({
    bought: named.people.indices.length,
    things: named.itemIds.length,
    weights: model.targets.length,
    modelBytes: encodeModel(model).length,
    learnSeconds: (user + system) / 1e6,
    townMib,
    peakMib: peakMib(),
    kind: model.kind,
  }),
);

function peakMib(): number {
  return process.resourceUsage().maxRSS * MIB_PER_KIB;
}

/** Who bought what, and when last; whoever is the n-th to buy lives in street n modulo their number. */
function townOf(): NamedPeople {
  const bought = new Map<string, ItemContact[]>();
  for (const act of generateTown({ seed: 1, people, days, endMs: END_MS }).acts()) {
    if (act.kind !== 'purchase') continue;
    const contacts = bought.get(act.person) ?? [];
    bought.set(act.person, contacts);
    for (const { item } of act.lines) contacts.push({ item, lastMs: act.timeMs });
  }
  return namePeople(
    [...bought.values()].flatMap((contacts, n) => {
      const street = n % streets;
      return contributionOf(contacts.map((one) => ({ ...one, item: `${street}-${one.item}` }))) ?? [];
    }),
  );
}
