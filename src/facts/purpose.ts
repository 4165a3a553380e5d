// What data may be used for. A closed list: an unknown purpose cannot be spelled, so it cannot be allowed.
// `SellDataToThirdParties` is left out on purpose: it can never be granted.

/**
 * IRIs of the Data Privacy Vocabulary 2.3 (https://w3id.org/dpv), the standard terms behind our short words.
 */
export const PURPOSE_DPV = {
  /**
   * Do what the person asked for: the order, its delivery, its return. Rests on the contract (GDPR 6(1)(b)).
   */
  serve: 'https://w3id.org/dpv#ServiceProvision',
  /** Choose what to show on the shop's own pages, app and till. */
  recommend: 'https://w3id.org/dpv#ProvidePersonalisedRecommendations',
  /** Learn from what many people do, so that recommendations get better. */
  improve: 'https://w3id.org/dpv#ServiceOptimisation',
  /** Personalised advertisements. */
  advertise: 'https://w3id.org/dpv#PersonalisedAdvertising',
  /** Write first: e-mail, push, letter. */
  contact: 'https://w3id.org/dpv#DirectMarketing',
  /** Tiers, rewards and personal discounts. */
  benefit: 'https://w3id.org/dpv#PersonalisedBenefits',
  /** Count what came of a decision. */
  measure: 'https://w3id.org/dpv#ServiceUsageAnalytics',
  /**
   * Find proxies of sensitive classes, so that they can be kept out. Nothing else may read what it learns.
   */
  guard: 'https://w3id.org/dpv#EnforceSecurity',
} as const;

export type Purpose = keyof typeof PURPOSE_DPV;

export const PURPOSES: readonly Purpose[] = [
  'serve',
  'recommend',
  'improve',
  'advertise',
  'contact',
  'benefit',
  'measure',
  'guard',
];

/** Purposes a slot can be for. What `guard` lets be looked at is for finding proxies and nothing else. */
export const SLOT_PURPOSES: readonly Purpose[] = PURPOSES.filter(
  (purpose) => purpose !== 'serve' && purpose !== 'guard',
);

/** Purposes a person can grant or withdraw. `serve` is the contract itself and is not asked for. */
export const GRANTABLE_PURPOSES: readonly Purpose[] = PURPOSES.filter((purpose) => purpose !== 'serve');
