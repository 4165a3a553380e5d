import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jointPolicy } from '../../../test/market/stalls.ts';
import { type Place, cli, startCli, tempPlace } from './testing.ts';

let place: Place;
let home: string;
beforeEach(() => {
  place = tempPlace();
  home = place.path('market');
});
afterEach(() => place.dispose());

const market = (...words: readonly string[]) => cli(['market', ...words, '--home', home]);
const sellerHome = (name: string): string => join(home, 'sellers', name);

interface Served {
  readonly address: string;
  readonly sellers: readonly { readonly controller: string }[];
  readonly closed: readonly { readonly controller: string; readonly because: string }[];
}

/** Serves until it is ended; where it listens stands in every home that it serves. */
async function serveMarket() {
  const running = startCli(['market', 'serve', '--port', '0', '--json', '--home', home]);
  await running.seen('"address"');
  const noted = readFileSync(join(sellerHome('lamps'), 'server.json'), 'utf8');
  const { address } = JSON.parse(noted) as Pick<Served, 'address'>;
  return { running, address };
}

describe('a market at a terminal', () => {
  it('[Q52] sellers are added and listed, and no home is opened by it', async () => {
    expect(await market('add', 'lamps')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no market here') as string,
    });
    expect((await market('add', 'bazaar', '--portal')).code).toBe(0);
    expect((await market('add', 'lamps')).code).toBe(0);
    expect((await market('add', 'lamps')).code).toBe(1);
    expect((await market('add', 'Not/A-Name')).code).toBe(2);
    expect((await market('add')).code).toBe(2);
    expect(await market('lst')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean list') as string,
    });
    rmSync(sellerHome('lamps'), { recursive: true });
    const { out } = await market('list', '--json');
    const stalls = (JSON.parse(out) as { readonly stalls: readonly object[] }).stalls;
    expect(stalls).toEqual([
      { controller: 'bazaar', home: join(home, 'portal'), isPortal: true, state: 'not served' },
      { controller: 'lamps', home: sellerHome('lamps'), isPortal: false, state: 'no home' },
    ]);
    expect([existsSync(sellerHome('lamps')), existsSync(join(home, 'portal/data'))]).toEqual([false, false]);
  });

  it('[Q52] of those who may learn together it is listed what their files still lack', async () => {
    await market('add', 'bazaar', '--portal');
    for (const name of ['lamps', 'tools']) await market('add', name);
    const file = join(home, 'market.yaml');
    const text = readFileSync(file, 'utf8');
    expect(JSON.parse((await market('list', '--json')).out)).toMatchObject({ joint: [] });
    writeFileSync(file, `${text}joint: [[lamps, tools]]\n`);
    const agree = (name: string, other: string) =>
      writeFileSync(join(sellerHome(name), 'fineline.policy.yaml'), jointPolicy([other]));
    agree('lamps', 'tools');
    const { out } = await market('list', '--json');
    expect(JSON.parse(out)).toMatchObject({
      joint: [{ members: ['lamps', 'tools'], missing: ['tools does not name lamps'] }],
    });
    expect((await market('list')).out).toContain('not yet: tools does not name lamps');
    agree('tools', 'lamps');
    expect((await market('list')).out).toContain('✓ learn together: lamps, tools; their policies agree.');
    writeFileSync(join(sellerHome('tools'), 'fineline.policy.yaml'), 'policy: nonsense');
    expect((await market('list')).out).toContain('not yet: tools does not name lamps');
    writeFileSync(file, `${text}joint: [[lamps, bazaar]]\n`);
    expect((await market('list')).out.replaceAll(/\s+/g, ' ')).toContain('bazaar is the portal');
  });

  it('[Q53] what opens is served, what does not is said, and other commands reach each seller', async () => {
    await market('add', 'bazaar', '--portal');
    for (const name of ['lamps', 'tools', 'books']) await market('add', name);
    writeFileSync(join(sellerHome('books'), 'fineline.policy.yaml'), 'policy: nonsense\n');
    const { running, address } = await serveMarket();
    expect((await market('list')).out).toMatch(/lamps +seller +served[^]*books +seller +not served/);
    const releases = await cli(['releases', '--json', '--home', sellerHome('lamps')]);
    expect(JSON.parse(releases.out)).toMatchObject({ releases: [] });
    const applied = await cli(['policy', 'apply', '--home', sellerHome('tools')]);
    expect(applied).toMatchObject({ code: 0, out: expect.stringContaining('in force') as string });
    expect((await fetch(`${address}/sellers/lamps/readyz`)).status).toBe(200);
    expect((await fetch(`${address}/sellers/books/readyz`)).status).toBe(503);
    running.child.kill('SIGTERM');
    const { code, out, err } = await running.ended;
    const { sellers, closed } = JSON.parse(out) as Served;
    expect(sellers.map(({ controller }) => controller)).toEqual(['bazaar', 'lamps', 'tools']);
    expect(closed).toMatchObject([
      { controller: 'books', because: expect.stringContaining('policy') as string },
    ]);
    expect([code, err]).toEqual([0, expect.stringContaining('"seller":"books"')]);
    expect((await market('list')).out).not.toMatch(/seller +served/);

    // A whole copy does not open, and its original goes on. Keys that were copied are nobody's.
    rmSync(sellerHome('books'), { recursive: true });
    cpSync(sellerHome('lamps'), sellerHome('books'), { recursive: true });
    const settings = join(sellerHome('books'), 'fineline.yaml');
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('controller: lamps', 'controller: books'));
    cpSync(join(home, 'portal/keys/api-keys.json'), join(sellerHome('tools'), 'keys/api-keys.json'));
    const again = await serveMarket();
    again.running.child.kill('SIGTERM');
    const ended = JSON.parse((await again.running.ended).out) as Served;
    expect(ended.sellers.map(({ controller }) => controller)).toEqual(['lamps']);
    expect(ended.closed.map(({ controller }) => controller)).toEqual(['books', 'bazaar', 'tools']);
    expect(ended.closed[1]?.because).toContain('copied from the other');
  });
});
