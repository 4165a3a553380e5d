// A row of the table of addresses: `path` follows the language, `run` answers.

import type { Answer, Asked } from '../asked.ts';
import type { Html } from '../pages/html.ts';
import type { Visit } from '../visit.ts';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly run: (visit: Visit, asked: Asked) => Answer | Promise<Answer>;
}

export type Routes = readonly Route[];

export function page(title: string, content: Html, isAboutChoices = false): Answer {
  return { kind: 'page', page: { title, content, isAboutChoices } };
}

export const missing: Answer = { kind: 'missing' };
