// What is bought together and in turn, and the models made of it: complements and next baskets. Beside the
// counts of statistics.ts: the same people, the same bounds, other questions.

import type { Fallen, FitOptions, InService, PersonKey, Share } from '../../engine/ports.ts';
import { type ItemModel, emptyModel } from '../../facts/model.ts';
import { type BasketList, basketsOfShare, createBasketCounts } from '../../learn/basket-counts.ts';
import { type LinkTally, basketsOfEach, fallenLinks, tallyOf } from '../../learn/links-behind.ts';
import { finish } from '../../learn/models/sparse-form.ts';
import { serveComplementsSteps } from '../../learn/serve-complements.ts';
import { serveNextBasketSteps } from '../../learn/serve-next-basket.ts';
import { type StepTally, eachAs, historiesOfBaskets, stepTallyOf } from '../../learn/steps-behind.ts';
import { readable } from './readable.ts';

export interface BasketStatistics {
  /** `items` count in the person's contribution; of baskets only these do. */
  change(person: PersonKey, baskets: Share['baskets'], items: readonly string[]): void;
  /** The models in service, of an earlier fit. */
  adopt(models: Omit<InService, 'nextClick'>): void;
  forget(person: PersonKey, minPeople: number): Pick<Fallen, 'links' | 'steps'>;
  /** Over the things of the first model. */
  fit(first: ItemModel, options: Pick<FitOptions, 'leafOf' | 'nextBasket'>): Fits;
  /** Lines to stand below those of the counts; empty when nobody has a basket. */
  canonicalText(): string;
}

interface Fits {
  readonly complements: ItemModel;
  readonly nextBasket: ItemModel;
}

export function createBasketStatistics(): BasketStatistics {
  const counts = createBasketCounts();
  // Of the models in service, with everybody who is counted: what falls depends on what they were made of.
  let links: { readonly model: ItemModel; readonly tally: LinkTally } | undefined;
  let next = emptyModel();
  // Counted when somebody leaves for the first time after a fit: most fits see nobody leave.
  let steps: StepTally | undefined;

  function named() {
    const itemIds = counts.itemIds();
    return { itemIds, histories: counts.histories(itemIds) };
  }

  function replace(person: PersonKey, baskets: BasketList): void {
    const old = counts.basketsOf(person);
    links?.tally.change(old, -1);
    links?.tally.change(baskets, 1);
    steps?.change(historiesOfBaskets(old), -1);
    steps?.change(historiesOfBaskets(baskets), 1);
    counts.replace(person, baskets);
  }

  function serve({ complements, nextBasket }: Fits): void {
    links = { model: complements, tally: tallyOf(complements, basketsOfEach(named())) };
    next = nextBasket;
    steps = undefined;
  }

  function stepsFallen(minPeople: number): Fallen['steps'] {
    if (next.itemIds.length === 0) return [];
    steps ??= stepTallyOf(next, eachAs(basketsOfEach(named()), historiesOfBaskets));
    return steps.below(minPeople, counts.itemPeople);
  }

  return {
    change: (person, baskets, items) => replace(person, basketsOfShare(baskets ?? [], items)),
    adopt: ({ complements, nextBasket }) =>
      serve({ complements: readable(complements), nextBasket: readable(nextBasket) }),
    forget: (person, minPeople) => {
      replace(person, []);
      const itemPeople = counts.itemPeople;
      const fallen =
        links === undefined ? [] : fallenLinks(links.model, links.tally, { k: minPeople, itemPeople });
      return { links: fallen, steps: stepsFallen(minPeople) };
    },
    fit: (first, options) => {
      const baskets = named();
      const complements = finish(serveComplementsSteps(baskets, { first, leafOf: options.leafOf }));
      const nextBasket =
        options.nextBasket === true ? finish(serveNextBasketSteps(baskets, first)) : emptyModel();
      serve({ complements, nextBasket });
      return { complements, nextBasket };
    },
    canonicalText: () => (counts.peopleTotal() === 0 ? '' : `\nbaskets\n${counts.canonicalText()}`),
  };
}
