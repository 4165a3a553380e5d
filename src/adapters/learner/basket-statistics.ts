// What is bought together, and the complements model made of it. Beside the counts of statistics.ts: the same
// people, the same bounds, another question.

import type { Fallen, PersonKey, Share } from '../../engine/ports.ts';
import { type ItemModel, decodeModel } from '../../facts/model.ts';
import { assert } from '../../kernel/assert.ts';
import { type BasketList, basketsOfShare, createBasketCounts } from '../../learn/basket-counts.ts';
import { type LinkTally, basketsOfEach, fallenLinks, tallyOf } from '../../learn/links-behind.ts';
import { finish } from '../../learn/models/sparse-form.ts';
import { serveComplementsSteps } from '../../learn/serve-complements.ts';

export interface BasketStatistics {
  /** `items` count in the person's contribution; of baskets only these do. */
  change(person: PersonKey, baskets: Share['baskets'], items: readonly string[]): void;
  /** The model in service, of an earlier fit. */
  adopt(complements: Uint8Array): void;
  forget(person: PersonKey, minPeople: number): Fallen['links'];
  /** Over the things of the first model. */
  fit(first: ItemModel, leafOf: ReadonlyMap<string, number>): ItemModel;
  /** Lines to stand below those of the counts; empty when nobody has a basket. */
  canonicalText(): string;
}

export function createBasketStatistics(): BasketStatistics {
  const counts = createBasketCounts();
  // Of the model in service, with everybody who is counted: which links fall depends on what they were made
  // of.
  let service: { readonly model: ItemModel; readonly tally: LinkTally } | undefined;

  function named() {
    const itemIds = counts.itemIds();
    return { itemIds, histories: counts.histories(itemIds) };
  }

  function replace(person: PersonKey, baskets: BasketList): void {
    service?.tally.change(counts.basketsOf(person), -1);
    counts.replace(person, baskets);
    service?.tally.change(baskets, 1);
  }

  return {
    change: (person, baskets, items) => replace(person, basketsOfShare(baskets ?? [], items)),
    adopt: (complements) => {
      const model = decodeModel(complements);
      assert(model.ok, 'the model in service can be read');
      service = { model: model.value, tally: tallyOf(model.value, basketsOfEach(named())) };
    },
    forget: (person, minPeople) => {
      replace(person, []);
      if (service === undefined) return [];
      return fallenLinks(service.model, service.tally, { k: minPeople, itemPeople: counts.itemPeople });
    },
    fit: (first, leafOf) => {
      const baskets = named();
      const model = finish(serveComplementsSteps(baskets, { first, leafOf }));
      service = { model, tally: tallyOf(model, basketsOfEach(baskets)) };
      return model;
    },
    canonicalText: () => (counts.peopleTotal() === 0 ? '' : `\nbaskets\n${counts.canonicalText()}`),
  };
}
