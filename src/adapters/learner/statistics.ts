// The statistics, and the models made of them. Runs in the worker; tests run it directly.

import { wasmCompute } from '../wasm/compute.ts';
import { utf8 } from '../../kernel/bytes.ts';
import { alone, type Crew } from '../../learn/crew/crew.ts';
import type { Fallen, FitOptions, Fitted, Leaving, PersonKey } from '../../engine/ports.ts';
import { type ItemModel, encodeModel } from '../../facts/model.ts';
import { withoutEdges } from '../../facts/model-without.ts';
import { readDescribed } from '../../learn/described.ts';
import { type Steps, finish } from '../../learn/models/sparse-form.ts';
import { serveForYouSteps } from '../../learn/serve-for-you.ts';
import { createBasketStatistics } from './basket-statistics.ts';
import { type Fitting, createItemStatistics } from './item-statistics.ts';
import type { Change, Request } from './protocol.ts';
import { readable } from './readable.ts';
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

/** `crew` does the heavy arithmetic: one thread, because the other cores serve meanwhile. */
export function createStatistics(crew: Crew = alone(wasmCompute())): Statistics {
  const items = createItemStatistics();
  const baskets = createBasketStatistics();
  const sessions = createSessionStatistics();
  const volunteers = createVolunteers();

  function change([person, share]: Change): void {
    volunteers.change(person, share.guard);
    sessions.change(person, share.sessions);
    baskets.change(person, share.baskets, items.change(person, share));
  }

  function forget(person: PersonKey, leaving: Leaving): Fallen {
    const { minPeople } = leaving;
    const pairs = items.forget(person, leaving);
    volunteers.change(person, undefined);
    return { pairs, ...baskets.forget(person, minPeople), clicks: sessions.forget(person, minPeople) };
  }

  function* fitSteps(options: FitOptions): Steps<Fitted> {
    const fitting = items.begin();
    let isServed = false;
    try {
      const fitted = yield* modelsSteps(options, fitting);
      isServed = true;
      return fitted;
    } finally {
      fitting.end(isServed);
    }
  }

  function* modelsSteps(options: FitOptions, fitting: Fitting): Steps<Fitted> {
    const held = { baskets: baskets.snapshot(), sessions: sessions.snapshot() };
    const { described } = options;
    const catalogue = described === undefined ? undefined : readDescribed(described);
    const serving = { ...options, catalogue, crew };
    const model = yield* serveForYouSteps(fitting.everybody, serving);
    yield { done: 1, total: 3 };
    const fits = yield* baskets.fitSteps(held.baskets, model, serving);
    yield { done: 2, total: 3 };
    const nextClick = yield* sessions.fitSteps(held.sessions, serving);
    const encoded = yield* encodedSteps({ model, ...fits, nextClick });
    // From here on in one go: whoever leaves later is taken out of the models that serve by their own turn.
    const few = fitting.hasLost() ? options.minPeople : undefined;
    const served = { ...baskets.served(fits, few), nextClick: sessions.served(nextClick, few) };
    if (few === undefined) return encoded;
    return finish(encodedSteps({ model: withoutEdges(model, fitting.fallen(few)), ...served }));
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
        return utf8([items, baskets, sessions, volunteers].map((part) => part.canonicalText()).join(''));
    }
  }
  return { handle, fitSteps };
}

/** Each is read again as if it came from outside: whoever serves it does not. */
function* encodedSteps(models: Readonly<Record<keyof Fitted, ItemModel>>): Steps<Fitted> {
  const bytes: Partial<Record<keyof Fitted, Uint8Array>> = {};
  for (const kind of ['model', 'complements', 'nextBasket', 'nextClick'] as const) {
    const artefact = encodeModel(models[kind]);
    readable(artefact);
    bytes[kind] = artefact;
    yield { done: Object.keys(bytes).length, total: 4 };
  }
  return bytes as Fitted;
}
