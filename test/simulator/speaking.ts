// What people say: yes and no, joining and parting, setting a fact aside, leaving and coming back.

import { DATA_CATEGORIES } from '../../src/facts/category.ts';
import { type PersonId, parsePersonId } from '../../src/facts/ids.ts';
import type { ConsentState } from '../../src/facts/grant.ts';
import type { Purpose } from '../../src/facts/purpose.ts';
import { STANDARD_PURPOSES } from '../../src/facts/standard-notice.ts';
import { isRefusal } from '../../src/facts/refusal.ts';
import { assert } from '../../src/kernel/assert.ts';
import { isFault } from '../../src/kernel/fault.ts';
import { must } from '../support/house.ts';
import type { Life, Where, Word } from './book.ts';
import { draw } from './draw.ts';
import type { Stage } from './stage.ts';

export const personOf = (life: Life): PersonId => must(parsePersonId(life.id));

/** Ends a word: answered, or failed so that nobody knows. */
export function ending<T>(stage: Stage, life: Life, asked: Promise<T>, heard: (value: T) => void): void {
  asked
    .then(
      (value) => {
        life.speaking = false;
        heard(value);
      },
      (error: unknown) => {
        life.speaking = false;
        stage.tell(`unanswered ${life.id}`);
        if (!isFault(error)) stage.broke(error);
      },
    )
    .catch((error: unknown) => stage.broke(error));
}

export function drawWords({ random }: Stage): readonly Word[] {
  const said = random.below(5) < 3 ? 'given' : 'no';
  const isAll = random.below(3) === 0;
  const categories = isAll
    ? DATA_CATEGORIES
    : [draw(random, ['browsing', 'purchases', 'interactions', 'declared', 'basket'] as const)];
  const some: readonly Purpose[] = ['recommend', 'contact', 'improve', 'measure'];
  const purposes = isAll && random.below(2) === 0 ? STANDARD_PURPOSES : [draw(random, some)];
  return categories.flatMap((category) => purposes.map((purpose) => ({ category, purpose, said })));
}

/** By their own act, which is also how the erased come back. */
export function speak(stage: Stage, life: Life, words: readonly Word[], place: Where): void {
  const engine = stage.machine.engine();
  if (engine === undefined || life.speaking) return;
  const { book } = stage;
  // Nobody knows any more whether they are here; nothing of the old may show.
  if (life.erased) book.returns(life);
  book.speaks(life, words);
  stage.check((checker) => {
    checker.speaks?.(life, words);
    return undefined;
  });
  const no: ConsentState = stage.random.below(2) === 0 ? 'refused' : 'withdrawn';
  const changes = words.map(({ category, purpose, said }) => ({
    // Words of people are drawn from the closed lists above.
    category: category as (typeof DATA_CATEGORIES)[number],
    purpose: purpose as Purpose,
    state: said === 'given' ? ('given' as const) : no,
  }));
  const notice = { id: 'notice-1', language: 'en' };
  const asked = engine.consent({
    person: personOf(life),
    changes,
    notice,
    method: 'centre',
    byPerson: true,
    place,
  });
  ending(stage, life, asked, (kept) => {
    assert(typeof kept === 'string' || !isRefusal(kept), 'the standard notice carries every word');
    const receipt = kept === 'suppressed' ? kept : kept.receipt.commitment;
    stage.tell(`word ${life.id} ${words.length} ${words[0]?.said} ${receipt}`);
    if (kept === 'suppressed') return;
    book.heard(life, words, stage.machine.timeline.nowMs());
    stage.check((checker) => checker.said?.(life, words, kept.receipt, stage.scene));
  });
}

export function leave(stage: Stage, life: Life): void {
  const engine = stage.machine.engine();
  if (engine === undefined || life.speaking) return;
  stage.book.mayLeave(life);
  stage.check((checker) => {
    checker.leaving?.(life);
    return undefined;
  });
  ending(stage, life, engine.erase(personOf(life)), (done) => {
    stage.tell(`erase ${life.id} ${typeof done === 'string' ? done : done.receipt.commitment}`);
    if (done === 'no-such-person') return;
    stage.book.leaves(life);
    stage
      .checkSlowly((checker) => checker.erased?.(life, stage.scene))
      .catch((error: unknown) => stage.broke(error));
  });
}

export function link(stage: Stage, life: Life, other: Life): void {
  const engine = stage.machine.engine();
  if (engine === undefined || life.speaking || life === other) return;
  const act = stage.random.below(3) === 0 ? 'part' : 'join';
  life.speaking = true;
  if (act === 'join') life.joins.add(other.id);
  ending(stage, life, engine.link({ person: personOf(life), other: personOf(other), act }), (done) => {
    stage.tell(`${act} ${life.id} ${other.id} ${typeof done === 'string' ? done : 'refused'}`);
    if (act === 'part' && done === 'kept') life.joins.delete(other.id);
  });
}

/** One fact aside, or free again. */
export function restrict(stage: Stage, life: Life): void {
  const engine = stage.machine.engine();
  const items = [...life.items].sort();
  if (engine === undefined || life.speaking || items.length === 0) return;
  const fact = `viewed|town-web|${draw(stage.random, items)}`;
  const act = life.restricted.has(fact) ? 'lift' : 'restrict';
  life.speaking = true;
  if (act === 'lift') life.restricted.delete(fact);
  ending(stage, life, engine.restrict({ person: personOf(life), fact, act }), (done) => {
    stage.tell(`${act} ${life.id} ${typeof done === 'string' ? done : 'refused'}`);
    if (act === 'restrict' && done === 'kept') life.restricted.add(fact);
  });
}
