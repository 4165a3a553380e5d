// Audiences and subjects in words, for whoever answers for a policy.

import type { Audience, Condition } from './audience.ts';
import { goodsText } from './compare-merchandising.ts';
import type { SubjectLine } from './subject.ts';

/** `bought Food > Tea within 180 days, at least 2 times; declared the country DE or AT`. */
export function audienceText({ all }: Audience): string {
  return all.map(conditionText).join('; ');
}

const DID = {
  bought: 'bought',
  viewed: 'looked at',
  liked: 'likes',
} as const;

export function conditionText(condition: Condition): string {
  switch (condition.by) {
    case 'not-bought':
      return `bought nothing of ${goodsText(condition.goods)} within ${condition.days} days`;
    case 'country':
    case 'language':
      return `declared the ${condition.by} ${condition.oneOf.join(' or ')}`;
    case 'customer':
      return `has been a customer for ${condition.days} days`;
    default: {
      const { by, goods, days, times } = condition;
      const lately = days === undefined ? '' : ` within ${days} days`;
      return `${DID[by]} ${goodsText(goods)}${lately}${times === 1 ? '' : `, at least ${times} times`}`;
    }
  }
}

/** `“News from us”; de “Neu: {item}”`. */
export function subjectText(subject: SubjectLine | undefined): string {
  if (subject === undefined) return 'none';
  const texts = Object.entries(subject.texts).map(([language, text]) => `${language} “${text}”`);
  return [`“${subject.fallback}”`, ...texts].join('; ');
}
