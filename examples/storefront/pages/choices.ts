// The choices in layers: one fold per use, in it one box per kind of data. Nothing is ticked that was not
// allowed, and "nothing" is as near as "the usual".

import { html } from 'hono/html';
import type { Allowed } from '../answers.ts';
import type { Visit } from '../visit.ts';
import { fill } from '../words/words.ts';
import { type Html, button, formFields, nothing } from './html.ts';
import {
  type AskedPurpose,
  CATEGORIES,
  CATEGORY_WORDS,
  PURPOSES,
  PURPOSE_TEXTS,
  purposeWord,
} from './vocabulary.ts';

export function choices(visit: Visit, allowed: readonly Allowed[]): Html {
  const { words } = visit;
  const isMinor = allowed.some(({ reason }) => reason === 'minor');
  return html`${isMinor ? html`<p class="outcome">${words.reasonMinor}</p>` : nothing}
<div class="pair">${button(visit, {
    to: '/choice',
    fields: { answer: 'none' },
    words: words.choicesNone,
    kind: 'plain',
  })}${button(visit, {
    to: '/choice',
    fields: { answer: 'usual' },
    words: words.choicesUsual,
    kind: 'plain',
  })}</div>
<form class="choices" method="post" action="${visit.at('/choice')}">${formFields(visit, { answer: 'these' })}
${PURPOSES.map((purpose) => fold(visit, purpose, allowed))}<button
  class="button main">${words.choicesSave}</button></form>`;
}

function fold(visit: Visit, purpose: AskedPurpose, allowed: readonly Allowed[]): Html {
  const { words, formats } = visit;
  const given = new Set(
    allowed.filter((one) => one.purpose === purpose && one.allowed).map(({ category }) => category),
  );
  return html`<details class="fold"><summary>
    <b>${words[purposeWord(purpose)]}</b> <span>${words[PURPOSE_TEXTS[purpose]]}</span> <span
    class="count">${fill(words.choicesCount, { n: formats.number(given.size) })}</span></summary>
<fieldset><legend class="visually-hidden">${words[purposeWord(purpose)]}</legend>${CATEGORIES.map(
    (category) => {
      const checked = given.has(category) ? html` checked` : nothing;
      return html`<label><input type="checkbox" name="allow"
        value="${category}.${purpose}"${checked}> ${words[CATEGORY_WORDS[category]]}</label>`;
    },
  )}</fieldset></details>`;
}
