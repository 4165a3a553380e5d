// Goal: two identities stand together only by an act of each, and not a moment longer.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LinkEntry } from '../facts/entry.ts';
import type { PersonId } from '../facts/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { activeJoins, foldLink, judgeJoin, wantedJoins } from './joined.ts';
import { NOW, personId } from './testing.ts';

const [guest, anna, ben] = ['guest-7f', 'anna', 'ben'].map(personId) as [PersonId, PersonId, PersonId];

class Journals {
  private readonly entries = new Map<PersonId, LinkEntry[]>();

  say(who: PersonId, act: LinkEntry['act'], other: PersonId, timeMs = NOW): this {
    this.entries.set(who, [...this.of(who), { other, act, timeMs }]);
    return this;
  }

  of(who: PersonId): readonly LinkEntry[] {
    return this.entries.get(who) ?? [];
  }

  together(person: PersonId): readonly PersonId[] {
    return activeJoins({ person, links: this.of(person), linksOf: (other) => this.entries.get(other) });
  }
}

describe('a join', () => {
  test('[P20] of a guest and a known person needs the act of both', () => {
    const journals = new Journals().say(anna, 'join', guest);
    expect([journals.together(anna), journals.together(guest)]).toEqual([[], []]);
    journals.say(guest, 'join', anna);
    expect([journals.together(anna), journals.together(guest)]).toEqual([[guest], [anna]]);
  });

  test('[P20] of a household is undone by either side alone', () => {
    for (const side of [anna, ben]) {
      const journals = new Journals().say(anna, 'join', ben).say(ben, 'join', anna);
      journals.say(side, 'part', side === anna ? ben : anna);
      expect([journals.together(anna), journals.together(ben)]).toEqual([[], []]);
    }
  });

  test('[P20] that was undone needs the act of that side again, and only of that side', () => {
    const journals = new Journals().say(anna, 'join', ben).say(ben, 'join', anna).say(anna, 'part', ben);
    expect(journals.say(ben, 'join', anna).together(anna)).toEqual([]);
    expect(journals.say(anna, 'join', ben).together(anna)).toEqual([ben]);
  });

  test('[P20] follows the order of the journal, not of the clocks', () => {
    const journals = new Journals()
      .say(ben, 'join', anna)
      .say(anna, 'join', ben, NOW)
      .say(anna, 'part', ben, NOW - 1);
    expect(journals.together(anna)).toEqual([]);
  });

  test('[P20] with somebody whose journal is not there, or cannot be read, is none', () => {
    const links = [{ other: ben, act: 'join', timeMs: NOW }] as const;
    expect(activeJoins({ person: anna, links, linksOf: () => undefined })).toEqual([]);
    expect(activeJoins({ person: anna, links, linksOf: () => [] })).toEqual([]);
  });

  test('[P20] with an act that we do not know is none', () => {
    const journals = new Journals()
      .say(anna, 'join', ben)
      .say(ben, 'join', anna)
      .say(anna, 'JOIN' as never, ben);
    expect(journals.together(ben)).toEqual([]);
  });

  test('[P20] with oneself is none', () => {
    expect(new Journals().say(anna, 'join', anna).together(anna)).toEqual([]);
    expect(judgeJoin(anna, [], anna)?.expected).toContain('another identity');
  });
});

test("[P21] does not bring along whom the other is joined with: a guest's guests stay outside", () => {
  const journals = new Journals()
    .say(anna, 'join', guest)
    .say(guest, 'join', anna)
    .say(guest, 'join', ben)
    .say(ben, 'join', guest);
  expect(journals.together(anna)).toEqual([guest]);
  expect(journals.together(guest)).toEqual([anna, ben]);
  expect(journals.together(ben)).toEqual([guest]);
});

describe('the bound', () => {
  const many = Array.from({ length: LIMITS.linksPerPersonMax + 1 }, (_, index) =>
    personId(`device-${index}`),
  );
  const journal = many.map((other) => ({ other, act: 'join', timeMs: NOW }) as const);

  test('[P22] keeps the joins that came first', () => {
    expect(wantedJoins(journal)).toEqual(many.slice(0, LIMITS.linksPerPersonMax));
  });

  test('[P22] is told to who wants one more, and leaves room again after a parting', () => {
    const full = journal.slice(0, LIMITS.linksPerPersonMax);
    expect(judgeJoin(anna, full, ben)?.expected).toBe('at most 8 joined identities');
    expect(judgeJoin(anna, full, many[0]!)).toBeUndefined();
    expect(judgeJoin(anna, [...full, { other: many[0]!, act: 'part', timeMs: NOW }], ben)).toBeUndefined();
  });

  test('[P22] holds for folded journals, which answer as whole ones do', () => {
    const entry = fc.record({
      other: fc.constantFrom(...many, anna, ben),
      act: fc.constantFrom('join' as const, 'part' as const),
      timeMs: fc.constant(NOW),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
        let folded: readonly LinkEntry[] = [];
        for (const one of entries) folded = foldLink(folded, one);
        expect(folded.length).toBeLessThanOrEqual(LIMITS.linksPerPersonMax);
        expect(wantedJoins(folded)).toEqual(wantedJoins(entries));
        for (const other of wantedJoins(entries)) {
          expect(entries.findLast((one) => one.other === other)?.act).toBe('join');
        }
      }),
    );
  });
});
