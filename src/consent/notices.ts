// Which notices carry a yes. Judged twice, like everything else here: when somebody says yes in front of one,
// and each time what they allowed is read. A no needs no notice.

import { type Problem, problem } from '../facts/parse.ts';
import type { GrantCategory } from '../facts/declared-class.ts';
import { type GrantChange, type NoticeRef, grantKey } from '../facts/grant.ts';
import type { ControllerId } from '../facts/ids.ts';
import { type Notice, type NoticeLookup, noticeKey } from '../facts/notice.ts';
import type { Purpose } from '../facts/purpose.ts';
import { type Refusal, refuse } from '../facts/refusal.ts';
import { checkText, measureText } from './readability/readability.ts';

/** Every registered notice, never changed: a registration makes another. */
export interface Notices extends NoticeLookup {
  /** The version of each id that is shown now. */
  readonly inForce: ReadonlyMap<string, Notice>;
  readonly all: readonly Notice[];
}

export interface NoticesInput {
  /** In the order of their registration. */
  readonly all: readonly Notice[];
  /** By id the version in force; an id that is not here has none. */
  readonly versions: ReadonlyMap<string, string>;
  /** When this home began to register notices; 0: it always did. */
  readonly sinceMs: number;
}

const NOBODY: ReadonlySet<ControllerId> = new Set();

/** Measures every text and says from then on what each carries. */
export function noticesOf({ all, versions, sinceMs }: NoticesInput): Notices {
  const carried = new Map<string, ReadonlySet<string> | Refusal>();
  const partnersOf = new Map<string, ReadonlySet<ControllerId>>();
  for (const notice of all) {
    const asked = new Set(
      notice.asks.flatMap(({ purposes, categories }) =>
        purposes.flatMap((purpose) => categories.map((category) => grantKey(category, purpose))),
      ),
    );
    const named = new Set(notice.partners?.map(({ controller }) => controller));
    for (const language of Object.keys(notice.texts)) {
      const [found] = textProblems(notice, language);
      const key = noticeKey({ id: notice.id, version: notice.version, language }) ?? '';
      partnersOf.set(key, named);
      carried.set(
        key,
        found === undefined
          ? asked
          : refuse('notice-unreadable', `${key}: ${found.expected}. ${found.remedy}`),
      );
    }
  }
  return {
    all,
    inForce: new Map(
      all.filter(({ id, version }) => versions.get(id) === version).map((notice) => [notice.id, notice]),
    ),
    refusal: (key, category, purpose) => judge(carried, key, { category, purpose }),
    partners: (key) => carriedBy(partnersOf, key) ?? NOBODY,
    isBefore: (timeMs) => timeMs < sinceMs,
  };
}

function judge(
  carried: ReadonlyMap<string, ReadonlySet<string> | Refusal>,
  key: string,
  { category, purpose }: { readonly category: GrantCategory; readonly purpose: Purpose },
): Refusal | undefined {
  const found = carriedBy(carried, key);
  if (found === undefined) return refuse('notice-unknown', `The notice ${key} is not registered.`);
  if ('refused' in found) return found;
  if (found.has(grantKey(category, purpose))) return undefined;
  return refuse('notice-does-not-ask', `The notice ${key} does not ask for ${category} for ${purpose}.`);
}

/**
 * Whoever reads `de-AT` is shown `de`: subtags are taken off the end until there is a text (RFC 4647 §3.4),
 * one letter or digit standing alone with the next one.
 */
function carriedBy<T>(carried: ReadonlyMap<string, T>, key: string): T | undefined {
  const base = key.lastIndexOf('/');
  for (let rest = key; rest.length > base + 1; rest = rest.slice(0, cutAt(rest, base))) {
    const found = carried.get(rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

function cutAt(key: string, base: number): number {
  const at = key.lastIndexOf('-');
  if (at <= base) return base;
  return key.at(at - 2) === '-' && at - 2 > base ? at - 2 : at;
}

/** The reference with the version that was shown, or why these choices cannot be taken as said before it. */
export function judgeAnswer(
  notices: Notices,
  ref: NoticeRef,
  changes: readonly GrantChange[],
): NoticeRef | Refusal {
  const yeses = changes.filter(({ state }) => state === 'given');
  if (yeses.length === 0) return ref;
  const notice = notices.inForce.get(ref.id);
  if (notice === undefined) {
    const known = [...notices.inForce.keys()].join(', ') || 'none';
    return refuse(
      'notice-unknown',
      `No notice ${JSON.stringify(ref.id)} is registered; registered: ${known}.`,
    );
  }
  if (ref.version !== undefined && ref.version !== notice.version) {
    const now = `${ref.id} is shown in version ${notice.version} now, not ${ref.version}.`;
    return refuse('notice-outdated', now);
  }
  const shown = { ...ref, version: notice.version };
  const key = noticeKey(shown) ?? '';
  const languages = new Map(
    Object.keys(notice.texts).map((one) => [`${ref.id}@${notice.version}/${one}`, one]),
  );
  if (carriedBy(languages, key) === undefined) {
    const there = Object.keys(notice.texts).join(', ');
    return refuse('notice-not-in-language', `${ref.id} has no text in ${ref.language}; there is ${there}.`);
  }
  for (const { category, purpose } of yeses) {
    const refusal = notices.refusal(key, category, purpose);
    if (refusal !== undefined) return refusal;
  }
  return shown;
}

/** All that keeps a notice from being registered; the field is `texts/LANGUAGE`. */
export function noticeProblems(notice: Notice): readonly Problem[] {
  return Object.keys(notice.texts).flatMap((language) => textProblems(notice, language));
}

function textProblems({ texts }: Notice, language: string): readonly Problem[] {
  const field = `texts/${language}`;
  const measured = measureText(texts[language] ?? '', language);
  if (!measured.ok) {
    return [problem(field, `a text that can be measured: ${measured.error}`, 'A yes to it would not count.')];
  }
  return measured.value.checks
    .filter(({ passed }) => !passed)
    .map((check) => problem(field, `a text that people read: ${checkText(check)}`, check.remedy));
}
