// The shop of a round: settings with caps low enough to be reached at once, forty things, twelve buyers.

export const CONSENT_SOURCE = 'web-shop';
export const TILL = 'till';

/** At most so many lists for a person in a placement, and one thing so often. The window outlasts a round. */
export const CAPS = { few: 5, item: 2 } as const;

export const SETTINGS = `
controller: shop
place: { country: DE }
minPeople: 3
sources:
  - { id: web-shop, origin: first-party, channel: web, basis: consent, notice: notice-1, description: shop }
  - { id: till, origin: first-party, channel: till, basis: contract, notice: notice-1, description: tills }
placements:
  - { id: few, purpose: recommend, channels: [web], strategy: for-you, itemsMax: 2, exploreRate: 0.2,
      perLeafMax: 8, capPerItem: { impressionsMax: ${CAPS.item}, windowHours: 24 },
      capPerPerson: { impressionsMax: ${CAPS.few}, windowHours: 24 } }
  - { id: steady, purpose: recommend, channels: [web], strategy: for-you, itemsMax: 5, exploreRate: 0,
      perLeafMax: 5, capPerItem: { impressionsMax: 500, windowHours: 24 },
      capPerPerson: { impressionsMax: 500, windowHours: 24 } }
`;

const KINDS = ['coat', 'glove', 'tea', 'lamp', 'boot'];
/** `coat-1` … `boot-8`. */
export const ITEMS: readonly string[] = KINDS.flatMap((kind) =>
  [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${kind}-${n}`),
);
export const BUYERS: readonly string[] = Array.from({ length: 12 }, (_, n) => `buyer-${n}`);

export const CATEGORIES = ['browsing', 'purchases', 'interactions'] as const;
export type Category = (typeof CATEGORIES)[number];
export const PURPOSES = ['recommend', 'improve', 'measure'] as const;
export const NOTICE = { id: 'notice-1', language: 'en' } as const;

export interface Said {
  readonly category: Category;
  readonly purpose: (typeof PURPOSES)[number];
  readonly state: 'given' | 'withdrawn' | 'refused';
}

export interface Message {
  readonly kind: 'view' | 'click' | 'purchase';
  readonly id: string;
  readonly person: string;
  readonly source: string;
  readonly time: string;
  readonly lines: readonly { readonly item: string; readonly quantity: number }[];
}

export const EVERYTHING: readonly Said[] = CATEGORIES.flatMap((category) =>
  PURPOSES.map((purpose): Said => ({ category, purpose, state: 'given' })),
);

/** A choice as a line of the intake. */
export function consentLine(person: string, grants: readonly Said[]): object {
  return { fineline: 'consent', person, source: CONSENT_SOURCE, grants, notice: NOTICE };
}

export const CATALOGUE = ITEMS.map((id) => ({
  id,
  title: `The ${id}`,
  path: ['Things', id.replace(/-.*/, '')],
}));

/** What each buyer allowed and bought, so that there is something to learn. */
export function stockOf(person: string, n: number, nowMs: number): readonly [object, Message] {
  const lines = ITEMS.filter((_, at) => (at + n) % 4 < 2).map((item) => ({ item, quantity: 1 }));
  const time = new Date(nowMs - 2 * 3_600_000).toISOString();
  return [
    consentLine(person, EVERYTHING),
    { kind: 'purchase', source: TILL, id: `stock-${n}`, person, time, lines },
  ];
}
