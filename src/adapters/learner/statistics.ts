// The statistics and who is in them. A person's contribution is remembered as it was added, so that exactly
// that is taken away, whatever has changed since. Runs in the worker; tests run it directly.

import { utf8 } from '../../kernel/bytes.ts';
import type { Fallen, FitOptions, Fitted, Leaving, PersonKey, Share } from '../../engine/ports.ts';
import { type ItemModel, encodeModel } from '../../facts/model.ts';
import { type ContributionDescriptor, contributionOf } from '../../learn/contribution.ts';
import { createCounts } from '../../learn/counts.ts';
import { finish } from '../../learn/models/sparse-form.ts';
import { namePeople } from '../../learn/recipes/held-out-things.ts';
import { serveForYouSteps } from '../../learn/serve-for-you.ts';
import { createBasketStatistics } from './basket-statistics.ts';
import type { Change, Request } from './protocol.ts';
import { createSessionStatistics } from './session-statistics.ts';
import { createVolunteers } from './volunteers.ts';

export interface Statistics {
  handle(request: Request): unknown;
}

export function createStatistics(): Statistics {
  const counts = createCounts();
  const baskets = createBasketStatistics();
  const sessions = createSessionStatistics();
  const counted = new Map<PersonKey, ContributionDescriptor>();
  // What somebody has had since the last fit and has no more: an erasure takes that, too, out of the model in
  // service.
  const fitted = new Map<PersonKey, readonly string[]>();
  const volunteers = createVolunteers();

  function change([person, share]: Change): void {
    volunteers.change(person, share.guard);
    sessions.change(person, share.sessions);
    changeItems(person, share);
  }

  function changeItems(person: PersonKey, share: Share): void {
    const old = counted.get(person);
    const contacts = share.items?.map((item) => ({ item, lastMs: 0 }));
    const next = contacts === undefined ? undefined : contributionOf(contacts);
    baskets.change(person, share.baskets, next?.items ?? []);
    if (old !== undefined && next !== undefined && sameItems(old.items, next.items)) return;
    if (old !== undefined) fitted.set(person, [...new Set([...(fitted.get(person) ?? []), ...old.items])]);
    if (old !== undefined) counts.subtract(old);
    if (next === undefined) counted.delete(person);
    else {
      counts.add(next);
      counted.set(person, next);
    }
  }

  function forget(person: PersonKey, { minPeople, had }: Leaving): Fallen {
    const old = counted.get(person);
    const items = [...new Set([...(old?.items ?? []), ...(fitted.get(person) ?? []), ...had])];
    if (old !== undefined) counts.subtract(old);
    counted.delete(person);
    fitted.delete(person);
    volunteers.change(person, undefined);
    const alone = items.filter((item) => counts.item(item).people < minPeople);
    const pairs = [...counts.pairsBelow(minPeople, items), ...alone.map((item) => [item, item] as const)];
    return { pairs, ...baskets.forget(person, minPeople), clicks: sessions.forget(person, minPeople) };
  }

  function fit(options: FitOptions): Fitted {
    fitted.clear();
    const model = finish(serveForYouSteps(namePeople(counted.values()), options));
    return encoded({ model, ...baskets.fit(model, options), nextClick: sessions.fit(options) });
  }

  function handle(request: Request): unknown {
    switch (request.kind) {
      case 'changes':
        for (const each of request.changes) change(each);
        return undefined;
      case 'adopt':
        baskets.adopt(request);
        sessions.adopt(request.nextClick);
        return undefined;
      case 'forget':
        return forget(request.person, request);
      case 'fit':
        return fit(request);
      case 'proxies':
        return volunteers.proxies(request.question);
      case 'canonical':
        return utf8([counts, baskets, sessions, volunteers].map((part) => part.canonicalText()).join(''));
    }
  }
  return { handle };
}

function encoded(models: Readonly<Record<keyof Fitted, ItemModel>>): Fitted {
  return {
    model: encodeModel(models.model),
    complements: encodeModel(models.complements),
    nextBasket: encodeModel(models.nextBasket),
    nextClick: encodeModel(models.nextClick),
  };
}

function sameItems(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}
