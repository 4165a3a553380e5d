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
  taste('wardrobe', 15, {
    ...{ Coats: 7, Knitwear: 4, 'Winter boots': 3, Scarves: 1, Hats: 1, Gloves: 1, 'Clothes care': 1 },
    ...{ Trousers: 4, 'Shirts and tops': 4, 'Dresses and skirts': 3, 'Indoor shoes': 1, Bags: 2 },
  }),
  taste('weatherproof', 6, {
    Rainwear: 4,
    Umbrellas: 3,
    'Winter boots': 2,
    Coats: 2,
    Bags: 1,
    'Winter socks': 1,
  }),
  taste('barista', 12, {
    ...{
      'Coffee beans': 5,
      'Coffee machines': 3,
      'Coffee gear': 3,
      'Coffee filters': 2,
      Biscuits: 1,
      Milk: 1,
    },
    'Coffee bar drinks': 2,
  }),
  taste('bar-regular', 7, {
    'Coffee bar drinks': 6,
    'Cakes and pastry': 4,
    'Juices and water': 1,
    Stationery: 1,
  }),
  taste('tea-and-quiet', 9, {
    ...{ Tea: 5, 'Honey and jam': 2, Biscuits: 2, 'Reading comforts': 2, Cups: 1, 'Film comforts': 1 },
    Novels: 1,
  }),
  taste('home-cook', 13, {
    ...{ 'Italian pantry': 3, 'Kitchen staples': 4, 'Butter and cheese': 2, 'Cooking tools': 3 },
    ...{ 'Cookery books': 2, 'Kitchen machines': 1, 'Fruit and vegetables': 5, 'Fish and meat': 3 },
    ...{ 'Rice and pulses': 3, Spices: 3, 'Fridges and freezers': 1 },
  }),
  taste('breakfast', 10, {
    ...{ Bread: 4, 'Butter and cheese': 3, Milk: 3, 'Breakfast cereal': 3, 'Honey and jam': 2 },
    ...{ 'Kitchen machines': 1, 'Juices and water': 2, 'Ice cream': 2 },
  }),
  taste('sweet-tooth', 8, { 'Chocolate and sweets': 5, 'Ice cream': 4, 'Cakes and pastry': 3, Biscuits: 2 }),
  taste('evening-glass', 6, {
    'Wine and beer': 5,
    'Butter and cheese': 2,
    'Chocolate and sweets': 1,
    'Fish and meat': 1,
  }),
  taste('household', 9, {
    ...{
      'Cleaning and paper': 6,
      'Body care': 2,
      'Oral care': 2,
      'Hair and shaving': 2,
      'Washing machine care': 1,
    },
    ...{ 'Washing machines': 1, 'Home spares': 1, 'Everyday aids': 1, 'Intimate care': 1 },
  }),
  taste('baby', 12, 'baby', {
    ...{
      Nappies: 5,
      'Wipes and creams': 3,
      'Baby food': 3,
      Prams: 2,
      'Pram extras': 1,
      'Bottles and bibs': 2,
    },
    ...{
      'Baby blankets': 2,
      'Baby clothes': 2,
      'Baby toys': 2,
      Nursery: 1,
      'Bath time': 1,
      'Baby safety': 1,
    },
  }),
  taste('family', 9, 'children', {
    ...{
      'Children’s books': 4,
      'Family films': 3,
      'Skating and sledging': 2,
      'Breakfast cereal': 2,
      Lamps: 1,
    },
    ...{ 'Children’s winter wear': 2, Football: 2, 'Ice cream': 1, Stationery: 1 },
  }),
  taste('dog', 9, 'dog', {
    ...{ 'Dog food': 4, 'Dog treats': 3, 'Dog walking': 3, 'Dog beds and bowls': 2, 'Dog care': 2 },
  }),
  taste('cat', 9, 'cat', {
    ...{ 'Cat food': 4, 'Cat litter': 3, 'Cat treats': 2, 'Cat toys': 2, 'Cat furniture': 1, 'Cat care': 1 },
  }),
  taste('small-friends', 4, { Aquarium: 3, Hamsters: 2, Rabbits: 2, 'Garden birds': 2 }),
  taste('garden', 5, {
    ...{ 'Garden birds': 3, Rabbits: 1, 'Travel and nature': 2, 'Honey and jam': 1, 'Garden machines': 2 },
    'Fruit and vegetables': 1,
  }),
  taste('runner', 10, {
    'Running shoes': 4,
    'Running socks': 2,
    'Running wear': 3,
    'Drink and fuel': 4,
    Bottles: 1,
  }),
  taste('mountain', 8, {
    ...{ 'Hiking gear': 4, 'Thermal wear': 3, 'Winter boots': 2, 'Skating and sledging': 1 },
    ...{ 'Travel and nature': 2, 'Drink and fuel': 2, Camping: 3, Skiing: 3, 'Maps and guides': 1 },
  }),
  taste('wheels-and-water', 7, {
    Cycling: 4,
    Swimming: 3,
    'Drink and fuel': 2,
    Bottles: 1,
    'Sun and insects': 1,
  }),
  taste('ball', 6, {
    Football: 4,
    'Racket sports': 3,
    'Gym at home': 2,
    'Drink and fuel': 2,
    'First aid': 1,
  }),
  taste('crime', 8, { 'Crime novels': 5, Thrillers: 3, 'Reading comforts': 2, Tea: 1 }),
  taste('reader', 9, {
    ...{ Novels: 5, 'Love stories': 3, 'Science and history': 3, Poetry: 1, 'Reading comforts': 2 },
    ...{ 'Belief and philosophy': 1, 'Politics and society': 1, Tea: 1 },
  }),
  taste('cinema', 7, {
    ...{ 'Classic films': 4, Thrillers: 3, 'Family films': 1, 'Film comforts': 2, 'Christmas films': 1 },
    ...{ Documentaries: 2, 'Music and radio plays': 2 },
  }),
  taste('paper-and-sound', 5, { Stationery: 4, 'Music and radio plays': 3, 'Sound and light': 2, Cups: 1 }),
  taste('connected-home', 7, {
    ...{
      'Air and climate': 3,
      'Cleaning machines': 3,
      'Coffee machines': 1,
      Lamps: 2,
      'Coffee machine care': 1,
    },
    ...{ 'Smart home': 3, 'Bathroom devices': 2 },
  }),
  taste('well-being', 8, {
    ...{
      'Yoga and stretching': 3,
      Vitamins: 2,
      'Body care': 3,
      'Cold and flu': 2,
      'Everyday aids': 1,
      Tea: 1,
    },
    ...{
      Lamps: 1,
      'Sleep and calm': 2,
      'Sun and insects': 1,
      'Pain relief': 1,
      'First aid': 1,
      'Heart and blood pressure': 1,
    },
  }),
];

