// A small story of two sellers who may learn together: who bought what, with which yes, and what has been
// agreed.

import { parsePersonId } from '../../src/facts/ids.ts';
import {
  type Seller,
  type Sellers,
  type SellersOptions,
  agree,
  allow,
  buy,
  openSellers,
  sells,
} from './joint.ts';

/** Both sell coats and gloves; lamps alone is known for wool with needles, tools alone for saws. */
const COMMON = ['coat', 'glove', 'scarf'];
const WARES = { lamps: [...COMMON, 'wool', 'needle'], tools: [...COMMON, 'saw', 'nail'] };
export const ASKED = ['ann', 'lamps-1', 'tools-1'];

export interface Life {
  readonly name: 'lamps' | 'tools';
  readonly who: string;
  readonly items: readonly string[];
  readonly yes: readonly ('pool' | 'improve')[];
}

/** Four at tools know what goes with a coat; at lamps one has bought it, and ann has a coat. */
export const LIVES: readonly Life[] = [
  ...[1, 2, 3, 4].map((n) => life('lamps', `lamps-${n}`, ['wool', 'needle'])),
  life('lamps', 'lamps-5', ['coat', 'glove']),
  life('lamps', 'ann', ['coat']),
  ...[1, 2, 3, 4].map((n) => life('tools', `tools-${n}`, ['coat', 'glove', 'saw', 'nail'])),
];

export function life(
  name: 'lamps' | 'tools',
  who: string,
  items: readonly string[],
  yes = ['pool', 'improve'] as const,
): Life {
  return { name, who, items, yes };
}

export async function populate(sellers: Sellers, lives: readonly Life[] = LIVES): Promise<void> {
  for (const name of ['lamps', 'tools'] as const) await sells(sellers[name], WARES[name]);
  for (const { name, who, items, yes } of lives) {
    await allow(sellers[name], who, yes);
    await buy(sellers[name], who, items);
  }
}

export async function learn({ lamps, tools }: Sellers): Promise<void> {
  for (const { engine } of [lamps, tools]) await engine.learn();
}

export async function world(
  lives: readonly Life[] = LIVES,
  {
    agreeing = ['lamps', 'tools'],
    ...options
  }: SellersOptions & { readonly agreeing?: readonly string[] } = {},
): Promise<Sellers> {
  const sellers = await openSellers(options);
  await populate(sellers, lives);
  for (const name of agreeing) await agree(sellers[name as 'lamps' | 'tools']);
  await sellers.settle();
  await learn(sellers);
  return sellers;
}

export const jointOf = ({ engine }: Seller) => engine.core.shelves.joint();
export const withdraw = (seller: Seller, who: string) => allow(seller, who, ['pool'], 'withdrawn');
export const keyOf = ({ engine }: Seller, who: string) => {
  const id = parsePersonId(who);
  if (!id.ok) throw new Error('unreachable: a good name');
  return { id: id.value, key: engine.core.people.keyOf(id.value) };
};
