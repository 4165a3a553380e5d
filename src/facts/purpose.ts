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
  /**
   * Learn together with other sellers, each of them named to the person (joint controllers, GDPR 26). Of what
   * may be learned from for `improve`, and never more than that.
   */
  pool: 'https://w3id.org/dpv#ImproveExistingProductsAndServices',
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
  'pool',
];

/**
 * Purposes a slot can be for. What `guard` and `pool` let be looked at is for finding proxies and for
 * learning together, and nothing else.
 */
export const SLOT_PURPOSES: readonly Purpose[] = PURPOSES.filter(
  (purpose) => !['serve', 'guard', 'pool'].includes(purpose),
);

/** Purposes that something is kept for. `pool` reads nothing that `improve` may not, so it keeps nothing. */
export const KEEPING_PURPOSES: readonly Purpose[] = PURPOSES.filter(
  (purpose) => purpose !== 'serve' && purpose !== 'pool',
);

/** Purposes a person can grant or withdraw. `serve` is the contract itself and is not asked for. */
export const GRANTABLE_PURPOSES: readonly Purpose[] = PURPOSES.filter((purpose) => purpose !== 'serve');
