// I12: contributions add up to the score, from the front and from the back; so do the reasons that the page
// is told.

import { explained } from '../../../src/facts/decision.ts';
import type { Checker, SeenDecision, Verdict } from '../checker.ts';

export function sums(): Checker {
  return { name: 'sums', invariants: 'I12', decided: judge };
}

function judge({ decided: { result }, answer }: SeenDecision): Verdict {
  for (const { item, score, contributions } of explained(result)) {
    const values = contributions.map(({ value }) => value);
    if (sum(values) !== score || sum(values.toReversed()) !== score) {
      return `${item}: ${values.join(' + ')} is not ${score}`;
    }
  }
  // Our own answer, in the shape of `plainItem`.
  const told = JSON.parse(answer) as {
    readonly items: readonly {
      readonly score: number;
      readonly reasons: readonly { readonly value: number }[];
    }[];
  };
  const off = told.items.find(({ score, reasons }) => sum(reasons.map(({ value }) => value)) !== score);
  return off === undefined ? undefined : `the reasons told do not add up: ${JSON.stringify(off)}`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
