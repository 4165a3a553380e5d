// Small pieces that pages share. Everything goes through Hono's `html`, which escapes what is put in.

import { html } from 'hono/html';
import { artOf } from '../art/art.ts';
import type { Product } from '../shelf.ts';
import type { Visit } from '../visit.ts';

export type Html = ReturnType<typeof html>;

export const nothing: Html = html``;

/** Fields that every form carries: the token, and where to come back to, unless the fields say so. */
export function formFields(visit: Visit, fields: Readonly<Record<string, string>> = {}): Html {
  const all = Object.entries({ back: visit.here, ...fields, token: visit.formToken() });
  return html`${all.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
}

/** A form of one button. */
export function button(
  visit: Visit,
  {
    to,
    fields = {},
    words,
    kind = 'plain',
    label,
  }: {
    readonly to: string;
    readonly fields?: Readonly<Record<string, string>>;
    readonly words: string;
    readonly kind?: 'plain' | 'main' | 'link' | 'danger';
    /** For a screen reader, where the words alone are the same on every card. */
    readonly label?: string;
  },
): Html {
  const named = label === undefined ? nothing : html` aria-label="${label}"`;
  return html`<form method="post" action="${visit.at(to)}">${formFields(visit, fields)}<button
    class="button ${kind}"${named}>${words}</button></form>`;
}

/** The picture of a product; `large` on its own page. */
export function picture(product: Product, { large = false, alt = '' } = {}): Html {
  const size = large ? 480 : 240;
  const loading = large ? 'eager' : 'lazy';
  return html`<img src="${artOf(product)}" alt="${alt}" width="${size}" height="${size}" loading="${loading}"
    decoding="async">`;
}

/** A bar whose length is a share; drawn, because a style attribute would need a weaker policy. */
export function bar(share: number): Html {
  const width = `${Math.max(1, Math.min(100, share * 100)).toFixed(1)}%`;
  return html`<svg class="bar" aria-hidden="true" focusable="false"><rect class="rail" width="100%"
    height="100%" rx="3"/><rect class="fill" width="${width}" height="100%" rx="3"/></svg>`;
}
