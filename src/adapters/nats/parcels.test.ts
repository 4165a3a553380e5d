// Goal: what goes into a parcel comes out of it, in its order, and what is no parcel is not taken for one.
// Method: parcels of every size; and each of them with any byte of its form changed.

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { PARCEL_MAX, countIn, isParcel, fittingCount, sentAs, takenApart } from './parcels.ts';
import { namesOf } from './settings.ts';

import type { StreamMessage } from '../../engine/ports.ts';

const NAMES = namesOf({ prefix: 'fineline', partitions: 8 });

const some = (count: number, bytes = 40): readonly StreamMessage[] =>
  Array.from({ length: count }, (_, at) => ({
    shard: (3 + 8 * at) % 64,
    id: `e${'x'.repeat(at % 64).slice(0, 63)}`,
    body: new Uint8Array((at * bytes) % 300).fill(at),
  }));

describe('parcels', () => {
  it('[N30] carry what went in, in its order, and say how many', () => {
    for (let count = 2; count <= PARCEL_MAX; count += 1) {
      const messages = some(count);
      const sent = sentAs(NAMES, 3, messages);
      expect(sent).toMatchObject({ subject: `fineline.events.3.p${count}`, id: messages[0]?.id, count });
      expect([isParcel(sent.subject), countIn(sent.subject)]).toEqual([true, count]);
      const back = takenApart(sent.subject, sent.body)!;
      expect(back.map((one) => ({ ...one, body: new Uint8Array(one.body) }))).toEqual(messages);
    }
  });

  it('[N30] a message alone goes as it always did', () => {
    const [message] = some(1);
    const sent = sentAs(NAMES, 3, [message!]);
    expect(sent).toEqual({ subject: 'fineline.events.3.3', id: message?.id, body: message?.body, count: 1 });
    expect([isParcel(sent.subject), countIn(sent.subject)]).toEqual([false, 1]);
  });

  it('[N30] are of 64 messages and 128 KiB at most; what is larger alone goes alone', () => {
    expect(fittingCount(some(5))).toBe(5);
    expect(fittingCount(some(500))).toBe(PARCEL_MAX);
    const large = some(3).map((one) => ({ ...one, body: new Uint8Array(60_000) }));
    expect(fittingCount(large)).toBe(2);
    expect(fittingCount([{ ...large[0]!, body: new Uint8Array(500_000) }, ...large])).toBe(1);
  });

  it('[N30] that are damaged are none, whichever byte it is', () => {
    const random = seededRandom(7);
    const { subject, body } = sentAs(NAMES, 3, some(6));
    const heads = [0, ...some(6).map(({ id, body: of }) => 6 + id.length + of.length)];
    expect(takenApart(subject, body.subarray(0, body.length - 1))).toBeUndefined();
    expect(takenApart('fineline.events.3.p5', body)).toBeUndefined();
    expect(takenApart(subject, new Uint8Array())).toBeUndefined();
    let from = 0;
    for (const step of heads) {
      from += step;
      if (from >= body.length) break;
      const other = Uint8Array.from(body);
      // A length that is another one: what follows is read from another place.
      other[from + 5] = (other[from + 5] ?? 0) ^ (1 + random.below(255));
      expect(takenApart(subject, other)?.map(({ id }) => id)).not.toEqual(some(6).map(({ id }) => id));
    }
  });
});
