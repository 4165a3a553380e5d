// The closed lists of the API in words: purposes and categories of data, in the order in which a person meets
// them.

import type { WordKey } from '../words/words.ts';

export const PURPOSES = [
  'recommend',
  'improve',
  'measure',
  'contact',
  'benefit',
  'advertise',
  'guard',
] as const;
export type AskedPurpose = (typeof PURPOSES)[number];

export const CATEGORIES = [
  'purchases',
  'browsing',
  'basket',
  'interactions',
  'declared',
  'demographics',
  'location',
  'reviews',
  'messages',
  'devices',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** What one click on yes allows: what the notice says, and no more. */
export const USUAL_CATEGORIES: readonly Category[] = ['purchases', 'browsing', 'basket', 'interactions'];
export const USUAL_PURPOSES: readonly AskedPurpose[] = ['recommend', 'improve', 'measure'];

const PURPOSE_WORDS: Readonly<Record<string, WordKey>> = {
  serve: 'purposeServe',
  recommend: 'purposeRecommend',
  improve: 'purposeImprove',
  advertise: 'purposeAdvertise',
  contact: 'purposeContact',
  benefit: 'purposeBenefit',
  measure: 'purposeMeasure',
  guard: 'purposeGuard',
  pool: 'purposePool',
};

export const PURPOSE_TEXTS: Readonly<Record<AskedPurpose, WordKey>> = {
  recommend: 'purposeRecommendText',
  improve: 'purposeImproveText',
  advertise: 'purposeAdvertiseText',
  contact: 'purposeContactText',
  benefit: 'purposeBenefitText',
  measure: 'purposeMeasureText',
  guard: 'purposeGuardText',
};

export const CATEGORY_WORDS: Readonly<Record<Category, WordKey>> = {
  purchases: 'categoryPurchases',
  browsing: 'categoryBrowsing',
  basket: 'categoryBasket',
  interactions: 'categoryInteractions',
  declared: 'categoryDeclared',
  demographics: 'categoryDemographics',
  location: 'categoryLocation',
  reviews: 'categoryReviews',
  messages: 'categoryMessages',
  devices: 'categoryDevices',
};

/** Sensitive classes, in the order of the notice. */
export const CLASSES = [
  'pregnancy-baby',
  'health',
  'sexuality',
  'religion',
  'politics',
  'origin',
  'addiction',
  'alcohol',
  'debt',
  'grief',
] as const;
export type ClassOf = (typeof CLASSES)[number];

/** What may be asked for a class: the notice asks for no more. */
export const CLASS_PURPOSES = ['recommend', 'improve'] as const;

export const CLASS_WORDS: Readonly<Record<ClassOf, WordKey>> = {
  'pregnancy-baby': 'classPregnancy',
  health: 'classHealth',
  sexuality: 'classSexuality',
  religion: 'classReligion',
  politics: 'classPolitics',
  origin: 'classOrigin',
  addiction: 'classAddiction',
  alcohol: 'classAlcohol',
  debt: 'classDebt',
  grief: 'classGrief',
};

export function purposeWord(purpose: string): WordKey {
  return PURPOSE_WORDS[purpose] ?? 'purposeServe';
}
