// Who may ask what, written down by hand from docs/threat-model.md and not taken from the contract: a mistake
// in the contract is what an attacker would look for.

import { ROUTE_NAMES, CONTRACT } from '../../../src/surfaces/http/contract.ts';
import { ALL_YES } from './stage.ts';

/** `token` is that of another person than the one in the address. Routes that are not here are public. */
export const MAY: Readonly<Record<string, readonly string[]>> = {
  'POST /v1/events': ['collect'],
  'POST /v1/decide': ['decide'],
  'GET /v1/people/{id}/consent': ['officer', 'admin'],
  'PUT /v1/people/{id}/consent': ['collect', 'officer', 'admin'],
  'GET /v1/people/{id}': ['officer', 'admin'],
  'GET /v1/people/{id}/export': ['officer', 'admin'],
  'PUT /v1/people/{id}/joins/{other}': [],
  'DELETE /v1/people/{id}/joins/{other}': [],
  'PUT /v1/people/{id}/restrictions': ['officer'],
  'POST /v1/people/{id}/token': ['admin'],
  'GET /v1/why/{decision}': ['officer', 'admin'],
  'GET /v1/receipts/{decision}': ['officer', 'admin'],
  'PUT /v1/items': ['admin'],
  'POST /v1/learn': ['admin'],
  'GET /v1/proxies': ['officer'],
  'GET /v1/audiences': ['officer', 'admin'],
  'GET /v1/catalogue/review': ['officer'],
  'GET /v1/catalogue/items/{item}': ['officer'],
  'POST /v1/releases': ['officer'],
  'POST /v1/copy': ['officer', 'admin'],
  'GET /metrics': ['officer', 'admin'],
  'DELETE /v1/people/{id}': ['officer', 'admin'],
};
/** Notices are what everybody is shown before they say anything; releases are numbers for everybody. */
const PUBLIC = [
  'GET /log/{path}',
  'GET /v1/notices',
  'GET /v1/releases',
  'GET /healthz',
  'GET /readyz',
  'GET /.well-known/gpc.json',
  'GET /openapi.json',
  'GET /docs',
];

/** Every route of the contract that is nobody's right by itself; erasing comes last. */
export const ROUTES: readonly string[] = ROUTE_NAMES.map((name) => CONTRACT[name])
  .map(({ method, path }) => `${method} ${path}`)
  .filter((route) => !PUBLIC.includes(route))
  .toSorted(
    (a, b) => Number(a.endsWith('DELETE /v1/people/{id}')) - Number(b.endsWith('DELETE /v1/people/{id}')),
  );

export function pathOf(
  route: string,
  at: { readonly id: string; readonly decision: string },
): { readonly method: string; readonly path: string } {
  const [method = 'GET', pattern = '/'] = route.split(' ');
  const path = pattern
    .replace('{id}', at.id)
    .replace('{other}', 'crowd-3')
    .replace('{item}', 'coat-1')
    .replace('{decision}', at.decision);
  return { method, path };
}

const BODIES: Readonly<Record<string, unknown>> = {
  'POST /v1/events': [{ kind: 'view', person: 'crowd-1', source: 'town-web', lines: [{ item: 'coat-1' }] }],
  'POST /v1/decide': { person: 'crowd-1', placement: 'home' },
  'PUT /v1/people/{id}/consent': { grants: ALL_YES, notice: { id: 'notice-1', language: 'en' } },
  'PUT /v1/people/{id}/restrictions': { fact: 'viewed|town-web|coat-1', restricted: true },
  'POST /v1/people/{id}/token': { ttlMinutes: 5 },
  'POST /v1/releases': { ask: 'people-total', from: '2026-01-01', to: '2026-01-31' },
  'POST /v1/copy': { text: 'Warm coats.', language: 'en' },
  'PUT /v1/items': { items: [{ id: 'new-thing', title: 'New thing', path: ['Things'] }] },
};

/** A body that the route takes, so that what is opened shows. */
export const bodyOf = (route: string): unknown => BODIES[route];
