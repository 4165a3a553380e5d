// Who the named people are and what they do: a table to read and extend. Each has a story that some promise
// is told by; `named.ts` makes people and acts of it.

import { answerAll } from './consent-choices.ts';
import type { TownGrant, TownPerson, TownSourceId } from './types.ts';

/** `[days before the end, source, kind, items]`; each step happens in its own minute of that afternoon. */
export type Step = readonly [
  number,
  TownSourceId,
  'view' | 'basket-add' | 'dismiss' | 'purchase',
  readonly string[],
];

export interface Story {
  readonly id: string;
  /** What a reader should know of them. */
  readonly about: string;
  readonly home: Pick<TownPerson, 'country' | 'region' | 'language'>;
  readonly birthYear: number;
  /** Whose door they share; their own when absent. */
  readonly livesWith?: string;
  readonly pets?: TownPerson['pets'];
  readonly classes?: TownPerson['classes'];
  readonly gpc?: boolean;
  readonly consent: TownPerson['consent'];
  readonly grants: readonly TownGrant[];
  /** Days before the end on which the notice was answered. */
  readonly consentDaysAgo: number;
  /** What they said about themselves when they answered. */
  readonly traits?: Readonly<Record<string, string | number>>;
  readonly steps: readonly Step[];
}

const given = answerAll('given');

