// The statistics and who is in them. A person's contribution is remembered as it was added, so that exactly
// that is taken away, whatever has changed since. Runs in the worker; tests run it directly.

import { assert } from '../../kernel/assert.ts';
import { utf8 } from '../../kernel/bytes.ts';
import type { Fallen, FitOptions, Fitted, Leaving, PersonKey, Share, ThingPair } from '../../engine/ports.ts';
import { type ItemModel, encodeModel, withoutEdges } from '../../facts/model.ts';
import { type ContributionDescriptor, contributionOf } from '../../learn/contribution.ts';
import { createCounts } from '../../learn/counts.ts';
import { type Steps, finish } from '../../learn/models/sparse-form.ts';
import { namePeople } from '../../learn/recipes/held-out-things.ts';
import { serveForYouSteps } from '../../learn/serve-for-you.ts';
import { createBasketStatistics } from './basket-statistics.ts';
import type { Change, Request } from './protocol.ts';
import { createSessionStatistics } from './session-statistics.ts';
import { createVolunteers } from './volunteers.ts';

export interface Statistics {
  /** At once; a fit as well. */
  handle(request: Request): unknown;
  /**
   * A fit in steps, between which everything but another fit may be asked. The models are of those who are
   * here when it begins; who leaves meanwhile is behind none of their weights when it ends.
   */
  fitSteps(options: FitOptions): Steps<Fitted>;
}

export function createStatistics(): Statistics {
  const counts = createCounts();
  const baskets = createBasketStatistics();
  const sessions = createSessionStatistics();
  const counted = new Map<PersonKey, ContributionDescriptor>();
  // What somebody has had since the last fit and has no more: an erasure takes that, too, out of the model in
  // service.
  let fitted = new Map<PersonKey, readonly string[]>();
  // While models are made: the same of the ones that still serve, and what those had who left since it began.
  let running: { readonly before: typeof fitted; readonly left: (readonly string[])[] } | undefined;
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
    const gaveUp = [...(fitted.get(person) ?? []), ...(running?.before.get(person) ?? [])];
    const items = [...new Set([...(old?.items ?? []), ...gaveUp, ...had])];
    running?.left.push(items);
    if (old !== undefined) counts.subtract(old);
    counted.delete(person);
    fitted.delete(person);
    volunteers.change(person, undefined);
    const pairs = fewBehind(items, minPeople);
    return { pairs, ...baskets.forget(person, minPeople), clicks: sessions.forget(person, minPeople) };
  }

  function fewBehind(items: readonly string[], minPeople: number): readonly ThingPair[] {
    const alone = items.filter((item) => counts.item(item).people < minPeople);
    return [...counts.pairsBelow(minPeople, items), ...alone.map((item) => [item, item] as const)];
  }

  function* fitSteps(options: FitOptions): Steps<Fitted> {
    assert(running === undefined, 'one fit at a time');
    const mine = { before: fitted, left: [] };
    running = mine;
    fitted = new Map();
    try {
      return yield* modelsSteps(options, mine);
    } catch (error) {
      // The models of before go on serving, and rest on what was given up before.
      for (const [person, items] of mine.before) {
        fitted.set(person, [...new Set([...(fitted.get(person) ?? []), ...items])]);
      }
      throw error;
    } finally {
      running = undefined;
    }
  }

  function* modelsSteps(
    options: FitOptions,
    { left }: { readonly left: readonly (readonly string[])[] },
  ): Steps<Fitted> {
    const { minPeople } = options;
    const everybody = namePeople(counted.values());
    const held = { baskets: baskets.snapshot(), sessions: sessions.snapshot() };
    const model = yield* serveForYouSteps(everybody, options);
    const fits = yield* baskets.fitSteps(held.baskets, model, options);
    const nextClick = yield* sessions.fitSteps(held.sessions, options);
    const few = left.length === 0 ? undefined : minPeople;
    const gone = left.flatMap((items) => fewBehind(items, minPeople));
    return encoded({
      model: withoutEdges(model, gone),
      ...baskets.served(fits, few),
      nextClick: sessions.served(nextClick, few),
    });
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
        return finish(fitSteps(request));
      case 'proxies':
        return volunteers.proxies(request.question);
      case 'canonical':
        return utf8([counts, baskets, sessions, volunteers].map((part) => part.canonicalText()).join(''));
    }
  }
  return { handle, fitSteps };
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
