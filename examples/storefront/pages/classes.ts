// Kinds of things that tell more: nothing of them is shown or used until the person says so, for each kind
// and each use, in front of its own notice.

import { html } from 'hono/html';
import type { Person } from '../answers.ts';
import type { Visit } from '../visit.ts';
import { fill } from '../words/words.ts';
import { type Html, formFields, nothing } from './html.ts';
import { CLASSES, CLASS_PURPOSES, CLASS_WORDS, purposeWord } from './vocabulary.ts';

export function classes(visit: Visit, person: Person): Html {
  const { words } = visit;
  const opened = openedBy(person);
  const isShut = opened.size > person.declared.length;
  const shut = isShut ? html`<p class="outcome">${words.classesShut}</p>` : nothing;
  return html`${shut}<form class="choices" method="post" action="${visit.at('/choice')}">${formFields(visit, {
    answer: 'classes',
  })}
${CLASS_PURPOSES.map((purpose) => fold(visit, purpose, opened))}<button
  class="button main">${words.choicesSave}</button></form>`;
}

const TEXTS = { recommend: 'classesRecommendText', improve: 'classesImproveText' } as const;

/** What they said, as `class:NAME.PURPOSE`; the law of a place may keep it closed all the same. */
export function openedBy({ consent }: Person): ReadonlySet<string> {
  return new Set(
    consent.grants
      .filter(({ category, state }) => category.startsWith('class:') && state === 'given')
      .map(({ category, purpose }) => `${category}.${purpose}`),
  );
}

function fold(visit: Visit, purpose: keyof typeof TEXTS, opened: ReadonlySet<string>): Html {
  const { words, formats } = visit;
  const given = CLASSES.filter((name) => opened.has(`class:${name}.${purpose}`));
  return html`<details class="fold"><summary>
    <b>${words[purposeWord(purpose)]}</b> <span>${words[TEXTS[purpose]]}</span> <span
    class="count">${fill(words.choicesCount, { n: formats.number(given.length) })}</span></summary>
<fieldset><legend class="visually-hidden">${words[purposeWord(purpose)]}</legend>${CLASSES.map((name) => {
    const checked = given.includes(name) ? html` checked` : nothing;
    return html`<label><input type="checkbox" name="allow"
        value="class:${name}.${purpose}"${checked}> ${words[CLASS_WORDS[name]]}</label>`;
  })}</fieldset></details>`;
}
