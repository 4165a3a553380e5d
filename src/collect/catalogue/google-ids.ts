// Numbers of the Google product taxonomy (version 2021-09-21, the last that was published) whose category is
// of a sensitive class: found by the words of sensitive-words.ts in the category paths, then read through by
// hand. Product feeds may name a category by its number alone. New numbers are unknown here and fall back to
// the words of title and product type.

import type { SensitiveClass } from '../../facts/item.ts';

const IDS: Readonly<Partial<Record<SensitiveClass, string>>> = {
  'pregnancy-baby':
    '182 537 538 539 540 541 542 543 544 547 548 549 550 551 552 553 554 555 558 559 560 561 562 563 ' +
    '564 565 566 568 1241 1242 1243 1244 1680 2125 2764 2847 2949 3459 3661 3860 4386 4387 4486 4678 ' +
    '4679 4767 4768 4916 5049 5252 5253 5296 5298 5408 5409 5410 5411 5412 5422 5423 5424 5425 5549 ' +
    '5621 5622 5623 5624 5625 5626 5628 5629 5630 5718 5719 5720 5721 5843 5845 5859 6290 6349 6393 ' +
    '6394 6869 6883 6899 6949 6950 6952 6953 6969 6971 7001 7014 7016 7068 7070 7071 7072 7082 7191 ' +
    '7198 7200 7234 7309 7360 8075 8436 8537 502987 502999 503762 505366 505822 543612 543613 543636 ' +
    '543637 543664 543665 543679 543680',
  origin:
    '5343 5388 5390 5673 5674 5676 5677 5678 5679 5680 5681 5682 5683 5684 5685 5686 5687 5688 6031 ' +
    '6227 7281 8248',
  religion: '97 1949 3923 5483 5605 6531 7120 8149 328060 499711',
  alcohol:
    '414 417 421 1671 1926 2107 2220 2364 2579 2605 2933 3014 3577 5725 5887 6761 7486 499676 ' +
    '499891 502976 502980 505761 543536 543537 543642 543643',
  health:
    '481 485 491 494 495 496 497 500 501 508 509 510 511 513 516 517 518 519 520 521 523 525 1645 ' +
    '1898 2246 2387 2496 2527 2552 2564 2633 2890 2907 2928 2954 2984 3111 3230 3364 3477 3512 3688 ' +
    '3777 3905 4076 4245 4248 4313 4364 4435 4527 4551 4552 4753 4766 5071 5072 5155 5164 5165 5166 ' +
    '5167 5168 5169 5170 5171 5172 5173 5174 5488 5551 5602 5690 5702 5821 5824 5848 5849 5850 5851 ' +
    '5870 5923 5965 5966 6017 6099 6205 6206 6242 6275 6280 6281 6284 6285 6303 6323 6490 6491 6714 ' +
    '6862 6863 6871 6929 6972 7063 7134 7138 7220 7243 7316 7317 7324 7336 7337 7413 7522 8026 8082 ' +
    '8105 8114 8122 8541 8543 230913 232166 499692 499696 499858 499913 499934 499935 500009 500087 ' +
    '502969 503006 505293 505294 505352 505669 505819 505820 505828 543670 543671 543672',
  addiction:
    '435 600 3151 3682 3741 3916 4082 4091 6878 6879 6880 6881 6882 7412 8472 499963 500007 543634 ' +
    '543635',
  sexuality: '773 774 775 776 777 778 779 4060 5055 6040 6536 7002 7186',
  grief: '5606 5607',
};

const CLASSES: ReadonlyMap<string, SensitiveClass> = new Map(
  Object.entries(IDS).flatMap(([name, ids]) =>
    // Keys of the table above are classes by its type.
    ids.split(' ').map((id): [string, SensitiveClass] => [id, name as SensitiveClass]),
  ),
);

/**
 * `classOfGoogleId('537')` (Baby & Toddler) is `'pregnancy-baby'`; `undefined` for paths and for all other
 * numbers.
 */
export function classOfGoogleId(category: string): SensitiveClass | undefined {
  return CLASSES.get(category.trim());
}

/**
 * Numbers that the last taxonomy can have given: 1 to 8549 and six digits up to 543703. Whether each of them
 * exists is not kept here: a wrong number is taken at its word, and words of title and path are read all the
 * same.
 */
export function isGoogleId(category: string): boolean {
  const word = category.trim();
  if (!/^[1-9]\d{0,5}$/.test(word)) return false;
  const id = Number(word);
  return id <= 8549 || (id >= 43_616 && id <= 543_703);
}
