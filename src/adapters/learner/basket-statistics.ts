// What is bought together and in turn, and the models made of it: complements and next baskets. Beside the
// counts of statistics.ts: the same people, the same bounds, other questions.

import type { Crew } from '../../learn/crew/crew.ts';
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
import { serveNextBasketSteps } from '../../learn/serve-next-basket.ts';
import { type StepTally, eachAs, historiesOfBaskets, stepTallyOf } from '../../learn/steps-behind.ts';
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
    options: Pick<FitOptions, 'leafOf' | 'nextBasket'>,
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

export function createBasketStatistics(crew: Crew): BasketStatistics {
  const counts = createBasketCounts();
  // Of the models in service, with everybody who is counted: what falls depends on what they were made of.
  let links: { readonly model: ItemModel; readonly tally: LinkTally } | undefined;
  let next = emptyModel();
  // Counted when somebody leaves for the first time after a fit: most fits see nobody leave.
  let steps: StepTally | undefined;

  function named(): NamedHistories {
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

  function fallen(minPeople: number): Pick<Fallen, 'links' | 'steps'> {
    const few = { k: minPeople, itemPeople: counts.itemPeople };
    const fell = links === undefined ? [] : fallenLinks(links.model, links.tally, few);
    return { links: fell, steps: stepsFallen(minPeople) };
  }

  return {
    change: (person, baskets, items) => replace(person, basketsOfShare(baskets ?? [], items)),
    adopt: ({ complements, nextBasket }) =>
      serve({ complements: readable(complements), nextBasket: readable(nextBasket) }),
    forget: (person, minPeople) => {
      replace(person, []);
      return fallen(minPeople);
    },
    snapshot: named,
    fitSteps: function* (baskets, first, options) {
      const complements = yield* serveComplementsSteps(baskets, { first, leafOf: options.leafOf });
      const nextBasket =
        options.nextBasket === true ? yield* serveNextBasketSteps(baskets, first, crew) : emptyModel();
      return { complements, nextBasket };
    },
    served: (fits, minPeople) => {
      serve(fits);
      if (minPeople === undefined) return fits;
      const fell = fallen(minPeople);
      const left = {
        complements: withoutEdges(fits.complements, fell.links),
        nextBasket: withoutEdges(fits.nextBasket, fell.steps),
      };
      serve(left);
      return left;
    },
    canonicalText: () => (counts.peopleTotal() === 0 ? '' : `\nbaskets\n${counts.canonicalText()}`),
  };
}
