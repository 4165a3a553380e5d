// A product as a card, and a slot: a row of cards that the engine chose, each with its reasons in place and a
// way to say no to one of them.

import { html } from 'hono/html';
import type { Decision, Reason } from '../answers.ts';
import { type Product, productOf, leafOfProduct } from '../shelf.ts';
import { stepWord } from '../town-words.ts';
import type { Visit } from '../visit.ts';
import { type WordKey, fill } from '../words/words.ts';
import { type Html, bar, button, nothing, picture } from './html.ts';

interface Chosen {
  readonly decision: string;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

function card(visit: Visit, product: Product, chosen?: Chosen): Html {
  const { formats, language } = visit;
  const from = chosen === undefined ? '' : `?from=${encodeURIComponent(chosen.decision)}`;
  const leaf = leafOfProduct(product);
  return html`<li class="card">
<a class="card-link" href="${visit.at(`/p/${product.id}`)}${from}">
<span class="frame">${picture(product)}</span>
<span class="shelf">${leaf === undefined ? '' : stepWord(leaf.name, language)}</span>
<span class="title">${product.title}</span>
<span class="price">${formats.price(product.priceMinor)}</span></a>
${chosen === undefined ? nothing : why(visit, product, chosen)}</li>`;
}

function why(visit: Visit, product: Product, { decision, score, reasons }: Chosen): Html {
  const { words } = visit;
  const isKnown = visit.session?.person !== undefined;
  return html`<details class="why"><summary>${words.why}<span
    class="visually-hidden"> ${product.title}</span></summary>
<div class="why-panel"><ul class="reasons">${reasons.map((reason) => reasonRow(visit, reason, score))}</ul>
${
  isKnown
    ? html`<div class="why-acts">${button(visit, {
        to: '/less',
        fields: { item: product.id, decision },
        words: words.less,
        kind: 'link',
        label: fill(words.lessOf, { thing: product.title }),
      })}<a href="${visit.at(`/why/${encodeURIComponent(decision)}`)}#${product.id}">${words.whyAll}</a>
        </div>`
    : nothing
}</div></details>`;
}

function reasonRow(visit: Visit, reason: Reason, score: number): Html {
  const { words, formats } = visit;
  const share = score > 0 ? reason.value / score : 0;
  const said = reasonWords(visit, reason);
  const aside =
    (reason.kind === 'fact' || reason.kind === 'repeat') &&
    reason.did !== undefined &&
    reason.item !== undefined
      ? button(visit, {
          to: '/fact',
          fields: { did: reason.did, item: reason.item, restricted: 'true' },
          words: words.whyAside,
          kind: 'link',
          label: fill(words.whyAsideOf, { fact: said }),
        })
      : nothing;
  // What the shop placed has no share in the score.
  if (reason.kind === 'pinned') return html`<li><span class="reason">${said}</span></li>`;
  return html`<li><span class="reason">${said}</span> <span
    class="share">${formats.share(share)}</span>${bar(share)}${aside}</li>`;
}

const DID: Readonly<Record<string, WordKey>> = {
  bought: 'whyBought',
  viewed: 'whyViewed',
  'in-basket': 'whyBasket',
  clicked: 'whyClicked',
  likes: 'whyLikes',
};

/** A reason in words. */
function reasonWords(visit: Visit, reason: Pick<Reason, 'kind' | 'did' | 'item'>): string {
  const { words, language } = visit;
  const thing = reason.item === undefined ? '' : (productOf(reason.item, language)?.title ?? reason.item);
  switch (reason.kind) {
    case 'prior':
      return words.whyPrior;
    case 'merchandising':
      return words.whyFavoured;
    case 'pinned':
      return words.whyPinned;
    case 'rest':
      return words.whyRest;
    case 'context':
      return fill(words.whyContext, { thing });
    case 'repeat':
    case 'fact':
      if (reason.kind === 'repeat' && reason.did === 'bought') return words.whyRepeat;
      return fill(words[DID[reason.did ?? ''] ?? 'whyOther'], { thing });
  }
}

/** A row of products; without a decision a plain shelf. */
export function shelf(visit: Visit, products: readonly Product[]): Html {
  return html`<ul class="cards">${products.map((product) => card(visit, product))}</ul>`;
}

export interface Slot {
  readonly title: WordKey;
  readonly text: WordKey;
  readonly decision: Decision | undefined;
}

/** What the engine chose for this place, or in words why it is empty. */
export function slot(visit: Visit, { title, text, decision }: Slot): Html {
  const { words, language } = visit;
  const cards = (decision?.items ?? []).flatMap(({ item, score, reasons }) => {
    const product = productOf(item, language);
    return product === undefined
      ? []
      : [card(visit, product, { decision: decision?.decision ?? '', score, reasons })];
  });
  const empty = decision?.nothing === 'enough-contact' ? words.slotNothingCap : words.slotNothing;
  return html`<section class="slot"><h2>${words[title]}</h2><p class="lead">${words[text]}</p>
${
  cards.length === 0
    ? html`<p class="quiet">${empty}</p>`
    : html`<ul
  class="cards">${cards}</ul>`
}</section>`;
}
