// What the attack came to, as a table for people: each rule, how often it was at stake, how often broken.

import { inspect } from 'node:util';
import { type Tally, type Violation, untried } from './attack.ts';
import { breaksAlone, minimise } from './minimise.ts';
import { RULES, RULE_NAMES } from './rules.ts';
import type { Subject } from './subject.ts';

export function tableOf({ concerned, broken, decisions, shown, arrivals }: Tally): string {
  const whole = (count: number): string => count.toLocaleString('en');
  const rows = RULE_NAMES.map((rule) => {
    const [where, what] = RULES[rule];
    return [rule, where, what, whole(concerned.get(rule) ?? 0), whole(broken.get(rule) ?? 0)];
  });
  const total = [...broken.values()].reduce((sum, count) => sum + count, 0);
  const last =
    `${whole(decisions)} decisions (${whole(shown)} showed something) and ${whole(arrivals)} events: ` +
    `${whole(total)} violations`;
  return [...aligned([['rule', 'where', 'what must never be', 'at stake', 'broken'], ...rows]), last].join(
    '\n',
  );
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at < 3 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}

/** Seed, place and the smallest case of the first violation of a rule. */
export function violationText(subject: Subject, { rule, what, seed, at, one }: Violation): string {
  const head = `${rule} (${RULES[rule][0]}): ${RULES[rule][1]}: ${what}; world ${seed}, decision ${at}`;
  if (!breaksAlone(subject, one, rule))
    return `${head}\nThe case alone does not break it: it takes what was asked before, or an event.`;
  const least = minimise(subject, one, rule);
  const shown = inspect(least, { depth: null, breakLength: 110, compact: 4, maxArrayLength: null });
  return `${head}\n${shown}\nanswer: ${inspect(subject.answer(least).shown, { depth: null })}`;
}

export function untriedText(tally: Tally): string | undefined {
  const rules = untried(tally);
  return rules.length === 0 ? undefined : `never at stake, so nothing is known of it: ${rules.join(', ')}`;
}
