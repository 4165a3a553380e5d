// The shop of a simulation, as its owner would write it down. Half of all answers explore, so that a month
// has enough of them to judge propensities.

export const SETTINGS = `
controller: town
place: { country: DE }
minPeople: 3
sources:
  - { id: town-web, origin: first-party, channel: web, basis: consent, notice: notice-1,
      description: web }
  - { id: town-app, origin: first-party, channel: app, basis: consent, notice: notice-1,
      description: app }
  - { id: town-till, origin: first-party, channel: till, basis: consent, notice: notice-1,
      description: till }
placements:
  - { id: home, purpose: recommend, channels: [web, app], strategy: for-you, itemsMax: 8,
      exploreRate: 0.5, perLeafMax: 2, capPerItem: { impressionsMax: 500, windowHours: 168 } }
  - { id: product, purpose: recommend, channels: [web], strategy: complements, itemsMax: 6,
      exploreRate: 0, perLeafMax: 2 }
  - { id: again, purpose: recommend, channels: [web], strategy: next-basket, itemsMax: 8,
      exploreRate: 0, perLeafMax: 4 }
  - { id: next, purpose: recommend, channels: [web], strategy: next-click, itemsMax: 8,
      exploreRate: 0, perLeafMax: 4 }
  - { id: email, purpose: contact, channels: [email], strategy: for-you, itemsMax: 6,
      exploreRate: 0, perLeafMax: 3, capPerItem: { impressionsMax: 1, windowHours: 720 },
      capPerPerson: { impressionsMax: 1, windowHours: 168 } }
`;

/** Purpose of each placement, told again here: the checkers do not ask the engine. */
export const PURPOSE_OF = {
  home: 'recommend',
  product: 'recommend',
  again: 'recommend',
  next: 'recommend',
  email: 'contact',
} as const;
export type PlacementName = keyof typeof PURPOSE_OF;
export const EXPLORE_RATE = { home: 0.5, product: 0, again: 0, next: 0, email: 0 } as const;
export const MIN_PEOPLE = 3;
