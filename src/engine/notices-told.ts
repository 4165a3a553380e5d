// What is told of notices: to anybody, those that are registered; to their writer, how hard a text is.

import { hex, utf8 } from '../kernel/bytes.ts';
import { noticeProblems } from '../consent/notices.ts';
import { type Check, type HardSentence, checkText, measureText } from '../consent/readability/readability.ts';
import type { Core } from './core.ts';
import { noticeText } from './notices.ts';

/**
 * Every registered notice, the older versions too: whoever said yes to one can read it again. Canonical JSON
 * of `{v: 1, id, version, controller, texts, asks}`, and `partners` where there are any, has the SHA-256 that
 * is told, and its leaf is in the log.
 */
export function tellNotices({ notices, world }: Core) {
  return notices.all.map((notice) => {
    const { id, version, controller, texts, asks, partners } = notice;
    return {
      id,
      version,
      controller,
      texts,
      asks,
      ...(partners === undefined ? {} : { partners }),
      sha256: hex(world.crypto.sha256(utf8(noticeText(notice)))),
      inForce: notices.inForce.get(id) === notice,
      readable: noticeProblems(notice).length === 0,
    };
  });
}

export interface Reading {
  readonly readable: boolean;
  /** Why nothing could be measured. */
  readonly error?: string;
  readonly checks: readonly Check[];
  readonly hardest: readonly HardSentence[];
}

/** How a text reads in a language, for whoever writes it. */
export function readingOf(text: string, language: string): Reading {
  const measured = measureText(text.trim(), language);
  if (!measured.ok) return { readable: false, error: measured.error, checks: [], hardest: [] };
  const { readable, checks, hardest } = measured.value;
  return { readable, checks, hardest };
}

/** The same in words, a line for each; `passed` where it is the word of a check. */
export function noticeLines(
  reading: Reading,
): readonly { readonly passed?: boolean; readonly text: string }[] {
  if (reading.error !== undefined) return [{ passed: false, text: reading.error }];
  const checks = reading.checks.map((check) => ({
    passed: check.passed,
    text: check.passed ? checkText(check) : `${checkText(check)}. ${check.remedy}`,
  }));
  if (reading.readable) return checks;
  const [first] = reading.checks.slice(1);
  const hardest = reading.hardest.map(({ text, words, value }) => ({
    text: `${first?.name ?? ''} ${value.toFixed(1)}, ${words} long: ${text.replaceAll(/\s+/g, ' ')}`,
  }));
  return [...checks, { text: 'The hardest sentences:' }, ...hardest];
}
