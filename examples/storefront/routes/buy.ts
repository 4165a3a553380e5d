// Basket and checkout. The basket is the shop's own; what is put into it is told to the engine only of
// somebody who is known.

import { randomInt } from 'node:crypto';
import { backOf } from '../asked.ts';
import { decide, tell } from '../engine.ts';
import { basketPage, checkoutPage, orderPage, rowsOf } from '../pages/buy.ts';
import { type Session, newGuest, remember } from '../session.ts';
import { productOf } from '../shelf.ts';
import { sessionFor } from '../visit.ts';
import { type Routes, missing, page } from './routes.ts';

const PIECES_MAX = 20;
const KINDS_MAX = 50;
const BESIDE_COUNT = 4;

/** Whoever orders must be somebody to the engine: the order is kept for them, and for nothing else. */
export function beSomebody(session: Session): string {
  if (session.person !== undefined) return session.person;
  session.own.person ??= newGuest();
  session.person = session.own.person;
  session.isGuest = true;
  return session.person;
}

export const BUY: Routes = [
  {
    method: 'GET',
    path: '/basket',
    run: async (visit) => {
      const items = rowsOf(visit).map(({ item }) => item);
      const decision =
        items.length === 0
          ? undefined
          : await decide(visit, { placement: 'basket', limit: BESIDE_COUNT, items });
      return page(visit.words.basket, basketPage(visit, decision));
    },
  },
  {
    method: 'POST',
    path: '/basket',
    run: async (visit, { context, form }) => {
      const product = productOf(form.one('item'), visit.language);
      const pieces = Number(form.one('quantity'));
      if (product === undefined || !Number.isInteger(pieces) || pieces < 0) return missing;
      const session = sessionFor(context, visit);
      const { basket } = session;
      const before = basket.get(product.id) ?? 0;
      const after = Math.min(PIECES_MAX, form.one('set') === '' ? before + pieces : pieces);
      if (after === 0) basket.delete(product.id);
      else if (basket.size < KINDS_MAX || before > 0) basket.set(product.id, after);
      const change = Math.abs(after - before);
      if (change > 0) {
        const kind = after > before ? 'basket-add' : 'basket-remove';
        await tell(visit, session.person, [{ kind, lines: [{ item: product.id, quantity: change }] }]);
      }
      session.pending = visit.trace;
      if (after > before) session.said = { word: 'saidInBasket', thing: product.title };
      return {
        kind: 'go',
        to: form.one('set') === '' ? backOf(form, visit.at('/basket')) : visit.at('/basket'),
      };
    },
  },
  {
    method: 'GET',
    path: '/checkout',
    run: (visit) =>
      rowsOf(visit).length === 0
        ? { kind: 'go', to: visit.at('/basket') }
        : page(visit.words.checkout, checkoutPage(visit)),
  },
  {
    method: 'POST',
    path: '/checkout',
    run: async (visit, { context }) => {
      const lines = rowsOf(visit);
      if (lines.length === 0) return { kind: 'go', to: visit.at('/basket') };
      const session = sessionFor(context, visit);
      const number = `L-${randomInt(100_000, 1_000_000)}`;
      const told = await tell(visit, beSomebody(session), [{ kind: 'purchase', lines, order: number }]);
      remember(session.orders, { number, timeMs: Date.now(), lines });
      session.isOrderKept = told === undefined ? undefined : told.accepted > 0;
      session.basket.clear();
      session.pending = visit.trace;
      return { kind: 'go', to: visit.at(`/order/${number}`) };
    },
  },
  {
    method: 'GET',
    path: '/order/:number',
    run: (visit, { param }) => {
      const { session } = visit;
      const order = session?.orders.find(({ number }) => number === param('number'));
      if (order === undefined) return missing;
      const isKept = order === session?.orders[0] ? session.isOrderKept : undefined;
      return page(visit.words.orderThanks, orderPage(visit, order, isKept));
    },
  },
];