export const STORIES: readonly Story[] = [
  {
    id: 'ada',
    about: 'Bought a winter coat last week; allows all that was asked. Gloves, hat, scarf; never cat food.',
    home: { country: 'DE', language: 'de' },
    birthYear: 1988,
    consent: 'full',
    grants: given,
    consentDaysAgo: 120,
    traits: { language: 'de', country: 'DE' },
    steps: [
      [96, 'town-web', 'purchase', ['book-fog-over-pier-nine', 'tea-earl-grey']],
      [8, 'town-web', 'view', ['coat-camel-classic']],
      [7, 'town-web', 'view', ['coat-harbour-wool']],
      [7, 'town-web', 'purchase', ['coat-harbour-wool']],
    ],
  },
  {
    id: 'ben',
    about: 'Refused everything. He shops all the same, and the shop serves him without remembering.',
    home: { country: 'AT', language: 'de' },
    birthYear: 1975,
    consent: 'refused',
    grants: answerAll('refused'),
    consentDaysAgo: 100,
    steps: [
      [99, 'town-web', 'purchase', ['shoes-road-swift']],
      [30, 'town-web', 'view', ['socks-run-three']],
      [12, 'town-till', 'purchase', ['milk-whole', 'bread-sourdough', 'jam-apricot']],
    ],
  },
  {
    id: 'carla',
    about: 'Expecting, and has told nobody. Nothing may show it, least of all a letter in the hall.',
    home: { country: 'IT', language: 'it' },
    birthYear: 1994,
    classes: ['pregnancy-baby'],
    consent: 'full',
    grants: [
      ...given,
      { category: 'purchases', purpose: 'contact', state: 'given' },
      { category: 'messages', purpose: 'contact', state: 'given' },
    ],
    consentDaysAgo: 150,
    steps: [
      [140, 'town-web', 'purchase', ['pasta-rigatoni', 'tomatoes-san-marzano', 'parmesan-24']],
      [55, 'town-app', 'purchase', ['pregnancy-test-two']],
      [41, 'town-app', 'purchase', ['vitamins-prenatal', 'ginger-chews']],
      [20, 'town-app', 'purchase', ['lotion-unscented', 'tote-bag-large', 'pasta-rigatoni']],
      [11, 'town-till', 'purchase', ['vitamins-prenatal', 'cotton-pads-large', 'oil-olive']],
    ],
  },
  {
    id: 'deniz',
    about: 'Fifteen years old, in Turkey. She said yes, but is too young to say it alone.',
    home: { country: 'TR', language: 'tr' },
    birthYear: 0,
    consent: 'full',
    grants: [...given, { category: 'declared', purpose: 'recommend', state: 'given' }],
    consentDaysAgo: 60,
    traits: { language: 'tr', country: 'TR' },
    steps: [
      [58, 'town-app', 'purchase', ['film-pip-the-robot', 'popcorn-salt']],
      [9, 'town-app', 'view', ['skates-lake']],
    ],
  },
  {
    id: 'emre',
    about: 'The loyal customer: a kilo of beans every three weeks, and he would like that to be noticed.',
    home: { country: 'DE', language: 'tr' },
    birthYear: 1969,
    consent: 'full',
    grants: [...given, { category: 'purchases', purpose: 'benefit', state: 'given' }],
    consentDaysAgo: 175,
    traits: { language: 'tr', country: 'DE', likes: 'coffee' },
    steps: [
      [172, 'town-web', 'purchase', ['coffee-machine-bella', 'beans-morning-harbour', 'filters-paper-no4']],
      [150, 'town-till', 'purchase', ['beans-morning-harbour']],
      [129, 'town-till', 'purchase', ['beans-morning-harbour', 'bread-simit']],
      [108, 'town-till', 'purchase', ['beans-morning-harbour', 'filters-paper-no4']],
      [86, 'town-app', 'purchase', ['beans-morning-harbour', 'descaler']],
      [65, 'town-till', 'purchase', ['beans-morning-harbour', 'bread-simit']],
      [44, 'town-till', 'purchase', ['beans-morning-harbour', 'filters-paper-no4']],
      [22, 'town-app', 'purchase', ['beans-morning-harbour']],
      [2, 'town-app', 'view', ['cups-espresso-four']],
    ],
  },
  {
    id: 'fatima',
    about: 'Reads Arabic, lives with two cats. Agrees to recommendations, not to being counted.',
    home: { country: 'DE', language: 'ar' },
    birthYear: 1991,
    pets: { dog: false, cat: true },
    consent: 'partial',
    grants: answerAll('refused').map((grant) =>
      grant.purpose === 'recommend' ? { ...grant, state: 'given' } : grant,
    ),
    consentDaysAgo: 90,
    traits: { language: 'ar', country: 'DE' },
    steps: [
      [89, 'town-web', 'purchase', ['cat-food-salmon-dry', 'cat-litter-wood']],
      [66, 'town-web', 'purchase', ['cat-food-salmon-dry', 'cat-treats-crunch']],
      [43, 'town-app', 'purchase', ['cat-food-salmon-dry', 'cat-litter-wood', 'tea-mint-garden']],
      [21, 'town-app', 'purchase', ['cat-food-salmon-dry', 'cat-toy-mouse']],
      [3, 'town-app', 'view', ['scratching-post']],
    ],
  },
  {
    id: 'gil',
    about: 'Californian whose browser sends Global Privacy Control: not a word of his goes to advertising.',
    home: { country: 'US', region: 'CA', language: 'en' },
    birthYear: 1983,
    gpc: true,
    consent: 'full',
    grants: given,
    consentDaysAgo: 70,
    steps: [
      [69, 'town-web', 'purchase', ['shoes-trail-ibex', 'socks-run-merino']],
      [25, 'town-web', 'view', ['running-lights']],
      [25, 'town-web', 'basket-add', ['running-lights']],
    ],
  },
  {
    id: 'dario',
    about:
      'Lives with Carla and empties the letter-box. Whatever lies in it, he learns nothing of her from it.',
    home: { country: 'IT', language: 'it' },
    birthYear: 1992,
    livesWith: 'carla',
    consent: 'full',
    grants: [
      ...given,
      { category: 'purchases', purpose: 'contact', state: 'given' },
      { category: 'messages', purpose: 'contact', state: 'given' },
    ],
    consentDaysAgo: 150,
    steps: [
      [120, 'town-web', 'purchase', ['racket-tennis-club', 'balls-tennis-four']],
      [33, 'town-till', 'purchase', ['pasta-rigatoni', 'wine-red-primitivo']],
    ],
  },
  {
    id: 'ines',
    about:
      'Left corduroy trousers in the cart and bought them at the till the day after. Nothing may follow her.',
    home: { country: 'AT', language: 'de' },
    birthYear: 1979,
    consent: 'full',
    grants: [
      ...given,
      { category: 'basket', purpose: 'contact', state: 'given' },
      { category: 'messages', purpose: 'contact', state: 'given' },
    ],
    consentDaysAgo: 110,
    steps: [
      [90, 'town-web', 'purchase', ['shirt-flannel-check']],
      [6, 'town-web', 'view', ['trousers-corduroy-brown']],
      [6, 'town-web', 'basket-add', ['trousers-corduroy-brown']],
      [5, 'town-till', 'purchase', ['trousers-corduroy-brown']],
    ],
  },
  {
    id: 'jonas',
    about:
      'Watched one Christmas film on fifty-three evenings. That is nobody’s business, and no number may say it.',
    home: { country: 'GB', language: 'en' },
    birthYear: 1990,
    consent: 'full',
    grants: given,
    consentDaysAgo: 80,
    steps: [
      [75, 'town-web', 'purchase', ['film-snow-prince', 'popcorn-salt']],
      ...Array.from({ length: 53 }, (_, evening): Step => [
        73 - evening,
        'town-app',
        'view',
        ['film-snow-prince'],
      ]),
    ],
  },
  {
    id: 'kemal',
    about: 'Said "less of this" to liquorice, twice, and means it.',
    home: { country: 'TR', language: 'tr' },
    birthYear: 1985,
    consent: 'full',
    grants: given,
    consentDaysAgo: 100,
    steps: [
      [98, 'town-app', 'purchase', ['chocolate-dark-70', 'tea-ceylon-breakfast']],
      [40, 'town-app', 'view', ['liquorice-salty']],
      [40, 'town-app', 'dismiss', ['liquorice-salty']],
      [12, 'town-app', 'view', ['liquorice-salty']],
      [12, 'town-app', 'dismiss', ['liquorice-salty']],
      [4, 'town-app', 'purchase', ['chocolate-milk-hazelnut']],
    ],
  },
  {
    id: 'hana',
    about: 'The newcomer: no history, no answer yet.',
    home: { country: 'TW', language: 'zh-Hant' },
    birthYear: 1999,
    consent: 'unseen',
    grants: [],
    consentDaysAgo: 0,
    steps: [],
  },
];
