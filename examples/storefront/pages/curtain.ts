// Behind the curtain: the last click through the seven steps of the ring. Under each page a strip tells what
// happened in a word; the page behind it shows the real objects, as the API gave them.

import { html } from 'hono/html';
import { type Exchange, STEPS, type Step } from '../api.ts';
import { decision, events, person } from '../answers.ts';
import type { Visit } from '../visit.ts';
import { type WordKey, fill } from '../words/words.ts';
import { type Html, nothing } from './html.ts';

const TITLES: Readonly<Record<Step, readonly [WordKey, WordKey]>> = {
  collect: ['stepCollect', 'stepCollectText'],
  consent: ['stepConsent', 'stepConsentText'],
  profile: ['stepProfile', 'stepProfileText'],
  learn: ['stepLearn', 'stepLearnText'],
  decide: ['stepDecide', 'stepDecideText'],
  deliver: ['stepDeliver', 'stepDeliverText'],
  prove: ['stepProve', 'stepProveText'],
};

export function curtainStrip(visit: Visit): Html {
  const { words, trace, traceId } = visit;
  return html`<aside class="curtain" aria-label="${words.curtain}"><details>
    <summary>${words.curtain}</summary>
<p>${trace.length === 0 ? words.curtainNone : words.curtainText}</p>
${
  trace.length === 0
    ? nothing
    : html`<ol class="steps">${STEPS.map(
        (step) => html`<li>
      <b>${words[TITLES[step][0]]}</b> <span>${inShort(visit, step)}</span></li>`,
      )}</ol>
<p><a class="button plain" data-curtain data-close="${words.close}"
  href="${visit.at(`/curtain/${traceId}`)}">${words.curtainOpen}</a></p>`
}</details></aside>`;
}

/** One line of what a step did. */
function inShort(visit: Visit, step: Step, exchanges: readonly Exchange[] = visit.trace): string {
  const { words, formats } = visit;
  const of = (one: Step): readonly Exchange[] => exchanges.filter((call) => call.step === one);
  switch (step) {
    case 'collect':
      return of('collect').length === 0
        ? words.stepCollectNone
        : formats.list(of('collect').map((call) => kindsOf(visit, call)));
    case 'consent':
      return consentInShort(visit, of('collect'), of('consent'));
    case 'profile': {
      const known = person.safeParse(of('profile').at(-1)?.answer);
      if (known.success) return fill(words.stepProfileN, { n: formats.number(known.data.facts.length) });
      return visit.session?.person === undefined ? words.stepProfileNone : words.stepProfileText;
    }
    case 'learn':
      return words.stepLearnText;
    case 'decide': {
      const made = of('decide').flatMap(({ answer }) => decision.safeParse(answer).data?.items.length ?? []);
      if (made.length === 0) return words.stepDecideNone;
      return fill(words.stepDecideN, { n: formats.number(made.reduce((sum, count) => sum + count, 0)) });
    }
    case 'deliver':
      return words.stepDeliverText;
    case 'prove':
      if (of('prove').some(({ path, status }) => status === 200 && path.startsWith('/v1/receipts/')))
        return words.stepProveDone;
      return of('decide').length === 0 && of('consent').length === 0
        ? words.stepProveText
        : words.stepProvePromise;
  }
}

const KINDS: Readonly<Record<string, WordKey>> = {
  view: 'didViewed',
  click: 'didClicked',
  dismiss: 'didDismissed',
  purchase: 'didBought',
  'basket-add': 'didInBasket',
  'basket-remove': 'remove',
};

/** The events of a request by what was done. */
function kindsOf({ words, formats }: Visit, { sent }: Exchange): string {
  const list: readonly unknown[] = Array.isArray(sent) ? sent : [];
  const kinds = list.flatMap((one) =>
    typeof one === 'object' && one !== null && 'kind' in one && typeof one.kind === 'string' ? one.kind : [],
  );
  return formats.list([...new Set(kinds)].map((kind) => words[KINDS[kind] ?? 'stepCollect']));
}

function consentInShort(visit: Visit, collected: readonly Exchange[], chosen: readonly Exchange[]): string {
  const { words, formats } = visit;
  const told = collected.flatMap(({ answer }) => events.safeParse(answer).data ?? []);
  if (told.length === 0) return chosen.length === 0 ? words.stepConsentNone : words.saidSaved;
  const accepted = told.reduce((sum, one) => sum + one.accepted, 0);
  const refused = told.flatMap((one) => Object.entries(one.refused));
  const parts = accepted > 0 ? [fill(words.stepConsentKept, { n: formats.number(accepted) })] : [];
  for (const [reason, count] of refused)
    parts.push(
      fill(words.stepConsentRefused, { n: formats.number(count), reason: refusalWords(visit, reason) }),
    );
  return parts.join(' · ');
}

function refusalWords({ words }: Visit, reason: string): string {
  if (reason === 'no-grant') return words.refusedNoGrant;
  if (reason === 'minor') return words.refusedMinor;
  return reason === 'signal-objects' ? words.refusedSignal : words.refusedOther;
}

/** The whole of it. `exchanges` are those of the click, then what was asked now to complete them. */
export function curtainPage(visit: Visit, exchanges: readonly Exchange[]): Html {
  const { words } = visit;
  const outcome = (step: Step): Html => {
    const text = inShort(visit, step, exchanges);
    // Where a step has no figure of its own, its text stands there already.
    return text === words[TITLES[step][1]] ? nothing : html`<p class="outcome">${text}</p>`;
  };
  return html`<div class="curtain-page"><h1>${words.curtain}</h1><p class="lead">${words.curtainText}</p><ol
    class="acts">${STEPS.map(
      (step) => html`<li><h2>${words[TITLES[step][0]]}</h2><p>${words[TITLES[step][1]]}</p>
${outcome(step)}${exchanges.filter((one) => one.step === step).map((one) => exchange(visit, one))}</li>`,
    )}</ol></div>`;
}

const JSON_CHARACTERS_MAX = 6000;

function exchange(visit: Visit, one: Exchange): Html {
  const { words } = visit;
  const key = one.as === 'person' ? words.withPerson : fill(words.with, { key: one.as });
  const sent =
    one.sent === undefined
      ? nothing
      : html`<p>${words.sent}</p><pre tabindex="0" dir="ltr">${pretty(one.sent)}</pre>`;
  return html`<details class="exchange"><summary><code dir="ltr">${one.method} ${one.path}</code> <span
    class="status" dir="ltr">${one.status}</span> ${key}</summary>
${sent}<p>${words.answer}</p><pre tabindex="0" dir="ltr">${pretty(one.answer)}</pre></details>`;
}

function pretty(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return text.length <= JSON_CHARACTERS_MAX ? text : `${text.slice(0, JSON_CHARACTERS_MAX)}\n…`;
}
