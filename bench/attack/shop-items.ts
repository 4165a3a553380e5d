// A drawn shop as the stages know it: items of a catalogue, and the shadow over it.

import type { Item } from '../../src/facts/item.ts';
import type { Shadow } from '../../src/facts/shadow.ts';
import type { Shop, Thing } from './case.ts';

export function itemOf({ id, path, available, sensitive, variantOf }: Thing): Item {
  const more = {
    ...(sensitive === undefined ? {} : { sensitive }),
    ...(variantOf === undefined ? {} : { variantOf }),
  };
  return { id, title: id, path, available, ...more };
}

/** The release that says of each thing what the shop's shadow says of it. */
export function shadowOf({ shaded, things }: Shop): { readonly shadow?: Shadow } {
  if (!shaded) return {};
  const betrays = things.flatMap(({ id, shadow }) =>
    shadow === undefined || shadow === 'unjudged' ? [] : [[id, shadow] as const],
  );
  const known = things.filter(({ shadow }) => shadow === undefined).map(({ id }) => id);
  return { shadow: { id: 'drawn', classes: new Map(betrays), known: new Set(known) } };
}
