// Kinds of personal data, as a person would name them. Grants are given per category and purpose.

/** IRIs of the DPV personal-data extension 2.3 (https://w3id.org/dpv/pd). */
export const CATEGORY_DPV = {
  /** What was bought and returned. */
  purchases: 'https://w3id.org/dpv/pd#Purchase',
  /** What was looked at on the shop's own pages. */
  browsing: 'https://w3id.org/dpv/pd#BrowsingBehavior',
  /** What lies in the basket now. */
  basket: 'https://w3id.org/dpv/pd#PurchasesAndSpendingHabit',
  /** What was shown, clicked, dismissed. */
  interactions: 'https://w3id.org/dpv/pd#ServiceConsumptionBehavior',
  /** What the person said they like or dislike. */
  declared: 'https://w3id.org/dpv/pd#Interest',
  /** Age band, household size, language. */
  demographics: 'https://w3id.org/dpv/pd#Demographic',
  /** Country, region, chosen shop; never a track of movements. */
  location: 'https://w3id.org/dpv/pd#Location',
  reviews: 'https://w3id.org/dpv/pd#Opinion',
  messages: 'https://w3id.org/dpv/pd#Communication',
  /** Readings of the person's connected appliances. */
  devices: 'https://w3id.org/dpv/pd#DeviceBased',
} as const;

export type DataCategory = keyof typeof CATEGORY_DPV;

export const DATA_CATEGORIES: readonly DataCategory[] = [
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
];
