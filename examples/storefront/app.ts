// The shop as a function from request to response: which page stands at which address, and what holds for
// all of them: the languages, the headers, the checks on whatever is sent.

import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { drawingAt } from './art/art.ts';
import { assetAt } from './assets.ts';
import { type Answer, type Asked, formOf } from './asked.ts';
import { compress, keepForEver, protect } from './headers.ts';
import { isLanguage, preferredLanguage } from './language.ts';
import { layout } from './pages/layout.ts';
import { sorryPage } from './pages/told.ts';
import { BROWSE } from './routes/browse.ts';
import { BUY } from './routes/buy.ts';
import { CONTROL } from './routes/control.ts';
import { ME } from './routes/me.ts';
import type { Routes } from './routes/routes.ts';
import { TELL } from './routes/tell.ts';
import { type Shop, type Visit, visitOf } from './visit.ts';
import type { WordKey } from './words/words.ts';

const ROUTES: Routes = [...BROWSE, ...BUY, ...CONTROL, ...ME, ...TELL];
/** A form of this shop with every box ticked is a tenth of it. */
const FORM_BYTES_MAX = 32_768;

export function createApp(shop: Shop): Hono {
  const app = new Hono();
  app.use(protect, compress);
  app.get('/', (context) => {
    context.header('vary', 'accept-language');
    return context.redirect(`/${preferredLanguage(context.req.header('accept-language'))}/`);
  });
  app.get('/assets/:file', (context) => {
    const asset = assetAt(context.req.param('file'));
    return asset === undefined ? context.notFound() : keepForEver(context, asset);
  });
  app.get('/art/:file', (context) => {
    const text = drawingAt(context.req.param('file'));
    return text === undefined ? context.notFound() : keepForEver(context, { type: 'image/svg+xml', text });
  });
  app.use('/:language/*', bodyLimit({ maxSize: FORM_BYTES_MAX }));
  for (const route of ROUTES) {
    app.on(route.method, `/:language${route.path}`, async (context) => {
      const visit = visitAt(context, shop);
      if (visit === undefined) return context.notFound();
      const asked = await askedOf(context, visit, route.method);
      if (asked === undefined) return sorry(context, shop, { status: 403, title: 'failed', text: 'formOld' });
      return respond(context, visit, await route.run(visit, asked));
    });
  }
  app.notFound((context) => sorry(context, shop, { status: 404, title: 'notFound', text: 'notFoundText' }));
  app.onError((_error, context) =>
    sorry(context, shop, { status: 502, title: 'failed', text: 'failedText' }),
  );
  return app;
}

function visitAt(context: Context, shop: Shop): Visit | undefined {
  const language = context.req.param('language');
  return isLanguage(language) ? visitOf(context, shop, language) : undefined;
}

/** What was sent; `undefined` when a form does not carry a token of this visit. */
async function askedOf(context: Context, visit: Visit, method: string): Promise<Asked | undefined> {
  const form = method === 'POST' ? await formOf(context.req.raw) : undefined;
  if (form !== undefined && !visit.shop.sessions.isFormToken(form.one('token'), visit.session))
    return undefined;
  const query = (name: string): string => (context.req.query(name) ?? '').slice(0, 200);
  return {
    context,
    query,
    param: (name) => context.req.param(name) ?? '',
    form: form ?? { one: () => '', all: () => [] },
  };
}

async function respond(context: Context, visit: Visit, answer: Answer): Promise<Response> {
  switch (answer.kind) {
    case 'page':
      return context.html(layout(visit, answer.page));
    case 'part':
      return context.html(answer.part);
    case 'go':
      return context.redirect(answer.to, 303);
    case 'file':
      context.header('content-disposition', `attachment; filename="${answer.name}"`);
      return context.body(answer.text, 200, { 'content-type': answer.type });
    case 'missing':
      return sorry(context, visit.shop, {
        status: 404,
        title: 'notFound',
        text: answer.text ?? 'notFoundText',
      });
  }
}

function sorry(
  context: Context,
  shop: Shop,
  {
    status,
    title,
    text,
  }: { readonly status: 403 | 404 | 502; readonly title: WordKey; readonly text: WordKey },
): Response | Promise<Response> {
  const wanted = new URL(context.req.url).pathname.split('/')[1];
  const language = isLanguage(wanted) ? wanted : preferredLanguage(context.req.header('accept-language'));
  const visit = visitOf(context, shop, language);
  context.status(status);
  return context.html(layout(visit, { title: visit.words[title], content: sorryPage(visit, title, text) }));
}
