import { describe, expect, it } from 'vitest';
import { openShop } from '../../../test/support/http-shop.ts';
import { CONTRACT, ROUTE_NAMES } from './contract.ts';
import { docsPage } from './docs.ts';
import { openApi } from './openapi.ts';
import { type Route, assertContract } from './route.ts';

const line: Route = {
  method: 'GET',
  path: '/v1/x/{id}',
  group: 'shop',
  summary: 'x',
  text: 'x',
  roles: ['admin'],
  purpose: 'none',
  personalData: 'none',
  statuses: [200],
};

describe('the contract', () => {
  it('[H1] is sound as it stands', () => {
    expect(() => assertContract(CONTRACT)).not.toThrow();
  });

  it.each<[string, Record<string, unknown>]>([
    ['no roles', { ...line, roles: [] }],
    ['roles left out', { ...line, roles: undefined }],
    ['an unknown role', { ...line, roles: ['root'] }],
    ['a person without saying whose', { ...line, roles: ['person'] }],
    ['an owner that is not in the address', { ...line, path: '/v1/x', roles: ['person'], owner: 'id' }],
    ['personal data for anybody', { ...line, roles: 'public', personalData: 'names' }],
  ])('[H1] does not start with %s', (_, broken) => {
    // Wrong on purpose: what a careless change could bring.
    expect(() => assertContract({ broken: broken as unknown as Route })).toThrow(/route broken /);
  });

  it('[H1] does not start with two lines for one address', () => {
    expect(() => assertContract({ one: line, two: line })).toThrow(/address of its own/);
  });

  it('[H2] OpenAPI, page and routes name the same requests, with purpose and personal data', async () => {
    const shop = await openShop();
    // Our own document.
    const { paths } = openApi() as {
      readonly paths: Record<string, Record<string, Record<string, unknown>>>;
    };
    const page = docsPage();
    let operations = 0;
    for (const name of ROUTE_NAMES) {
      const route: Route = CONTRACT[name];
      const operation = paths[route.path]?.[route.method.toLowerCase()];
      expect(operation?.['operationId']).toBe(name);
      expect(operation?.['x-purpose']).toBe(route.purpose);
      expect(operation?.['x-personal-data']).toBe(route.personalData);
      expect(page).toContain(`<article id="${name}"`);
      const answered = await shop.ask('OPTIONS', route.path.replaceAll(/[{}]/g, ''));
      expect(answered.headers.get('allow')?.split(', ')).toContain(route.method);
      operations += 1;
    }
    expect(Object.values(paths).flatMap((path) => Object.keys(path))).toHaveLength(operations);
    // A field that comes in two forms names both.
    const field = /<code>context\.within<\/code><\/td><td>([^<]*)</.exec(page)?.[1];
    expect(field).toBe('text, 1–300 characters, or list of at most 8, optional');
    // One that is bounded by a pattern alone tells it.
    const currency = /<code>items\[\]\.currency<\/code><\/td><td>([^<]*)</.exec(page)?.[1];
    expect(currency).toBe('text that matches ^[A-Z]{3}$, optional');
    await shop.close();
  });

  it('[H2] every reference of the document leads somewhere, and it is OpenAPI 3.1', () => {
    const document = openApi();
    const text = JSON.stringify(document);
    expect(document['openapi']).toBe('3.1.0');
    for (const [, ref = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = ref
        .split('/')
        .reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document);
      expect(found, ref).toBeDefined();
    }
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ROUTE_NAMES.length);
  });

  it('[H2] the page loads nothing, runs nothing, and every link in it leads somewhere', async () => {
    const shop = await openShop();
    const response = await shop.ask('GET', '/docs');
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(page).not.toMatch(/<script|<img|<link|<iframe| src=|url\(|@import| on\w+=/i);
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(60);
    for (const link of links) expect(ids, link).toContain(link);
    const outward = [...page.matchAll(/href="([^#"][^"]*)"/g)].map(([, link]) => link);
    expect(outward).toEqual(['/openapi.json']);
    await shop.close();
  });
});
