// What the shop may place, leave out and favour, told naively: docs/policy.md, "Merchandising".

import type { JudgedThing, Setting } from './oracle-things.ts';
import type { Silence, Verdict } from './rules.ts';
import { isOf, pinsIn } from './shop-rules.ts';
import type { Answer } from './subject.ts';

interface Judged {
  readonly things: readonly JudgedThing[];
  readonly answer: Answer;
  readonly silence: Silence;
}

const SPEAKS_FIRST: readonly string[] = ['email', 'push', 'letter'];

export function judgeShop({ one }: Setting, { things, answer, silence }: Judged, verdict: Verdict): void {
  const { placement, channel, limit } = one.ask;
  const pins = pinsIn(placement);
  const placed = answer.shown.filter(({ told }) => told.includes('pinned'));
  const by = new Map(things.map((judged) => [judged.thing.id, judged]));
  const free = things.filter(({ reached, rules }) => reached && rules.length === 0);
  const places = Math.min(limit, placement.itemsMax);
  if (silence === undefined && free.length > 0) judgeMessage();
  if (free.filter(({ thing }) => pins.includes(thing.id)).length > Math.floor(places / 2))
    verdict.concerns('pins-half');
  if (placed.length > Math.floor(places / 2)) verdict.breaks('pins-half', `${placed.length} of ${places}`);
  for (const { item, score, told, favour } of answer.shown) {
    const isPinned = told.includes('pinned');
    verdict.concerns('pin-untold');
    if (isPinned ? !pins.includes(item) : score <= 0) verdict.breaks('pin-untold', item);
    const thing = by.get(item)?.thing;
    const boosts = (placement.merchandising?.boost ?? []).filter(
      (boost) => thing !== undefined && isOf(thing, boost),
    );
    if (boosts.reduce((sum, { share }) => sum + share, 0) > 1) verdict.concerns('favour');
    if (favour < 0 || favour > Math.max(0, score - favour) || (favour > 0 && boosts.length === 0))
      verdict.breaks('favour', `${favour} of ${score} for ${item}`);
  }

  function judgeMessage(): void {
    if (!SPEAKS_FIRST.includes(channel)) return;
    const earned = free.filter(({ thing, named }) => named && !pins.includes(thing.id));
    if (earned.length === 0 && pins.length > 0) verdict.concerns('pins-alone');
    const isAlone = placed.length > 0 && placed.length === answer.shown.length;
    if (isAlone) verdict.breaks('pins-alone', placed.map(({ item }) => item).join(', '));
  }
}
