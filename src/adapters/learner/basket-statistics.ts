// What is bought together, and the complements model made of it. Beside the counts of statistics.ts: the same
// people, the same bounds, another question.

import type { Fallen, PersonKey, Share } from '../../engine/ports.ts';
import { type ItemModel, decodeModel } from '../../facts/model.ts';
import { assert } from '../../kernel/assert.ts';
import { basketsOfShare, createBasketCounts } from '../../learn/basket-counts.ts';
import { type NamedHistories, linksBelow } from '../../learn/links-behind.ts';
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
  // Which links fall when somebody leaves depends on what they were made of.
  let inService: ItemModel | undefined;

  function named(): NamedHistories {
    const itemIds = counts.itemIds();
    return { itemIds, histories: counts.histories(itemIds) };
  }

  return {
    change: (person, baskets, items) => counts.replace(person, basketsOfShare(baskets ?? [], items)),
    adopt: (complements) => {
      const model = decodeModel(complements);
      assert(model.ok, 'the model in service can be read');
      inService = model.value;
    },
    forget: (person, minPeople) => {
      counts.replace(person, undefined);
      return inService === undefined ? [] : linksBelow(inService, named(), minPeople);
    },
    fit: (first, leafOf) => {
      inService = finish(serveComplementsSteps(named(), { first, leafOf }));
      return inService;
    },
    canonicalText: () => (counts.peopleTotal() === 0 ? '' : `\nbaskets\n${counts.canonicalText()}`),
  };
}
