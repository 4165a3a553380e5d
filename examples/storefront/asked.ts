// What a page is asked with, bounded, and the ways to answer.

import type { Context } from 'hono';
import type { Html } from './pages/html.ts';
import type { Page } from './pages/layout.ts';
import type { WordKey } from './words/words.ts';

export interface Form {
  /** The field's first value, or nothing; at most 400 characters. */
  one(name: string): string;
  all(name: string): readonly string[];
}

export interface Asked {
  readonly context: Context;
  readonly form: Form;
  query(name: string): string;
  param(name: string): string;
}

export type Answer =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'part'; readonly part: Html }
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'file'; readonly name: string; readonly type: string; readonly text: string }
  | { readonly kind: 'missing'; readonly text?: WordKey };

const VALUE_LENGTH_MAX = 400;
const VALUES_MAX = 200;

export async function formOf(request: Request): Promise<Form> {
  const data = new URLSearchParams(await request.text());
  const cut = (text: string): string => text.slice(0, VALUE_LENGTH_MAX);
  return {
    one: (name) => cut(data.get(name) ?? ''),
    all: (name) => data.getAll(name).slice(0, VALUES_MAX).map(cut),
  };
}

const OWN_ADDRESS = /^\/(?:en|de|it|tr|ar|he|zh-Hant)\/[\w\-./?=&%+]*$/;

/** Back to the page the form stood on: one of this shop, or the home page. */
export function backOf(form: Form, home: string): string {
  const back = form.one('back');
  return OWN_ADDRESS.test(back) && !back.includes('//') ? back : home;
}
