// Asking what to show, and what a client writes down of the answer.

import { z } from 'zod';
import type { Random } from '../../src/kernel/random.ts';
import type { ReceiptTrust } from '../../src/prove/verify.ts';
import { decideAnswer } from '../../src/surfaces/http/answers.ts';
import { type Answer, type Asking, LATER, askOnce } from './asking.ts';
import { type Book, CATEGORY_OF, type Person } from './book.ts';

export interface Load {
  readonly book: Book;
  readonly trust: ReceiptTrust;
  /** Milliseconds since 1970, of the harness. */
  readonly nowMs: () => number;
}

/** Something that is said until it is answered. Resolves with whether it was. */
export type Act = (asking: Asking) => Promise<boolean>;

/** As many at once as are likely to meet at the same number of the journal. */
const AT_ONCE = 4;

export function burst(load: Load, random: Random, person: Person): Act {
  const placement = random.below(3) === 0 ? 'steady' : 'few';
  const nodes = Array.from({ length: random.below(2) === 0 ? AT_ONCE : 1 }, () => random.below(1000));
  return async (asking) => {
    await Promise.all(
      nodes.map(async (draw) => {
        const request = { method: 'POST', path: '/v1/decide', key: 'decide' } as const;
        const body = { person: person.name, placement };
        const answer = await askOnce(asking, draw % asking.nodes.length, { ...request, body });
        if (answer !== undefined) heard(load, person, { answer, placement });
      }),
    );
    return true;
  };
}

const known = z.object({ kind: z.string(), did: z.string().optional() });

function heard(
  { book }: Load,
  person: Person,
  { answer, placement }: { answer: Answer; placement: string },
): void {
  const { status, text, sentMs, ackedMs, node } = answer;
  if (status !== 200) {
    book.counts.refused += 1;
    if (!LATER.has(status)) book.found('failed', `decide: ${status} ${text.slice(0, 300)}`);
    return;
  }
  const { decision, items } = decideAnswer.parse(JSON.parse(text));
  const reasons = items.flatMap((item) => item.reasons.map((reason) => known.parse(reason)));
  const used = new Set(reasons.flatMap(({ did = '' }) => CATEGORY_OF[did] ?? []));
  book.write('decision', { person: person.name, placement, decision, node, items: items.length });
  const shown = items.map(({ item }) => item);
  person.answers.push({ decision, placement, sentMs, ackedMs, items: shown, used, node });
  book.counts.decisions += 1;
}
