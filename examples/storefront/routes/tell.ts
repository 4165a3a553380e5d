// Pages that tell: why, the message, who one can be, behind the curtain.

import * as answers from '../answers.ts';
import type { Exchange } from '../api.ts';
import { backOf } from '../asked.ts';
import { decide, readConsent, readPerson, readReceipt, readWhy, tellOverheard } from '../engine.ts';
import { curtainPage } from '../pages/curtain.ts';
import { linePage } from '../pages/line.ts';
import { messagesPage, whyPage, youPage } from '../pages/told.ts';
import { type Visit, sessionFor } from '../visit.ts';
import { lineWords } from '../words/line.ts';
import { TOWNSPEOPLE } from '../words/names.ts';
import { type Routes, missing, page } from './routes.ts';

const MESSAGE_COUNT = 3;

export const TELL: Routes = [
  {
    method: 'GET',
    path: '/why/:decision',
    run: async (visit, { param }) => {
      const why = await readWhy(visit, param('decision'));
      if (!why.ok) return { kind: 'missing', text: 'whyUnknown' };
      return page(visit.words.whyTitle, whyPage(visit, why.value));
    },
  },
  {
    method: 'GET',
    path: '/messages',
    run: (visit) => {
      const { session, words } = visit;
      const message = session?.message?.person === session?.person ? session?.message?.decision : undefined;
      return page(words.messages, messagesPage(visit, message));
    },
  },
  {
    method: 'POST',
    path: '/messages',
    run: async (visit) => {
      const { session } = visit;
      if (session?.person === undefined) return missing;
      const decision = await decide(visit, { placement: 'email', limit: MESSAGE_COUNT });
      if (decision !== undefined) session.message = { person: session.person, decision };
      session.pending = visit.trace;
      return { kind: 'go', to: visit.at('/messages') };
    },
  },
  {
    method: 'GET',
    path: '/you',
    run: (visit) => page(visit.words.you, youPage(visit)),
  },
  {
    method: 'POST',
    path: '/you',
    run: async (visit, { context, form }) => {
      const wanted = form.one('person');
      if (wanted !== '' && !TOWNSPEOPLE.includes(wanted)) return missing;
      const session = sessionFor(context, visit);
      session.decisions.length = 0;
      session.receipts.length = 0;
      delete session.message;
      if (wanted === '') {
        session.isGuest = session.own.person !== undefined;
        session.answered = session.own.answered;
        if (session.own.person === undefined) delete session.person;
        else session.person = session.own.person;
      } else {
        session.person = wanted;
        session.isGuest = false;
        const said = await readConsent({ ...visit, session }, visit.trace);
        session.answered = said.ok && said.value.records > 0;
      }
      session.pending = visit.trace;
      return { kind: 'go', to: backOf(form, visit.at('/')) };
    },
  },
  {
    method: 'GET',
    path: '/line',
    run: (visit) => page(lineWords(visit.language).title, linePage(visit)),
  },
  {
    method: 'POST',
    path: '/line',
    run: async (visit, { context }) => {
      const session = sessionFor(context, visit);
      const isRefused = await tellOverheard(visit, visit.trace);
      session.said = { word: isRefused ? 'saidHeard' : 'saidNotKnown' };
      session.pending = visit.trace;
      return { kind: 'go', to: visit.at('/line') };
    },
  },
  {
    method: 'GET',
    path: '/curtain/:trace',
    run: async (visit, { param, query }) => {
      const traced = visit.shop.traces.find(param('trace'), visit.session);
      if (traced === undefined || traced.person !== visit.session?.person)
        return { kind: 'missing', text: 'curtainGone' };
      const part = curtainPage(visit, await completed(visit, traced.exchanges));
      if (query('part') !== '') return { kind: 'part', part };
      return {
        kind: 'page',
        page: { title: visit.words.curtain, content: part, isAboutChoices: true, isCurtain: true },
      };
    },
  },
];

/** The click, and what can be asked about it now: the facts, the model behind it, promise and proof. */
async function completed(visit: Visit, exchanges: readonly Exchange[]): Promise<readonly Exchange[]> {
  const more: Exchange[] = [...exchanges];
  const last = exchanges.findLast(({ step, path }) => step === 'decide' && path === '/v1/decide');
  const decided = answers.decision.safeParse(last?.answer);
  if (last !== undefined && decided.success && decided.data['receipt'] !== undefined)
    more.push({ ...last, step: 'prove', answer: decided.data['receipt'] });
  if (visit.session?.person === undefined) return more;
  await readPerson(visit, more);
  if (!decided.success) return more;
  const why = await readWhy(visit, decided.data.decision, more);
  const asked = more.at(-1);
  if (why.ok && asked !== undefined) more.push({ ...asked, step: 'learn', answer: why.value.made });
  await readReceipt(visit, decided.data.decision, more);
  return more;
}
