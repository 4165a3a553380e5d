// Looking around. What somebody looks at is told to the engine before it is asked what goes with it.

import { decide, tell } from '../engine.ts';
import { departmentPage, homePage, leafPage, productPage, searchPage } from '../pages/browse.ts';
import { departmentOf, leafOf, productOf, search } from '../shelf.ts';
import { stepWord } from '../town-words.ts';
import { type Routes, missing, page } from './routes.ts';

const HOME_COUNT = 8;
const BESIDE_COUNT = 4;
/** Asked for in the slot of the home page; a shop with caps of its own for these pages names another. */
const DEPARTMENT_COUNT = 4;
const QUERY_LENGTH_MAX = 80;

export const BROWSE: Routes = [
  {
    method: 'GET',
    path: '/',
    run: async (visit) => {
      const decision = await decide(visit, { placement: 'home', limit: HOME_COUNT });
      return page(visit.words.tagline, homePage(visit, decision));
    },
  },
  {
    method: 'GET',
    path: '/c/:slug',
    run: async (visit, { param }) => {
      const slug = param('slug');
      const department = departmentOf(slug);
      if (department !== undefined) {
        const question = { placement: 'home', limit: DEPARTMENT_COUNT, within: department.name } as const;
        const decision = await decide(visit, question);
        return page(stepWord(department.name, visit.language), departmentPage(visit, department, decision));
      }
      const leaf = leafOf(slug);
      return leaf === undefined ? missing : page(stepWord(leaf.name, visit.language), leafPage(visit, leaf));
    },
  },
  {
    method: 'GET',
    path: '/p/:id',
    run: async (visit, { param, query }) => {
      const product = productOf(param('id'), visit.language);
      if (product === undefined) return missing;
      const lines = [{ item: product.id }];
      const from = query('from');
      const came = visit.session?.decisions.some(({ id }) => id === from) === true;
      await tell(visit, visit.session?.person, [
        { kind: 'view', lines },
        ...(came ? [{ kind: 'click', lines, decision: from } as const] : []),
      ]);
      const decision = await decide(visit, {
        placement: 'product',
        limit: BESIDE_COUNT,
        items: [product.id],
      });
      return page(product.title, productPage(visit, product, decision));
    },
  },
  {
    method: 'GET',
    path: '/search',
    run: (visit, { query }) => {
      const words = query('q').slice(0, QUERY_LENGTH_MAX).trim();
      return page(visit.words.search, searchPage(visit, words, search(words, visit.language)));
    },
  },
];