/**
 * Shelves that nobody goes to by taste, and why: what lies there is bought for a reason of its own, which is
 * a planted class or nobody’s business.
 */
export const UNTASTED: readonly string[] = ['Expecting', 'Diabetes care', 'Quit smoking'];

function taste(
  name: string,
  weight: number,
  ...rest: [needs: NonNullable<Taste['needs']>, leaves: Taste['leaves']] | [leaves: Taste['leaves']]
): Taste {
  const [first, second] = rest;
  if (typeof first === 'string') return { name, weight, needs: first, leaves: second ?? {} };
  return { name, weight, leaves: first };
}

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
  'Coffee bar drinks': [3, 12],
  'Cakes and pastry': [5, 18],
  'Fruit and vegetables': [5, 12],
  'Fish and meat': [7, 16],
  'Rice and pulses': [20, 50],
  Spices: [30, 80],
  'Chocolate and sweets': [10, 28],
  'Juices and water': [8, 20],
  'Ice cream': [12, 35],
  'Wine and beer': [10, 30],
  'Cleaning and paper': [16, 40],
  'Oral care': [25, 55],
  'Hair and shaving': [25, 55],
  'Sun and insects': [50, 100],
  'First aid': [60, 110],
  'Pain relief': [40, 90],
  'Sleep and calm': [35, 70],
  'Dog care': [40, 80],
  'Cat care': [40, 80],
  'Washing machine care': [40, 80],
};

/** Is this a leaf of things that are used up and bought again? */
export function runsOut(leaf: string): boolean {
  return CADENCE_DAYS[leaf] !== undefined;
}
