// The consent notice: two answers of the same size and weight, one click each, and a third way into the
// details. It stands in the page and blocks nothing.

import { html } from 'hono/html';
import type { Visit } from '../visit.ts';
import { type Html, button, nothing } from './html.ts';

export function notice(visit: Visit): Html {
  const { words, session } = visit;
  if (session?.answered === true) return nothing;
  return html`<section class="notice" aria-labelledby="notice-title"><div><h2
    id="notice-title">${words.noticeTitle}</h2>
<p>${words.noticeText}</p></div>
<div class="notice-acts">${button(visit, {
    to: '/choice',
    fields: { answer: 'none' },
    words: words.noticeNo,
    kind: 'main',
  })}
${button(visit, { to: '/choice', fields: { answer: 'usual' }, words: words.noticeYes, kind: 'main' })}
<a class="notice-more" href="${visit.at('/me')}#choices">${words.noticeDetail}</a></div></section>`;
}
