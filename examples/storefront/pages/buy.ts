// Basket, checkout, and the receipt of an order.

import { html } from 'hono/html';
import type { Decision } from '../answers.ts';
import type { Order } from '../session.ts';
import { productOf } from '../shelf.ts';
import type { Visit } from '../visit.ts';
import { fill } from '../words/words.ts';
import { slot } from './card.ts';
import { type Html, button, formFields, nothing, picture } from './html.ts';

interface Row {
  readonly item: string;
  readonly quantity: number;
  readonly priceMinor: number;
}

export function rowsOf(visit: Visit): readonly Row[] {
  return [...(visit.session?.basket ?? [])].flatMap(([item, quantity]) => {
    const product = productOf(item, visit.language);
    return product === undefined ? [] : [{ item, quantity, priceMinor: product.priceMinor }];
  });
}

function totalOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { quantity, priceMinor }) => sum + quantity * priceMinor, 0);
}

export function basketPage(visit: Visit, decision: Decision | undefined): Html {
  const { words, formats } = visit;
  const rows = rowsOf(visit);
  if (rows.length === 0)
    return html`<h1>${words.basket}</h1><p class="lead">${words.basketEmpty}</p><p><a class="button main"
      href="${visit.at('/')}">${words.heroLook}</a></p>`;
  return html`<h1>${words.basket}</h1><div class="two"><ul
    class="lines">${rows.map((row) => basketRow(visit, row))}</ul>
<div class="sum"><p>${words.total}</p><p class="big-price">${formats.price(totalOf(rows))}</p><a
  class="button main" href="${visit.at('/checkout')}">${words.toCheckout}</a></div></div>
${slot(visit, { title: 'slotBasket', text: 'slotBasketText', decision })}`;
}

function basketRow(visit: Visit, { item, quantity, priceMinor }: Row): Html {
  const { words, formats, language } = visit;
  const product = productOf(item, language);
  if (product === undefined) return nothing;
  return html`<li class="line"><a class="frame" href="${visit.at(`/p/${item}`)}" tabindex="-1"
    aria-hidden="true">${picture(product)}</a>
<div><a class="title" href="${visit.at(`/p/${item}`)}">${product.title}</a><p
  class="price">${formats.price(priceMinor * quantity)}</p>
<form method="post" action="${visit.at('/basket')}">${formFields(visit, { item, set: 'true' })}<label
  for="n-${item}">${words.quantity}</label>
<input id="n-${item}" name="quantity" type="number" min="0" max="20" value="${quantity}"
  inputmode="numeric"><button class="button plain">${words.update}</button></form>
${button(visit, {
  to: '/basket',
  fields: { item, set: 'true', quantity: '0' },
  words: words.remove,
  kind: 'link',
  label: fill(words.removeOf, { thing: product.title }),
})}</div></li>`;
}

export function checkoutPage(visit: Visit): Html {
  const { words } = visit;
  return html`<h1>${words.checkout}</h1><div class="two"><div>${lines(visit, rowsOf(visit))}</div>
<div class="sum"><p>${words.checkoutText}</p>
  <p>${words.checkoutKept}</p>${button(visit, {
    to: '/checkout',
    words: words.placeOrder,
    kind: 'main',
  })}</div></div>`;
}

function lines(visit: Visit, rows: readonly Row[]): Html {
  const { words, formats, language } = visit;
  return html`<table class="bill"><tbody>${rows.map(
    ({ item, quantity, priceMinor }) =>
      html`<tr><td>${formats.number(quantity)} ×</td><th
        scope="row">${productOf(item, language)?.title ?? item}</th><td
        class="price">${formats.price(priceMinor * quantity)}</td></tr>`,
  )}</tbody><tfoot><tr><td></td><th scope="row">${words.total}</th><td
    class="price">${formats.price(totalOf(rows))}</td></tr></tfoot></table>`;
}

export function orderPage(visit: Visit, order: Order, isKept: boolean | undefined): Html {
  const { words, formats } = visit;
  const kept =
    isKept === undefined
      ? nothing
      : html`<p class="outcome">${isKept ? words.orderKept : words.orderNotKept}</p>`;
  return html`<h1>${words.orderThanks}</h1><p
    class="lead">${fill(words.orderNumber, { number: order.number })}<br>${formats.moment(order.timeMs)}</p>
<div class="paper">${lines(visit, order.lines)}</div>${kept}<p>${words.checkoutKept}</p>
<p><a class="button main" href="${visit.at('/')}">${words.backHome}</a> <a class="button plain"
  href="${visit.at('/me')}">${words.myData}</a></p>`;
}
