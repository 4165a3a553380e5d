// What our short words mean, for a reader who did not make them.

import type { EmptyReason } from '../../../engine/intake.ts';
import type { GuardName, NothingReason } from '../../../facts/decision.ts';
import type { FactKind } from '../../../facts/fact.ts';

const GUARDS: Readonly<Record<GuardName, (number: number) => string>> = {
  unavailable: () => 'cannot be bought now',
  'sensitive-class': () => 'tells something sensitive about whoever sees it there',
  proxy: () => 'often goes with something sensitive, so that whoever sees it there might guess',
  unjudged: () => 'too few have it to say that it tells nothing sensitive',
  excluded: () => 'left out of this slot by the shop',
  bought: (pieces) => `bought already (${pieces === 1 ? '1 piece' : `${pieces} pieces`})`,
  returned: (pieces) => `came back before (${pieces === 1 ? '1 piece' : `${pieces} pieces`})`,
  disliked: () => 'the person said: less of this',
  'disliked-kind': (things) => `of a kind of which the person disliked ${things} things`,
  'item-cap': (times) => `shown ${times} times in its window`,
  'person-cap': (times) => `the slot was shown ${times} times in its window`,
  'same-leaf': () => 'of the same kind as what is being looked at',
  'leaf-share': (there) => `${there} of its kind are in the list already`,
  'leaf-cap': (times) => `things of its kind were shown in ${times} lists of late`,
  'in-context': () => 'being looked at right now',
  variant: () => 'another size or kind of it is in the list, in front of the person, bought or refused',
  'not-related': (pull) => `not related enough (${pull.toFixed(4)})`,
};

const NOTHING: Readonly<Record<NothingReason, string>> = {
  'not-in-audience': 'the slot is for others, or for too few, or nobody has counted them yet',
  'person-cap': 'this slot was shown to this person often enough',
  'contact-cap': 'the shop came to this person often enough, over all channels',
  'campaign-cap': 'this campaign came to this person often enough',
  'not-newcomer': 'the campaign is for people who surely never bought',
  'campaign-full': 'the campaign sent as many contacts as it may in seven days',
  'held-out': 'a lot left this person in peace for a week, to learn what contacts bring',
  'backed-off': 'the person did not answer the last contacts, so the next one waits',
  'learned-stop': 'to somebody who heard so much, another contact brings too little',
  'quiet-hours': 'it is, or may be, night where the person is',
  'not-allowed': 'the person did not allow to be written to',
  'nothing-related': 'nothing is related to what is known or looked at',
  'no-model': 'nothing has been learned yet',
  guarded: 'the line held back everything that would have fitted',
};

const KINDS: Readonly<Record<FactKind, string>> = {
  bought: 'bought',
  viewed: 'looked at',
  'in-basket': 'in the basket',
  clicked: 'clicked',
  dismissed: 'dismissed',
  likes: 'likes',
  dislikes: 'dislikes',
  trait: 'said',
};

export function guardWords(guard: string, number: number): string {
  const words = Object.entries(GUARDS).find(([name]) => name === guard)?.[1];
  return words === undefined ? guard : words(number);
}

export function nothingWords(reason: string): string {
  return Object.entries(NOTHING).find(([name]) => name === reason)?.[1] ?? reason;
}

export function kindWords(kind: string): string {
  return Object.entries(KINDS).find(([name]) => name === kind)?.[1] ?? kind;
}

const EMPTY: Readonly<Record<EmptyReason, string>> = {
  'no-consent': 'the person did not allow it',
  'nothing-fits': 'nothing fits well enough',
  'enough-contact': 'the person had enough contact for now',
};

/** The general word that an answer gives for an empty slot. */
export function emptyWords(reason: string): string {
  return Object.entries(EMPTY).find(([name]) => name === reason)?.[1] ?? reason;
}

/** `bought this before`, of the very thing that is shown. */
export function repeatWords(key: string): string {
  return factWords(key, () => 'this before');
}

/** Keys are `kind|source|thing`, of a joined identity `joined 1|kind|source|thing` (profile/door.ts). */
export function factWords(key: string, titleOf: (item: string) => string): string {
  const joined = /^joined \d+\|/.exec(key)?.[0] ?? '';
  const [kind = '', , ...thing] = key.slice(joined.length).split('|');
  const words = `${kindWords(kind)} ${titleOf(thing.join('|'))}`;
  return joined === '' ? words : `${words} (joined)`;
}
