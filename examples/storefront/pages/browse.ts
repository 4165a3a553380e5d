// Pages to look around: home, department, shelf, product, search.

import { html } from 'hono/html';
import { artOfDepartment } from '../art/art.ts';
import { ASSETS } from '../assets.ts';
import type { Decision } from '../answers.ts';
import {
  DEPARTMENTS,
  type Department,
  type Leaf,
  type Product,
  leafOfProduct,
  neighbours,
  productsOf,
} from '../shelf.ts';
import { stepWord } from '../town-words.ts';
import type { Visit } from '../visit.ts';
import { fill } from '../words/words.ts';
import { shelf, slot } from './card.ts';
import { type Html, formFields, nothing, picture } from './html.ts';
import { nameOf } from './layout.ts';

/** Whether the list rests on something known of the person rather than on what is popular. */
function isPersonal(decision: Decision | undefined): boolean {
  return decision?.items.some(({ reasons }) => reasons.some(({ kind }) => kind === 'fact')) === true;
}

function chosenSlot(visit: Visit, decision: Decision | undefined): Html {
  return isPersonal(decision)
    ? slot(visit, { title: 'slotForYou', text: 'slotForYouText', decision })
    : slot(visit, { title: 'slotPopular', text: 'slotPopularText', decision });
}

export function homePage(visit: Visit, decision: Decision | undefined): Html {
  const { words, language, session } = visit;
  const hello =
    session?.person === undefined || session.isGuest
      ? nothing
      : html`<p class="hello">${fill(words.heroHello, { name: nameOf(visit) })}</p>`;
  const promises = [
    [words.promiseWhy, words.promiseWhyText],
    [words.promiseYou, words.promiseYouText],
    [words.promiseProof, words.promiseProofText],
  ];
  return html`<section class="hero"><div class="hero-text">${hello}<h1>${words.heroTitle}</h1>
    <p>${words.heroText}</p>
<p class="hero-acts"><a class="button main" href="#departments">${words.heroLook}</a> <a class="button plain"
  href="${visit.at('/me')}">${words.heroData}</a></p></div>
<img class="hero-art" src="${ASSETS.street}" alt="" width="610" height="380" fetchpriority="high"></section>
${chosenSlot(visit, decision)}
<section id="departments"><h2>${words.departments}</h2><ul class="tiles">${DEPARTMENTS.map((department) => {
    const count = department.leaves.reduce((sum, { products }) => sum + products.length, 0);
    return html`<li><a href="${visit.at(`/c/${department.slug}`)}"><img src="${artOfDepartment(department)}"
      alt="" width="160" height="160" loading="lazy">
<span class="title">${stepWord(department.name, language)}</span><span
  class="shelf">${fill(words.things, { n: visit.formats.number(count) })}</span></a></li>`;
  })}</ul></section>
<section class="promises">${promises.map(
    ([title, text]) => html`<div><h2>${title}</h2><p>${text}</p>
  </div>`,
  )}</section>`;
}

/** `decision`: what of the department comes first; where nothing does, its shelves do. */
export function departmentPage(
  visit: Visit,
  { name, leaves }: Department,
  decision: Decision | undefined,
): Html {
  const { language } = visit;
  return html`<h1>${stepWord(name, language)}</h1>
<ul class="chips">${leaves.map(
    (leaf) => html`<li><a
  href="${visit.at(`/c/${leaf.slug}`)}">${stepWord(leaf.name, language)}</a></li>`,
  )}</ul>
${decision === undefined || decision.items.length === 0 ? nothing : chosenSlot(visit, decision)}
${leaves.map((leaf) => leafSection(visit, leaf))}`;
}

const TEASER_COUNT = 4;

function leafSection(visit: Visit, leaf: Leaf): Html {
  return html`<section><h2><a href="${visit.at(`/c/${leaf.slug}`)}">${stepWord(
    leaf.name,
    visit.language,
  )}</a></h2>
${shelf(visit, productsOf(leaf.products.slice(0, TEASER_COUNT), visit.language))}</section>`;
}

export function leafPage(visit: Visit, leaf: Leaf): Html {
  const { language, words } = visit;
  return html`${crumbs(visit, leaf)}<h1>${stepWord(leaf.name, language)}</h1>
<p class="lead">${fill(words.things, { n: visit.formats.number(leaf.products.length) })}</p>
${shelf(visit, productsOf(leaf.products, language))}`;
}

function crumbs(visit: Visit, leaf: Leaf): Html {
  const department = DEPARTMENTS.find(({ name }) => name === leaf.path[0]);
  const root =
    department === undefined
      ? nothing
      : html`<li><a href="${visit.at(`/c/${department.slug}`)}">${stepWord(
          department.name,
          visit.language,
        )}</a></li>`;
  return html`<nav class="crumbs" aria-label="${stepWord(leaf.name, visit.language)}"><ol><li><a
    href="${visit.at('/')}">${visit.words.home}</a></li>${root}<li><a
    href="${visit.at(`/c/${leaf.slug}`)}">${stepWord(leaf.name, visit.language)}</a></li></ol></nav>`;
}

export function productPage(visit: Visit, product: Product, decision: Decision | undefined): Html {
  const { words, formats, language } = visit;
  const leaf = leafOfProduct(product);
  const isThere = product.stock > 0;
  const buy = isThere
    ? html`<form class="buy" method="post"
      action="${visit.at('/basket')}">${formFields(visit, { item: product.id })}<label
      for="quantity">${words.quantity}</label>
<input id="quantity" name="quantity" type="number" min="1" max="20" value="1" inputmode="numeric"><button
  class="button main">${words.addToBasket}</button></form>
<p class="quiet">${fill(words.inStock, { n: formats.number(product.stock) })}</p>`
    : html`<p class="quiet">${words.soldOut}</p>`;
  return html`${leaf === undefined ? nothing : crumbs(visit, leaf)}
<article class="product"><div class="frame">${picture(product, { large: true })}</div>
<div><h1>${product.title}</h1><p class="shelf">${fill(words.brand, { brand: product.brand })}</p>
<p class="big-price">${formats.price(product.priceMinor)}</p><p
  class="description">${product.description}</p>${buy}</div></article>
${slot(visit, { title: 'slotGoesWith', text: 'slotGoesWithText', decision })}
<section><h2>${words.more}</h2>${shelf(
    visit,
    neighbours(product, language).slice(0, TEASER_COUNT),
  )}</section>`;
}

export function searchPage(visit: Visit, query: string, found: readonly Product[]): Html {
  const { words, formats } = visit;
  const text = found.length === 0 ? words.searchNone : words.searchFound;
  return html`<h1>${words.search}</h1><p class="lead">${fill(text, {
    n: formats.number(found.length),
    query,
  })}</p>${shelf(visit, found)}`;
}
