// Why people buy what they buy: a handful of latent tastes, each a weight over leaves. A person is a mixture
// of a few.

/** A taste: leaf → weight. `needs` names what a household must have for it. */
export interface Taste {
  readonly name: string;
  /** How common it is among those who can have it. */
  readonly weight: number;
  readonly needs?: 'baby' | 'children' | 'dog' | 'cat';
  readonly leaves: Readonly<Record<string, number>>;
}

export const TASTES: readonly Taste[] = [
  {
    name: 'wardrobe',
    weight: 17,
    leaves: {
      Coats: 7,
      Knitwear: 4,
      'Winter boots': 3,
      Scarves: 1,
      Hats: 1,
      Gloves: 1,
      'Clothes care': 1,
    },
  },
  {
    name: 'barista',
    weight: 12,
    leaves: {
      'Coffee beans': 5,
      'Coffee machines': 3,
      'Coffee gear': 3,
      'Coffee filters': 2,
      Biscuits: 1,
      Milk: 1,
    },
  },
  {
    name: 'tea-and-quiet',
    weight: 9,
    leaves: { Tea: 5, 'Honey and jam': 2, Biscuits: 2, 'Reading comforts': 2, Cups: 1, 'Film comforts': 1 },
  },
  {
    name: 'home-cook',
    weight: 12,
    leaves: {
      'Italian pantry': 4,
      'Kitchen staples': 4,
      'Butter and cheese': 2,
      'Cooking tools': 3,
      'Cookery books': 2,
      'Kitchen machines': 1,
    },
  },
  {
    name: 'breakfast',
    weight: 10,
    leaves: {
      Bread: 4,
      'Butter and cheese': 3,
      Milk: 3,
      'Breakfast cereal': 3,
      'Honey and jam': 2,
      'Kitchen machines': 1,
    },
  },
  {
    name: 'baby',
    weight: 12,
    needs: 'baby',
    leaves: {
      Nappies: 5,
      'Wipes and creams': 3,
      'Baby food': 3,
      Prams: 2,
      'Pram extras': 1,
      'Bottles and bibs': 2,
      'Baby blankets': 2,
      'Baby clothes': 2,
    },
  },
  {
    name: 'family',
    weight: 9,
    needs: 'children',
    leaves: {
      'Children’s books': 4,
      'Family films': 3,
      'Skating and sledging': 2,
      'Breakfast cereal': 2,
      Lamps: 1,
    },
  },
  { name: 'dog', weight: 9, needs: 'dog', leaves: { 'Dog food': 4, 'Dog treats': 3, 'Dog walking': 3 } },
  {
    name: 'cat',
    weight: 9,
    needs: 'cat',
    leaves: { 'Cat food': 4, 'Cat litter': 3, 'Cat treats': 2, 'Cat toys': 2 },
  },
  {
    name: 'garden',
    weight: 4,
    leaves: { 'Garden birds': 3, Rabbits: 1, 'Travel and nature': 2, 'Honey and jam': 1 },
  },
  {
    name: 'runner',
    weight: 10,
    leaves: { 'Running shoes': 4, 'Running socks': 2, 'Running wear': 3, 'Drink and fuel': 4, Bottles: 1 },
  },
  {
    name: 'mountain',
    weight: 8,
    leaves: {
      'Hiking gear': 4,
      'Thermal wear': 3,
      'Winter boots': 2,
      'Skating and sledging': 2,
      'Travel and nature': 2,
      'Drink and fuel': 2,
    },
  },
  { name: 'crime', weight: 8, leaves: { 'Crime novels': 5, Thrillers: 3, 'Reading comforts': 2, Tea: 1 } },
  {
    name: 'cinema',
    weight: 7,
    leaves: { 'Classic films': 4, Thrillers: 3, 'Family films': 1, 'Film comforts': 2 },
  },
  {
    name: 'connected-home',
    weight: 7,
    leaves: {
      'Air and climate': 3,
      'Cleaning machines': 3,
      'Coffee machines': 1,
      Lamps: 2,
      'Coffee machine care': 1,
    },
  },
  {
    name: 'well-being',
    weight: 8,
    leaves: {
      'Yoga and stretching': 3,
      Vitamins: 2,
      'Body care': 3,
      'Cold and flu': 2,
      'Everyday aids': 1,
      Tea: 1,
      Lamps: 1,
    },
  },
];

/**
 * Leaves of things that run out, with the shortest and longest personal cadence in days. All other leaves
 * last.
 */
export const CADENCE_DAYS: Readonly<Record<string, readonly [number, number]>> = {
  'Coffee beans': [14, 32],
  'Coffee filters': [30, 60],
  Tea: [25, 50],
  Biscuits: [10, 28],
  'Honey and jam': [20, 45],
  Bread: [7, 12],
  'Butter and cheese': [9, 18],
  Milk: [7, 12],
  'Breakfast cereal': [16, 35],
  'Italian pantry': [14, 35],
  'Kitchen staples': [18, 45],
  Nappies: [10, 20],
  'Wipes and creams': [16, 32],
  'Baby food': [8, 16],
  'Body care': [30, 60],
  Vitamins: [30, 60],
  'Cold and flu': [40, 90],
  'Everyday aids': [40, 90],
  'Cat food': [14, 28],
  'Cat litter': [16, 30],
  'Cat treats': [18, 35],
  'Dog food': [24, 40],
  'Dog treats': [16, 32],
  'Drink and fuel': [18, 40],
  'Coffee machine care': [50, 90],
};

/** Is this a leaf of things that are used up and bought again? */
export function runsOut(leaf: string): boolean {
  return CADENCE_DAYS[leaf] !== undefined;
}
