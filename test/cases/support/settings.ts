// The settings of the shop in the named cases: one slot for each way in which a story could go wrong. Nothing
// is drawn by lot, so that two people who should be served alike are served the same list.

/** Slots of the shop, by what they are for. */
export const SLOTS = {
  home: 'home',
  product: 'product',
  /** The family's television: others look on. */
  livingRoom: 'living-room',
  advert: 'advert',
  email: 'email',
  letter: 'letter',
  reward: 'reward',
} as const;
export type Slot = (typeof SLOTS)[keyof typeof SLOTS];

export function settingsOf(controller: string): string {
  return `
controller: ${controller}
place: { country: DE }
minPeople: 3
sources:
  - { id: ${controller}-web, origin: first-party, channel: web, basis: consent, notice: notice-1,
      description: our web shop }
  - { id: ${controller}-app, origin: first-party, channel: app, basis: consent, notice: notice-1,
      description: our app }
  - { id: ${controller}-till, origin: first-party, channel: till, basis: contract, notice: notice-1,
      description: our tills }
placements:
  - { id: home, purpose: recommend, channels: [web, app], strategy: for-you, itemsMax: 20, exploreRate: 0,
      perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 24 } }
  - { id: product, purpose: recommend, channels: [web, app], strategy: complements, itemsMax: 6,
      exploreRate: 0, perLeafMax: 2, capPerItem: { impressionsMax: 500, windowHours: 24 } }
  - { id: living-room, purpose: recommend, channels: [web], publicity: shared-screen, strategy: for-you,
      itemsMax: 20, exploreRate: 0, perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 24 } }
  - { id: advert, purpose: advertise, channels: [web], strategy: for-you, itemsMax: 20, exploreRate: 0,
      perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 24 } }
  - { id: email, purpose: contact, channels: [email], strategy: for-you, itemsMax: 20, exploreRate: 0,
      perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 24 },
      capPerPerson: { impressionsMax: 1, windowHours: 168 } }
  - { id: letter, purpose: contact, channels: [letter], strategy: for-you, itemsMax: 20, exploreRate: 0,
      perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 24 } }
  - { id: reward, purpose: benefit, channels: [web, app], strategy: for-you, itemsMax: 20, exploreRate: 0,
      perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 24 } }
`;
}
