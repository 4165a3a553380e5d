// Pages that tell: the whole why of a decision, the message that would be written, who one can be, and what
// went wrong.

import { html } from 'hono/html';
import type { Decision, Why } from '../answers.ts';
import { type Product, productOf } from '../shelf.ts';
import type { Visit } from '../visit.ts';
import { TOWNSPEOPLE, townsperson } from '../words/names.ts';
import { type WordKey, fill } from '../words/words.ts';
import { type Html, bar, button, formFields, nothing, picture } from './html.ts';
import { nameOf } from './layout.ts';
import { factWords } from './me.ts';

const titleOf = (visit: Visit, id: string): string => productOf(id, visit.language)?.title ?? id;

export function whyPage(visit: Visit, why: Why): Html {
  const { words, formats } = visit;
  return html`<h1>${words.whyTitle}</h1><p
    class="lead">${fill(words.whyText, { time: formats.moment(why.time) })}</p>
${why.items.map((item) => whyItem(visit, item, why.learnedWith ?? []))}
${
  why.without.length === 0
    ? nothing
    : html`<section><h2>${words.whyWithout}</h2><ul
  class="without">${why.without.map((one) => without(visit, one))}</ul></section>`
}
<section><h2>${words.whyHeld}</h2>${heldList(visit, why.held ?? [])}</section>`;
}

function whyItem(
  visit: Visit,
  { item, score, pinned, contributions }: Why['items'][number],
  learnedWith: readonly string[],
): Html {
  const { words, formats, language } = visit;
  const product = productOf(item, language);
  const sorted = contributions.toSorted((a, b) => b.value - a.value);
  return html`<section class="why-item" id="${item}">${
    product === undefined
      ? nothing
      : html`<span
    class="frame">${picture(product)}</span>`
  }<div><h2>${product?.title ?? item}</h2>
${pinned === true ? html`<p>${words.whyPinned}</p>` : nothing}<ul class="reasons">${sorted.map(
    ({ kind, of, joint, value }) => {
      const share = score > 0 ? value / score : 0;
      const reason =
        kind === 'repeat' && of.startsWith('bought|')
          ? words.whyRepeat
          : kind === 'fact' || kind === 'repeat'
            ? factWords(visit, of)
            : kind === 'context'
              ? fill(words.whyContext, { thing: titleOf(visit, of) })
              : kind === 'merchandising'
                ? words.whyFavoured
                : words.whyPrior;
      const names = new Intl.ListFormat(language).format(learnedWith);
      const said = joint === true ? fill(words.whyJoint, { reason, names }) : reason;
      return html`<li><span class="reason">${said}</span> <span
      class="share">${formats.share(share)}</span>${bar(share)}</li>`;
    },
  )}</ul></div></section>`;
}

function without(visit: Visit, { fact, gone, instead }: Why['without'][number]): Html {
  const { words, language } = visit;
  const list = new Intl.ListFormat(language);
  const names = (ids: readonly string[]): string => list.format(ids.map((id) => titleOf(visit, id)));
  const change =
    gone.length === 0 && instead.length === 0
      ? words.whyWithoutSame
      : [
          gone.length === 0 ? '' : fill(words.whyWithoutGone, { gone: names(gone) }),
          instead.length === 0 ? '' : fill(words.whyWithoutInstead, { instead: names(instead) }),
        ].join(' ');
  return html`<li><b>${factWords(visit, fact)}</b> ${change}</li>`;
}

const HELD_SHOWN = 12;

function heldList(visit: Visit, held: NonNullable<Why['held']>): Html {
  const { words, formats } = visit;
  if (held.length === 0) return html`<p class="lead">${words.whyHeldNone}</p>`;
  const rest = held.length - HELD_SHOWN;
  return html`<ul class="without">${held
    .slice(0, HELD_SHOWN)
    .map(({ item }) => html`<li>${fill(words.whyHeldText, { thing: titleOf(visit, item) })}</li>`)}</ul>
${rest > 0 ? html`<p>${fill(words.whyHeldMore, { n: formats.number(rest) })}</p>` : nothing}`;
}

/** `undefined`: nothing was asked yet. */
export function messagesPage(visit: Visit, decision: Decision | undefined): Html {
  const { words, session } = visit;
  const body =
    session?.person === undefined
      ? html`<p class="outcome">${words.messageNobody}</p>`
      : decision === undefined
        ? button(visit, { to: '/messages', words: words.messageMake, kind: 'main' })
        : decision.items.length > 0
          ? mail(visit, decision)
          : html`<p class="outcome">${words[emptyWord(decision.nothing)]}</p>${
              decision.nothing === 'no-consent' ? html`<p>${words.messageNotAllowedHow}</p>` : nothing
            }`;
  return html`<h1>${words.messageTitle}</h1><p class="lead">${words.messageText}</p>${body}
<section><h2>${words.messageLetter}</h2><p class="outcome">${words.messageLetterNo}</p></section>`;
}

function emptyWord(reason: string | undefined): WordKey {
  if (reason === 'no-consent') return 'messageNotAllowed';
  return reason === 'enough-contact' ? 'messageCap' : 'messageNothing';
}

function mail(visit: Visit, decision: Decision): Html {
  const { words, formats, language } = visit;
  const things: readonly Product[] = decision.items.flatMap(({ item }) => productOf(item, language) ?? []);
  return html`<article class="mail"><dl><dt>${words.messageFrom}</dt><dd>${words.shop}</dd>
    <dt>${words.messageRe}</dt><dd>${words.messageSubject}</dd></dl>
<div class="mail-body"><p>${fill(words.messageHello, { name: nameOf(visit) })}</p><p>${words.messageBody}</p>
<ul>${things.map(
    (thing) => html`<li><a href="${visit.at(`/p/${thing.id}`)}"><span
  class="frame">${picture(thing)}</span><span class="title">${thing.title}</span><span
  class="price">${formats.price(thing.priceMinor)}</span></a></li>`,
  )}</ul>
<p>${words.messageBye}</p>${button(visit, {
    to: '/choice',
    fields: { answer: 'no-messages' },
    words: words.messageStop,
    kind: 'link',
  })}</div></article>
<p><a href="${visit.at(`/why/${decision.decision}`)}">${words.whyAll}</a></p>`;
}

export function youPage(visit: Visit): Html {
  const { words, language, session } = visit;
  return html`<h1>${words.you}</h1><p class="lead">${words.youText}</p>
<form method="post" action="${visit.at('/you')}">${formFields(visit)}<ul class="people">${TOWNSPEOPLE.map(
    (id) => {
      const { name, about } = townsperson(id, language);
      const pressed = session?.person === id ? html` aria-current="true"` : nothing;
      return html`<li><h2>${name}</h2><p>${about}</p><button class="button plain" name="person"
        value="${id}"${pressed}>${fill(words.beThem, { name })}</button></li>`;
    },
  )}<li><h2>${words.yourself}</h2><p>${words.youStranger}</p><button class="button plain" name="person"
    value="">${words.beYourself}</button></li></ul></form>`;
}

export function sorryPage(visit: Visit, title: WordKey, text: WordKey): Html {
  const { words } = visit;
  return html`<div class="sorry"><h1>${words[title]}</h1><p class="lead">${words[text]}</p><p><a
    class="button main" href="${visit.at('/')}">${words.backHome}</a></p></div>`;
}
