// The cases to try: each with somebody of the town to be, and the page on which to see what happens.

import { html } from 'hono/html';
import type { Visit } from '../visit.ts';
import { type CaseId, lineWords } from '../words/line.ts';
import { townsperson } from '../words/names.ts';
import { fill } from '../words/words.ts';
import { type Html, button } from './html.ts';

/** Whom to be, and where to look; nobody: oneself. */
interface Scene {
  readonly person?: string;
  readonly path: string;
}

const SCENES: Readonly<Record<Exclude<CaseId, 'ear'>, Scene>> = {
  coat: { person: 'ada', path: '/p/coat-harbour-wool' },
  letter: { person: 'carla', path: '/messages' },
  own: { person: 'carla', path: '/me' },
  trousers: { person: 'ines', path: '/messages' },
  evenings: { person: 'jonas', path: '/me' },
  less: { person: 'kemal', path: '/' },
  fifteen: { person: 'deniz', path: '/me' },
  no: { person: 'ben', path: '/' },
  forget: { path: '/p/gloves-touch-merino' },
};

const ORDER: readonly CaseId[] = [
  ...(['coat', 'letter', 'own', 'trousers', 'ear'] as const),
  ...(['evenings', 'less', 'fifteen', 'no', 'forget'] as const),
];

export function linePage(visit: Visit): Html {
  const { title, text } = lineWords(visit.language);
  return html`<h1>${title}</h1><p class="lead">${text}</p>
<ul class="people">${ORDER.map((id) => caseCard(visit, id))}</ul>`;
}

function caseCard(visit: Visit, id: CaseId): Html {
  const { words, language } = visit;
  const [title, text] = lineWords(language).cases[id];
  const parts = {
    section: words.classes,
    kind: words.classPregnancy,
    curtain: words.curtain,
    data: words.myData,
  };
  return html`<li><h2>${title}</h2><p>${fill(text, parts)}</p>${tryIt(visit, id)}</li>`;
}

function tryIt(visit: Visit, id: CaseId): Html {
  const { words, language } = visit;
  if (id === 'ear') return button(visit, { to: '/line', words: lineWords(language).send });
  const { person, path } = SCENES[id];
  const be =
    person === undefined
      ? words.beYourself
      : fill(words.beThem, { name: townsperson(person, language).name });
  return button(visit, {
    to: '/you',
    fields: { person: person ?? '', back: visit.at(path) },
    words: be,
    label: `${lineWords(language).cases[id][0]}: ${be}`,
  });
}
