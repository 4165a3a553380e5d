// Kinds of things that tell more: nothing of them is shown or used until the person says so, for each kind
// and each use, in front of its own notice.

import { html } from 'hono/html';
import type { Declared } from '../answers.ts';
import type { Visit } from '../visit.ts';
import { fill } from '../words/words.ts';
import { type Html, formFields, nothing } from './html.ts';
import { CLASSES, CLASS_PURPOSES, CLASS_WORDS, purposeWord } from './vocabulary.ts';

export function classes(visit: Visit, declared: readonly Declared[]): Html {
  const { words } = visit;
  return html`<form class="choices" method="post" action="${visit.at('/choice')}">${formFields(visit, {
    answer: 'classes',
  })}
${CLASS_PURPOSES.map((purpose) => fold(visit, purpose, declared))}<button
  class="button main">${words.choicesSave}</button></form>`;
}

const TEXTS = { recommend: 'classesRecommendText', improve: 'classesImproveText' } as const;

function fold(visit: Visit, purpose: keyof typeof TEXTS, declared: readonly Declared[]): Html {
  const { words, formats } = visit;
  const given = new Set(declared.filter((one) => one.purpose === purpose).map((one) => one.class));
  return html`<details class="fold"><summary>
    <b>${words[purposeWord(purpose)]}</b> <span>${words[TEXTS[purpose]]}</span> <span
    class="count">${fill(words.choicesCount, { n: formats.number(given.size) })}</span></summary>
<fieldset><legend class="visually-hidden">${words[purposeWord(purpose)]}</legend>${CLASSES.map((name) => {
    const checked = given.has(name) ? html` checked` : nothing;
    return html`<label><input type="checkbox" name="allow"
        value="class:${name}.${purpose}"${checked}> ${words[CLASS_WORDS[name]]}</label>`;
  })}</fieldset></details>`;
}
