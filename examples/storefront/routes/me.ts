// The person's own page: see, take along, be forgotten, fetch proofs. Without a person there is nothing to
// see, and the page says so.

import { erasePerson, exportPerson, readPerson, readReceipt } from '../engine.ts';
import { erasePage, mePage } from '../pages/me.ts';
import { remember } from '../session.ts';
import { type Routes, missing, page } from './routes.ts';

export const ME: Routes = [
  {
    method: 'GET',
    path: '/me',
    run: async (visit) => {
      const known = visit.session?.person === undefined ? undefined : await readPerson(visit);
      return page(visit.words.myData, mePage(visit, known?.ok === true ? known.value : undefined), true);
    },
  },
  {
    method: 'GET',
    path: '/me/export',
    run: async (visit) => {
      const exported = await exportPerson(visit);
      if (!exported.ok) return missing;
      return { kind: 'file', name: 'my-data.json', type: 'application/json', text: exported.value };
    },
  },
  {
    method: 'GET',
    path: '/me/erase',
    run: (visit) =>
      visit.session?.person === undefined
        ? { kind: 'go', to: visit.at('/me') }
        : page(visit.words.eraseDo, erasePage(visit), true),
  },
  {
    method: 'POST',
    path: '/me/erase',
    run: async (visit) => {
      const { session } = visit;
      if (session?.person === undefined) return missing;
      const erased = await erasePerson(visit, visit.trace);
      session.said = { word: erased.ok ? 'saidErased' : 'saidNotKnown' };
      session.pending = visit.trace;
      if (erased.ok) {
        // What is left of a visit must not speak of somebody who is gone; the receipts are theirs.
        if (session.isGuest) delete session.own.person;
        delete session.person;
        delete session.message;
        session.isGuest = false;
        session.decisions.length = 0;
        session.receipts.length = 0;
        session.orders.length = 0;
        remember(session.receipts, { kind: 'erasure', timeMs: Date.now(), json: erased.value });
      }
      return { kind: 'go', to: visit.at('/me') };
    },
  },
  {
    method: 'GET',
    path: '/me/proof/:decision',
    run: async (visit, { param }) => {
      const id = param('decision');
      if (visit.session?.decisions.some((one) => one.id === id) !== true) return missing;
      const receipt = await readReceipt(visit, id);
      if (!receipt.ok) return { kind: 'missing', text: 'proofSoon' };
      return {
        kind: 'file',
        name: `${id}.tlog-proof`,
        type: 'text/plain; charset=utf-8',
        text: receipt.value,
      };
    },
  },
  {
    method: 'GET',
    path: '/me/receipt/:at',
    run: (visit, { param }) => {
      const found = visit.session?.receipts[Number(param('at'))];
      if (found === undefined) return missing;
      const text = `${JSON.stringify(found.json, undefined, 2)}\n`;
      return { kind: 'file', name: `${found.kind}.json`, type: 'application/json', text };
    },
  },
];
