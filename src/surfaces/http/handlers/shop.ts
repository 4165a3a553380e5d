// The shop's side: the catalogue, learning, and what is held back.

import { type ItemOffer, itemFrom } from '../../../engine/intake.ts';
import { learnedTold } from '../../../engine/learned-told.ts';
import { parseItemId } from '../../../facts/ids.ts';
import type { Item } from '../../../facts/item.ts';
import { parseText, within } from '../../../facts/parse.ts';
import { LIMITS } from '../../../kernel/limits.ts';
import { type Result, err, ok } from '../../../kernel/result.ts';
import { json } from '../exchange.ts';
import type { Ask, Handler } from '../host.ts';
import { type Refused, invalid } from '../problem.ts';

export const putItems: Handler<'putItems'> = async ({ engine }, { body }) => {
  const items: Item[] = [];
  for (const [index, offer] of body.items.entries()) {
    const item = readOffer(offer, `items/${index}`);
    if (!item.ok) return item.error;
    items.push(itemFrom(item.value));
  }
  const revision = await engine.putItems(items);
  // As the policy sees them: it may add to the catalogue's classes, and except from them.
  const sensitive = items.filter(({ id }) => engine.core.shelves.sensitiveOf(id) !== undefined).length;
  const unmapped = items.filter((item) => item.unmapped !== undefined).length;
  return json(200, { items: items.length, revision, sensitive, unmapped });
};

type Offer = Ask<'putItems'>['body']['items'][number];

/** Texts of an item are shown to people, so each is read by `facts`: no control or direction characters. */
function readOffer(offer: Offer, field: string): Result<ItemOffer, Refused> {
  const id = within(field, parseItemId(offer.id));
  if (!id.ok) return err(invalid(id.error));
  const texts = [
    offer.title,
    offer.description,
    offer.brand,
    offer.variantOf,
    offer.link,
    offer.imageLink,
    ...(offer.path ?? []),
  ];
  for (const text of texts) {
    if (text === undefined) continue;
    const read = within(field, parseText(text, { field: 'texts', lengthMax: LIMITS.urlLengthMax }));
    if (!read.ok) return err(invalid(read.error));
  }
  const defined = Object.fromEntries(
    Object.entries(offer).filter(([, value]) => value !== undefined),
  ) as OfferSent;
  return ok({ ...defined, id: id.value, path: offer.path ?? [], available: offer.available ?? true });
}

/** The fields that were sent; `undefined` ones have just been taken out. */
type OfferSent = { readonly [Field in keyof Offer]: Exclude<Offer[Field], undefined> } & {
  readonly title: string;
};

export const audiences: Handler<'audiences'> = ({ engine }) =>
  Promise.resolve(json(200, { audiences: engine.audiences() }));

export const proxies: Handler<'proxies'> = ({ engine }) => Promise.resolve(json(200, engine.proxies()));

export const learn: Handler<'learn'> = async ({ engine }) => {
  return json(200, learnedTold(engine.core, await engine.learn()));
};
