// The placements of a shop whose policy names none: a page, the product, the basket, the till and a letter a
// week. As a file would say them (parse-placement.ts completes them), so that the first policy file and this
// list are the same policy.

export const STRICT_PLACEMENTS: readonly object[] = [
  {
    id: 'home',
    purpose: 'recommend',
    channels: ['web', 'app'],
    strategy: 'for-you',
    itemsMax: 20,
    exploreRate: 0.05,
    perLeafMax: 3,
  },
  { id: 'product', purpose: 'recommend', channels: ['web', 'app'], strategy: 'complements', itemsMax: 10 },
  {
    id: 'basket',
    purpose: 'recommend',
    channels: ['web', 'app'],
    strategy: 'complements',
    itemsMax: 10,
    perLeafMax: 2,
  },
  {
    id: 'till',
    purpose: 'recommend',
    channels: ['till'],
    strategy: 'complements',
    itemsMax: 3,
    exploreRate: 0,
    perLeafMax: 1,
  },
  {
    id: 'email',
    purpose: 'contact',
    channels: ['email'],
    strategy: 'for-you',
    itemsMax: 6,
    perLeafMax: 2,
    capPerItem: { impressionsMax: 1, windowHours: 720 },
    capPerPerson: { impressionsMax: 1, windowHours: 168 },
  },
];
