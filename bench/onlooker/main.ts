/*
 * What an onlooker learns from the lists that somebody is sent, and what the guard against proxies takes away
 * from them, at which price in relevance:
 *
 *     node bench/onlooker/main.ts [--data town] [--people 50000] [--lists 1,20] [--seed 1] [--volunteers 0.2]
 *         [--parts] [--audience] [--curve]
 *
 * The town's people live half a year; a model is learned from 60 % of them; everybody is sent lists by the
 * stages that serve (lists.ts); attackers who know the truth of other people try to tell who belongs to a
 * planted class (attack.py). In three worlds: nothing vetoed, things of sensitive classes vetoed, and their
 * proxies vetoed too, found from volunteers' purchases alone. `--curve` walks through numbers of proxies.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findProxies } from '../../src/learn/proxies/find-proxies.ts';
import { leafTilts } from '../../src/learn/proxies/leaf-tilts.ts';
import { shadowOf } from '../../src/facts/shadow.ts';
import {
  ARM_NAMES,
  MODEL_KINDS,
  type ModelKind,
  MORE_ARMS,
  armOf,
  guardCountsOf,
  guardDomainOf,
  splitOf,
} from './arms.ts';
import { audienceOn } from '../../src/decide/audience.ts';
import { mailedOf, mailingsOf, widthOf } from './audiences.ts';
import { type AttackSet, attack, findPython } from './attack.ts';
import { PICTURE, curve } from './curve.ts';
import { EXPLAINED_WIDTH, RECEIPT_WIDTH, listsOf, partListsOf, partsIn, receiptsOf } from './lists.ts';
import { printAttack, printFound, printModels, printRelevance } from './report.ts';
import { BASKETS, readBaskets } from './baskets-log.ts';
import { readTown } from './town-log.ts';

const { values } = parseArgs({
  options: {
    /** `town`, or real baskets: `completejourney`, `online-retail`. */
    data: { type: 'string', default: 'town' },
    people: { type: 'string', default: '50000' },
    lists: { type: 'string', default: '1,20' },
    seed: { type: 'string', default: '1' },
    /** Share of the people learned from who allow `guard`; 0.2 of a town, all where data are few. */
    volunteers: { type: 'string' },
    /** Share of false proxies among those found. */
    rate: { type: 'string', default: '0.05' },
    /** `named`: leaves that tell of the planted classes; `all`: every sensitive leaf. */
    leaves: { type: 'string', default: 'named' },
    /** ρ of the noise on guard counts; without it, none. */
    rho: { type: 'string' },
    arms: { type: 'string', default: ARM_NAMES.join(',') },
    /** `counts`, `blend` or `served`. */
    model: { type: 'string', default: 'served' },
    /** Where the attackers' files stay, for attackers of your own. */
    keep: { type: 'string' },
    /** Also attack the receipts themselves: a ceiling. */
    receipts: { type: 'boolean', default: false },
    /** Also lists whose reasons are read along with them. */
    explained: { type: 'boolean', default: false },
    /** Also the lists of all categories, departments and leaves alike, seen on one evening. */
    parts: { type: 'boolean', default: false },
    /** Also which mailings somebody gets, and what their subjects name. */
    audience: { type: 'boolean', default: false },
    curve: { type: 'boolean', default: false },
    /** Where the curve is drawn. */
    picture: { type: 'string', default: PICTURE },
  },
});

const kind = kindOf(values.model);
const python = findPython();
const seed = Number(values.seed);
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const isTown = values.data === 'town';
const named = BASKETS.find((name) => name === values.data);
if (!isTown && named === undefined) throw new Error(`--data: town, ${BASKETS.join(' or ')}`);
const town = named === undefined ? readTown({ people: Number(values.people), seed }) : readBaskets(named);
say(`${town.people} people, ${town.items.length} things`);
const split = splitOf(town, { seed, volunteers: Number(values.volunteers ?? (isTown ? 0.2 : 1)) });
const counts = guardCountsOf(town, split);
const domain = guardDomainOf(town.items, values.leaves === 'all' || !isTown ? 'all' : 'named');
const noise = values.rho === undefined ? {} : { noise: { rho: Number(values.rho), seed: `${seed}` } };
const found = findProxies(counts, domain, { choose: { rate: Number(values.rate) }, ...noise });
const asked = { items: domain.items.map(({ item }) => item), leaves: domain.leaves };
const tilts = leafTilts(counts, asked, noise);
const hidden = new Set([...found.unknown, ...found.proxies.map(({ item }) => item)]);
const known = domain.items.flatMap(({ item }) => (hidden.has(item) ? [] : [item]));
const shadow = shadowOf({ ...found, known });
printFound(found, { town, counts, isTown });

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'fineline-onlooker-'));
mkdirSync(folder, { recursive: true });
try {
  if (!values.curve) await attackAll();
  else {
    const weeks = Number(values.lists.split(',')[0]);
    await curve({ town, split, counts, domain, seed, python, folder, weeks, picture: values.picture, kind });
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true });
}

function kindOf(name: string): ModelKind {
  const one = MODEL_KINDS.find((each) => each === name);
  if (one === undefined) throw new Error(`--model: ${MODEL_KINDS.join(', ')}`);
  return one;
}

async function attackAll(): Promise<void> {
  const names = [...ARM_NAMES, ...MORE_ARMS].filter((name) => values.arms.split(',').includes(name));
  const arms = names.map((name) => armOf(name, { town, split, shadow, tilts, kind }));
  printModels(arms);
  say('learned');
  const sets: AttackSet[] = [];
  if (values.receipts) {
    const lists = receiptsOf(town, split);
    sets.push({ name: 'receipts-1', weeks: 1, width: RECEIPT_WIDTH, lists, attackers: ['LR', 'GB'] });
  }
  for (const weeks of values.lists.split(',').map(Number)) {
    const lists = listsOf(town, { split, arms, weeks });
    if (weeks === 1) printRelevance(names, lists, { town, split, shadow, seed });
    for (const [n, name] of names.entries())
      sets.push({ name: `${name}-${weeks}`, weeks, lists: lists[n]!, attackers: ['LR', 'GB'] });
    if (values.explained) {
      const told = listsOf(town, { split, arms, weeks, isExplained: true });
      for (const [n, name] of names.entries())
        sets.push({
          ...{ name: `${name}-${weeks}-explained`, weeks, width: EXPLAINED_WIDTH },
          ...{ lists: told[n]!, attackers: ['LR', 'GB'] },
        });
    }
    say(`lists: ${weeks}`);
  }
  if (values.parts) {
    const parts = partsIn(town.items);
    const lists = partListsOf(town, { split, arms, parts });
    for (const [n, name] of names.entries())
      sets.push({
        ...{ name: `${name}-1-parts`, weeks: parts.length },
        ...{ lists: lists[n]!, attackers: ['LR', 'GB'] as const },
      });
    say(`lists of ${parts.length} parts of the catalogue`);
  }
  if (values.audience) {
    const mailings = mailingsOf(town.items);
    const mailed = mailedOf(town, { split, arms, mailings });
    const width = widthOf(mailings);
    for (const [n, name] of names.entries())
      sets.push({ name: `${name}-mailings`, weeks: 1, width, lists: mailed[n]!, attackers: ['LR', 'GB'] });
    for (const [n, { shelf }] of arms.entries()) {
      const fit = mailings.filter((audience) => audienceOn(shelf, audience).unfit === undefined).length;
      say(`${names[n]}: ${fit} of ${mailings.length} audiences tell nothing`);
    }
  }
  printAttack(names, await attack(python, { folder, town, sets, seed }));
}
