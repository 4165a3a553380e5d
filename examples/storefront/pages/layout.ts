// The frame of every page: head, header, notice, what was just done, content, curtain, footer.

import { html } from 'hono/html';
import { ASSETS } from '../assets.ts';
import { LANGUAGES, OWN_NAMES, directionOf } from '../language.ts';
import { DEPARTMENTS } from '../shelf.ts';
import { stepWord } from '../town-words.ts';
import type { Visit } from '../visit.ts';
import { lineWords } from '../words/line.ts';
import { TOWNSPEOPLE, townsperson } from '../words/names.ts';
import { fill } from '../words/words.ts';
import { curtainStrip } from './curtain.ts';
import { type Html, button, formFields, nothing } from './html.ts';
import { notice } from './notice.ts';

export interface Page {
  readonly title: string;
  readonly content: Html;
  /** The notice would be in the way where choices are the page itself. */
  readonly isAboutChoices?: boolean;
  /** The curtain itself has no curtain. */
  readonly isCurtain?: boolean;
}

/** Name of who is here, in the language of the page. */
export function nameOf(visit: Visit): string {
  const { session, words, language } = visit;
  if (session?.person === undefined) return words.stranger;
  return session.isGuest ? words.guest : townsperson(session.person, language).name;
}

export function layout(
  visit: Visit,
  { title, content, isAboutChoices = false, isCurtain = false }: Page,
): Html {
  const { words, language } = visit;
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${words.shop}</title><meta name="description" content="${words.tagline}">
<link rel="icon" href="${ASSETS.icon}" type="image/svg+xml"><link rel="stylesheet" href="${ASSETS.style}">
<script type="module" src="${ASSETS.script}"></script></head>
<body><a class="skip" href="#content">${words.skip}</a>
${header(visit)}
<main id="content" tabindex="-1">
${isAboutChoices ? nothing : notice(visit)}${said(visit)}${content}</main>
${isCurtain ? nothing : curtainStrip(visit)}
<footer class="footer"><p>${words.footer} ${words.footerApi}</p><p>${words.demo}</p></footer>
</body></html>`;
}

function header(visit: Visit): Html {
  const { words, language, formats } = visit;
  const pieces = [...(visit.session?.basket.values() ?? [])].reduce((sum, count) => sum + count, 0);
  return html`<header class="header">
<div class="topbar"><p>${words.demo} <a
  href="${visit.at('/line')}">${lineWords(language).title}</a></p>${languages(visit)}</div>
<div class="mast"><a class="logo" href="${visit.at('/')}"><img src="${ASSETS.icon}" alt="" width="34"
  height="34"><span>${words.shop}</span></a>
<form class="search" role="search" action="${visit.at('/search')}"><label class="visually-hidden"
  for="q">${words.search}</label>
<input id="q" name="q" type="search" maxlength="80" placeholder="${words.searchHint}"><button
  class="button main">${words.search}</button></form>
<nav class="own" aria-label="${words.myData}">${whoMenu(visit)}<a
  href="${visit.at('/me')}">${words.myData}</a><a href="${visit.at('/messages')}">${words.messages}</a>
<a class="basket-link" href="${visit.at('/basket')}">${words.basket} <span
  class="count">${formats.number(pieces)}</span></a></nav></div>
<nav class="departments" aria-label="${words.menu}"><ul>${DEPARTMENTS.map(
    ({ name, slug }) => html`<li><a href="${visit.at(`/c/${slug}`)}">${stepWord(name, language)}</a></li>`,
  )}</ul></nav></header>`;
}

function languages(visit: Visit): Html {
  const rest = visit.here.replace(/^\/[^/?]+/, '');
  return html`<nav aria-label="${visit.words.language}"><ul class="languages">${LANGUAGES.map((one) => {
    const current = one === visit.language ? html` aria-current="true"` : nothing;
    return html`<li><a href="/${one}${rest}" lang="${one}" hreflang="${one}"${current}>${OWN_NAMES[one]}</a>
      </li>`;
  })}</ul></nav>`;
}

/** Who to be: a menu that opens without a script. */
function whoMenu(visit: Visit): Html {
  const { words, language, session } = visit;
  const chosen = session?.person;
  return html`<details class="menu"><summary>${words.youAre} <b>${nameOf(visit)}</b></summary>
<form method="post" action="${visit.at('/you')}">${formFields(visit)}
<ul>${TOWNSPEOPLE.map((id) => {
    const pressed = chosen === id ? html` aria-current="true"` : nothing;
    return html`<li><button name="person" value="${id}"${pressed}>${townsperson(id, language).name}</button>
      </li>`;
  })}<li><button name="person" value="">${words.yourself}</button></li></ul></form>
<a href="${visit.at('/you')}">${words.you}</a></details>`;
}

function said(visit: Visit): Html {
  const { said: news, words } = visit;
  if (news === undefined) return nothing;
  const undo =
    news.undo === undefined
      ? nothing
      : button(visit, { to: news.undo['to'] ?? '/', fields: news.undo, words: words.undo, kind: 'link' });
  return html`<div class="said" role="status">
    <p>${fill(words[news.word], { thing: news.thing ?? '' })}</p>${undo}</div>`;
}
