// Goal: the fast text of a decision's answer is exactly the plain one.

import { serialize } from 'node:v8';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Slot, plainItem } from '../../engine/intake.ts';
import { type DecisionId, parseDecisionId } from '../../facts/ids.ts';
import type { PromiseReceipt } from '../../facts/receipt.ts';
import { asciiJson, decisionText } from './decision-text.ts';

const words = fc.oneof(fc.string({ minLength: 1 }), fc.constant('— ﷺ 手套'));

function named(text: string): DecisionId {
  const id = parseDecisionId(text);
  if (!id.ok) throw new Error('a decision has a name');
  return id.value;
}

test('[H9] the answer of decide is the JSON of its slot and receipt, in ASCII', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ item: words, value: fc.integer() })),
      words,
      fc.boolean(),
      fc.option(words),
      (list, note, empty, above) => {
        const items = list.map(({ item, value }) => ({
          item,
          score: value,
          reasons: [
            { reason: { kind: 'fact' as const, did: 'bought', item }, value },
            { reason: { kind: 'prior' as const }, value },
          ],
        }));
        const receipt: PromiseReceipt = {
          v: 1,
          kind: 'promise',
          commitment: 'AAAA',
          index: 3,
          path: ['AA', 'BB'],
          note,
        };
        const slot: Slot = {
          decision: named('d'),
          items,
          ...(empty ? { nothing: 'nothing-fits' as const } : {}),
          ...(above === null ? {} : { subject: above }),
        };
        const text = decisionText(slot, receipt);
        const plain = { ...slot, items: slot.items.map(plainItem), receipt };
        // Written twice: the second time from the texts that were kept.
        expect(text).toBe(asciiJson(plain));
        expect(decisionText(slot, receipt)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(plain)));
        expect(text).not.toMatch(/[\u0080-\uffff]/);
      },
    ),
  );
});

/** How V8 writes text that it holds in one byte a letter, behind the two bytes of its version. */
const ONE_BYTE = '"'.charCodeAt(0);

test('[H9] a dash in the note and names in other letters do not make the answer two bytes a letter', () => {
  const name = '— ﷺ 手套';
  const reasons = [{ reason: { kind: 'fact' as const, did: 'bought', item: name }, value: 1 }];
  const slot: Slot = { decision: named('d'), items: [{ item: name, score: 1, reasons }], subject: name };
  const note = `log/promise\n\n— log ${name}\n`.repeat(1000);
  const text = decisionText(slot, {
    ...{ v: 1, kind: 'promise', commitment: 'AAAA', index: 0, path: [] },
    note,
  });
  expect(JSON.parse(text)).toMatchObject({ subject: name, receipt: { note } });
  expect(serialize(text)[2]).toBe(ONE_BYTE);
});
