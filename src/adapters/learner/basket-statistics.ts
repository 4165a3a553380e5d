// What is bought together and in turn, and the models made of it: complements and next baskets. Beside the
// counts of statistics.ts: the same people, the same bounds, other questions.

import type { Fallen, FitOptions, InService, PersonKey, Share } from '../../engine/ports.ts';
import { type ItemModel, emptyModel } from '../../facts/model.ts';
import { withoutEdges } from '../../facts/model-without.ts';
import { type BasketList, basketsOfShare, createBasketCounts } from '../../learn/basket-counts.ts';
import {
  type LinkTally,
  type NamedHistories,
  basketsOfEach,
  fallenLinks,
  tallyOf,
} from '../../learn/links-behind.ts';
import type { Steps } from '../../learn/models/sparse-form.ts';
import { serveComplementsSteps } from '../../learn/serve-complements.ts';
import type { ServeOptions } from '../../learn/serve-model.ts';
import { nextBasketTallySteps, serveNextBasketSteps } from '../../learn/serve-next-basket.ts';
import { historiesOfBaskets } from '../../learn/steps-behind.ts';
import { createNextInService } from './next-in-service.ts';
import { readable } from './readable.ts';

export interface BasketStatistics {
  /** `items` count in the person's contribution; of baskets only these do. */
  change(person: PersonKey, baskets: Share['baskets'], items: readonly string[]): void;
  /** The models in service, of an earlier fit. */
  adopt(models: Omit<InService, 'nextClick'>): void;
  forget(person: PersonKey, minPeople: number): Pick<Fallen, 'links' | 'steps'>;
  /** Everybody's baskets as they stand; later changes do not reach them. */
  snapshot(): NamedHistories;
  /** Over the things of the first model. They do not serve before `served`. */
  fitSteps(
    baskets: NamedHistories,
    first: ItemModel,
    options: Pick<FitOptions, 'leafOf' | 'nextBasket'> & Pick<ServeOptions, 'crew'>,
  ): Steps<Fits>;
  /**
   * What is fitted takes the place of what served. With `minPeople` people left meanwhile: then it comes back
   * without what fewer are behind now.
   */
  served(fits: Fits, minPeople: number | undefined): Fits;
  /** Lines to stand below those of the counts; empty when nobody has a basket. */
  canonicalText(): string;
}

export interface Fits {
  readonly complements: ItemModel;
  readonly nextBasket: ItemModel;
}

export function createBasketStatistics(): BasketStatistics {
  const counts = createBasketCounts();
  // Of the models in service, with everybody who is counted: what falls depends on what they were made of.
  let links: { readonly model: ItemModel; readonly tally: LinkTally } | undefined;
  const next = createNextInService({
    historiesOf: historiesOfBaskets,
    tallySteps: (model) => nextBasketTallySteps(named(), model),
    itemPeople: counts.itemPeople,
  });

  function named(): NamedHistories {
    const itemIds = counts.itemIds();
    return { itemIds, histories: counts.histories(itemIds) };
  }

  function replace(person: PersonKey, baskets: BasketList): void {
    const old = counts.basketsOf(person);
    links?.tally.change(old, -1);
    links?.tally.change(baskets, 1);
    next.change(old, baskets);
    counts.replace(person, baskets);
  }

  function serveLinks(model: ItemModel): void {
    links = { model, tally: tallyOf(model, basketsOfEach(named())) };
  }

  function linksFallen(minPeople: number): Fallen['links'] {
    if (links === undefined) return [];
    return fallenLinks(links.model, links.tally, { k: minPeople, itemPeople: counts.itemPeople });
  }

  return {
    change: (person, baskets, items) => replace(person, basketsOfShare(baskets ?? [], items)),
    adopt: ({ complements, nextBasket }) => {
      serveLinks(readable(complements));
      next.adopt(nextBasket);
    },
    forget: (person, minPeople) => {
      replace(person, []);
      return { links: linksFallen(minPeople), steps: next.fallen(minPeople) };
    },
    snapshot: named,
    fitSteps: function* (baskets, first, options) {
      const complements = yield* serveComplementsSteps(baskets, { first, leafOf: options.leafOf });
      const nextBasket =
        options.nextBasket === true ? yield* serveNextBasketSteps(baskets, first, options) : emptyModel();
      return { complements, nextBasket };
    },
    served: ({ complements, nextBasket }, minPeople) => {
      serveLinks(complements);
      const left = minPeople === undefined ? complements : withoutEdges(complements, linksFallen(minPeople));
      if (left !== complements) serveLinks(left);
      return { complements: left, nextBasket: next.served(nextBasket, minPeople) };
    },
    canonicalText: () => (counts.peopleTotal() === 0 ? '' : `\nbaskets\n${counts.canonicalText()}`),
  };
}
