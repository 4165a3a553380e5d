// Everything that is asked of the line, each with the command that measures it and how its answer is read.

import { join } from 'node:path';

export interface Part {
  readonly name: string;
  /** A script and its words, or a test file. */
  readonly command: readonly string[];
  /** What the run says about each thing that is asked; nothing said is a fault. */
  readonly read: (output: string) => readonly Finding[];
}

export interface Finding {
  readonly asked: string;
  readonly seen: string;
  readonly reached: boolean;
}

const BENCH = join(import.meta.dirname, '..');
const ATTACK = join(BENCH, '..', 'test', 'attack');
const VITEST = join(BENCH, '..', 'node_modules', 'vitest', 'vitest.mjs');

export interface Size {
  readonly decisions: string;
  readonly people: string;
}

export function partsOf({ decisions, people }: Size): readonly Part[] {
  return [
    {
      name: 'policy',
      command: [join(BENCH, 'attack', 'main.ts'), '--decisions', decisions],
      read: readPolicy,
    },
    { name: 'sabotage', command: [join(ATTACK, 'main.ts')], read: readSabotage },
    { name: 'attackers', command: [join(ATTACK, 'attackers', 'main.ts')], read: readAttackers },
    { name: 'caps', command: [VITEST, 'run', join(ATTACK, 'caps.test.ts')], read: readCaps },
    { name: 'guards', command: [join(BENCH, 'main.ts'), 'guards'], read: readGuards },
    {
      name: 'onlooker',
      command: [join(BENCH, 'onlooker', 'main.ts'), '--people', people],
      read: readOnlooker,
    },
    {
      name: 'categories',
      // Nearly everybody a volunteer, so that as many proxies are found as among more people.
      command: [
        join(BENCH, 'onlooker', 'main.ts'),
        ...['--people', '12000', '--volunteers', '0.8', '--lists', '1', '--parts'],
      ],
      read: readOnlooker,
    },
    ...['completejourney', 'online-retail'].map((data) => ({
      name: data,
      command: [join(BENCH, 'onlooker', 'main.ts'), '--data', data],
      read: readRealOnlooker,
    })),
  ];
}

export function readPolicy(output: string): readonly Finding[] {
  const found = /([\d,]+) decisions .*: (\d+) violations/.exec(output);
  if (found === null) return [];
  const seen = `${found[1]} decisions, ${found[2]} violations`;
  return [
    {
      asked: 'random decisions against an oracle of the policy: none against it',
      seen,
      reached: found[2] === '0',
    },
  ];
}

export function readSabotage(output: string): readonly Finding[] {
  const found = /^(\d+) sabotages, (\d+) not caught$/m.exec(output);
  if (found === null) return [];
  const reached = Number(found[1]) >= 20 && found[2] === '0';
  return [{ asked: 'at least 20 sabotages of one line, all caught', seen: found[0], reached }];
}

export function readAttackers(output: string): readonly Finding[] {
  const found = /^(\d+) attacks: (\d+) held(?:, (\d+) known gaps?)?/m.exec(output);
  if (found === null) return [];
  const [seen, all, held, known = '0'] = found;
  return [
    {
      asked: 'attackers succeed on an engine without guards, and not here',
      seen,
      reached: Number(held) + Number(known) === Number(all),
    },
  ];
}

export function readCaps(output: string): readonly Finding[] {
  // eslint-disable-next-line no-control-regex
  const found = /Tests\s+(\d+) passed(?! *\|)/.exec(output.replace(/\u001b\[\d+m/g, ''));
  const reached = found !== null;
  return [
    {
      asked: '1,000 attempts on one person from four processes stay within the cap',
      seen: reached ? 'they do' : 'they do not',
      reached,
    },
  ];
}

const GUARDS_MAX = 1.3;

export function readGuards(output: string): readonly Finding[] {
  return [...output.matchAll(/^warm decision, p50 with all guards to none: (.*): ([\d.]+) \((.*)\)$/gm)].map(
    ([, what = '', ratio = '', micros = '']) => ({
      asked: `all guards add at most 30 % to a warm decision: ${what}`,
      seen: `${ratio} (${micros})`,
      reached: Number(ratio) <= GUARDS_MAX,
    }),
  );
}

const AUC_MAX = 0.52;
const AUC_UPPER_MAX = 0.54;
const BARE_MIN = 0.7;
const RELEVANCE_MIN = 99;

interface Attacked {
  readonly set: string;
  readonly class: string;
  readonly attacker: string;
  readonly within: number;
  readonly high: number;
  readonly more?: number;
  readonly moreLow?: number;
}

function attackedIn(output: string): readonly Attacked[] {
  return output
    .split('\n')
    .flatMap((line) => (line.startsWith('{"set"') ? [JSON.parse(line) as Attacked] : []));
}

const isGuarded = ({ set }: Attacked): boolean => set.startsWith('shadow-');

/** Of people whose truth is not ours to plant: guards never tell more, beyond what chance does. */
export function readRealOnlooker(output: string): readonly Finding[] {
  const guarded = attackedIn(output).filter(isGuarded);
  if (guarded.length === 0 || guarded.some(({ more }) => more === undefined)) return [];
  const most = guarded.reduce((worst, one) => ((one.more ?? 0) > (worst.more ?? 0) ? one : worst));
  const above = guarded.filter(({ moreLow }) => (moreLow ?? 1) > 0);
  const nameOf = ({ set, class: of, attacker, more }: Attacked): string =>
    `${set} ${of} ${attacker} ${(more ?? 0).toFixed(3)}`;
  return [
    {
      asked: `${guarded.length} guarded: none tells surely more than without guards (95 % of resamples)`,
      seen: above.length === 0 ? `most ${nameOf(most)}` : `more: ${above.map(nameOf).join(', ')}`,
      reached: above.length === 0,
    },
  ];
}

export function readOnlooker(output: string): readonly Finding[] {
  const attacked = attackedIn(output);
  const guarded = attacked.filter(isGuarded);
  const best = (sets: string): number =>
    Math.max(0, ...attacked.filter(({ set }) => set.startsWith(sets)).map(({ within }) => within));
  const told = guarded.filter(({ within, high }) => within > AUC_MAX || high > AUC_UPPER_MAX);
  const [, row] = /NDCG@10, targets that are not vetoed.*?\| (.*) \|$/m.exec(output) ?? [];
  const worlds = row?.split(' | ').map((cell) => Number(cell.split(' ')[0])) ?? [];
  const kept = (100 * (worlds.at(-1) ?? 0)) / (worlds[0] ?? Infinity);
  if (guarded.length === 0 || worlds.length < 2) return [];
  const worst = told.map(
    (one) => `${one.set} ${one.class} ${one.attacker} ${one.within.toFixed(3)}–${one.high.toFixed(3)}`,
  );
  return [
    {
      asked: `an onlooker of an engine without guards tells a class: AUC ≥ ${BARE_MIN}`,
      seen: best('bare-').toFixed(3),
      reached: best('bare-') >= BARE_MIN,
    },
    {
      asked: `${guarded.length} guarded: each at most ${AUC_MAX}, its upper end ${AUC_UPPER_MAX}`,
      seen: told.length === 0 ? `greatest ${best('shadow-').toFixed(3)}` : `not: ${worst.join(', ')}`,
      reached: told.length === 0,
    },
    {
      asked: `at least ${RELEVANCE_MIN} % of unguarded NDCG@10 on targets that are not vetoed`,
      seen: `${kept.toFixed(1)} %`,
      reached: kept >= RELEVANCE_MIN,
    },
  ];
}
