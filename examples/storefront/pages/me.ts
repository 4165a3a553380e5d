// My data: what is known, what may be used for what, take it along, be forgotten, and the proofs.

import { html } from 'hono/html';
import type { Fact, Person } from '../answers.ts';
import { productOf } from '../shelf.ts';
import type { Visit } from '../visit.ts';
import { type WordKey, fill } from '../words/words.ts';
import { choices } from './choices.ts';
import { classes } from './classes.ts';
import { type Html, button, nothing } from './html.ts';
import { nameOf } from './layout.ts';
import { purposeWord } from './vocabulary.ts';

export function mePage(visit: Visit, person: Person | undefined): Html {
  const { words, session } = visit;
  const facts = person?.facts ?? [];
  const title =
    session?.person === undefined || session.isGuest
      ? words.known
      : fill(words.knownOf, { name: nameOf(visit) });
  return html`<h1>${title}</h1>
${
  facts.length === 0
    ? html`<p class="lead">${words.knownNothing}</p>
  <p>${words.knownHow}</p>`
    : factList(visit, facts)
}
${person === undefined ? nothing : html`<p>${contactsText(visit, person)}</p>`}
<section id="choices"><h2>${words.choices}</h2><p
  class="lead">${words.choicesText}</p>${choices(visit, person?.allowed ?? [])}</section>
${
  person === undefined
    ? nothing
    : html`<section id="classes"><h2>${words.classes}</h2><p
  class="lead">${words.classesText}</p>${classes(visit, person)}</section>`
}
${person === undefined ? nothing : rights(visit)}
${proofs(visit)}`;
}

function contactsText({ words, formats }: Visit, { contacts }: Person): string {
  const [n, days] = [contacts.count, contacts.days].map(formats.number);
  return fill(words.contactsCount, { n: n ?? '', days: days ?? '' });
}

const DID: Readonly<Record<string, WordKey>> = {
  bought: 'didBought',
  viewed: 'didViewed',
  'in-basket': 'didInBasket',
  clicked: 'didClicked',
  dismissed: 'didDismissed',
  likes: 'didLikes',
  dislikes: 'didDislikes',
  trait: 'didTrait',
};

const TRAITS: Readonly<Record<string, WordKey>> = {
  language: 'traitLanguage',
  country: 'traitCountry',
  region: 'traitRegion',
  birthYear: 'traitBirthYear',
  timeZone: 'traitTimeZone',
  likes: 'traitLikes',
  dislikes: 'traitDislikes',
  rating: 'traitRating',
};

const CHANNELS: Readonly<Record<string, WordKey>> = {
  web: 'channelWeb',
  app: 'channelApp',
  till: 'channelTill',
};

/** A fact's key in words, of whatever joined identity. */
export function factWords(visit: Visit, key: string): string {
  const parts = key.replace(/^joined \d+\|/, '').split('|');
  const [kind = '', , ...rest] = parts;
  return `${visit.words[DID[kind] ?? 'didTrait']}: ${thingOf(visit, rest.join('|'))}`;
}

function thingOf({ words, language }: Visit, id: string): string {
  const trait = TRAITS[id];
  return productOf(id, language)?.title ?? (trait === undefined ? id : words[trait]);
}

function factList(visit: Visit, facts: readonly Fact[]): Html {
  const newest = facts.toSorted((a, b) => (a.last < b.last ? 1 : -1));
  return html`<ul class="facts">${newest.map((fact) => factRow(visit, fact))}</ul>`;
}

function factRow(visit: Visit, fact: Fact): Html {
  const { words, formats } = visit;
  const thing = fact.item === undefined ? thingOf(visit, fact.name ?? '') : thingOf(visit, fact.item);
  const value = fact.value === undefined ? '' : `: ${valueWords(visit, fact)}`;
  const isAside = fact.restricted === true;
  const isUsed = fact.purposes.some((purpose) => purpose !== 'serve');
  const use =
    !isAside && !isUsed
      ? nothing
      : button(visit, {
          to: '/fact',
          fields: { key: fact.key, restricted: String(!isAside), thing },
          words: isAside ? words.factUse : words.whyAside,
          kind: 'link',
          label: `${isAside ? words.factUse : words.whyAside}: ${thing}`,
        });
  const purposes = formats.list(fact.purposes.map((purpose) => words[purposeWord(purpose)]));
  return html`<li class="fact"><p><b>${words[DID[fact.kind] ?? 'didTrait']}</b> ${thing}${value}</p>
<dl><dt>${words.factWhen}</dt><dd>${formats.day(fact.last)}</dd><dt>${words.factFrom}</dt>
  <dd>${words[CHANNELS[fact.channel] ?? 'channelOther']}</dd>
<dt>${words.factUntil}</dt><dd>${formats.day(fact.until)}</dd><dt>${words.factFor}</dt>
  <dd>${isAside ? `${words.restricted} · ` : ''}${purposes === '' ? words.factForNothing : purposes}</dd>
  </dl>${use}</li>`;
}

/** Country and language of a person in the language of the page. */
function valueWords({ language }: Visit, { name, value }: Fact): string {
  const text = String(value);
  if (name === 'country') return new Intl.DisplayNames(language, { type: 'region' }).of(text) ?? text;
  if (name === 'language') return new Intl.DisplayNames(language, { type: 'language' }).of(text) ?? text;
  return text;
}

function rights(visit: Visit): Html {
  const { words } = visit;
  return html`<section class="rights"><h2>${words.rights}</h2><div class="two"><div>
    <p>${words.exportText}</p><a class="button plain" href="${visit.at('/me/export')}">${words.exportDo}</a>
    </div>
<div><p>${words.eraseText}</p><a class="button danger" href="${visit.at('/me/erase')}">${words.eraseDo}</a>
  </div></div></section>`;
}

export function erasePage(visit: Visit): Html {
  const { words } = visit;
  return html`<h1>${fill(words.eraseSure, { name: nameOf(visit) })}</h1><p class="lead">${words.eraseText}</p>
<div class="pair">${button(visit, { to: '/me/erase', words: words.eraseYes, kind: 'danger' })}<a
  class="button plain" href="${visit.at('/me')}">${words.eraseNo}</a></div>`;
}

const PLACES: Readonly<Record<string, WordKey>> = {
  home: 'placeHome',
  product: 'placeProduct',
  basket: 'placeBasket',
  email: 'placeEmail',
};

function proofs(visit: Visit): Html {
  const { words, session, formats } = visit;
  const decisions = session?.decisions ?? [];
  const receipts = session?.receipts ?? [];
  if (decisions.length + receipts.length === 0)
    return html`<section><h2>${words.proofs}</h2><p class="lead">${words.proofsNone}</p></section>`;
  return html`<section><h2>${words.proofs}</h2><p class="lead">${words.proofsText}</p><ul class="proofs">
${receipts.map(
  ({ kind, timeMs }, at) => html`<li>
  <span>${kind === 'choice' ? words.proofChoice : words.proofErasure}, ${formats.moment(timeMs)}</span><a
  href="${visit.at(`/me/receipt/${at}`)}">${words.proofTake}</a></li>`,
)}
${decisions.map(
  ({ id, place, timeMs }) => html`<li>
  <span>${words.proofDecision} ${words[PLACES[place] ?? 'placeHome']},
${formats.moment(timeMs)}</span>
<span><a href="${visit.at(`/why/${id}`)}">${words.why}</a>
<a href="${visit.at(`/me/proof/${id}`)}">${words.proofTake}</a></span></li>`,
)}</ul></section>`;
}
