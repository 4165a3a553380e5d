// Goal: the shop that a newcomer clicks keeps its promises in a real browser, in seven languages, wide and
// narrow, with and without a script or consent. Method: `start` on a home of its own, and Debian's Chromium.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../examples/storefront/language.ts';
import { type View, type Visitor, openBrowser, visitor } from './browser.ts';
import { MORE, PAGES, VIEWS, axeFaults, axeRules, layoutFaults, leftovers } from './looked-at.ts';
import { SCENES, keepPicture } from './pictures.ts';
import { type RunningShop, startShop } from './running-shop.ts';
import { expectCases, expectOwnWord, expectSilentMail } from './line.ts';

const FIRST_VIEW_BYTES_MAX = 60 * 1024;

let browser: Browser;
let running: RunningShop;

beforeAll(async () => {
  browser = await openBrowser();
  running = await startShop();
});
afterAll(async () => {
  await browser.close();
  expect(await running.stop(), 'Ctrl-C ends it').toBe(0);
});

const come = (view: View): Promise<Visitor> => visitor(browser, running.shop, view);
const at = (language: Language, path: string): string => `${running.shop}/${language}${path}`;

async function be(page: Page, person: string, language: Language = 'en'): Promise<void> {
  await page.goto(at(language, '/you'));
  await page.locator(`.people button[value="${person}"]`).click();
}

async function expectPage(page: Page, language: Language, path: string): Promise<void> {
  await page.goto(at(language, path));
  await page.evaluate(
    `for (const one of document.querySelectorAll('details')) one.open = !one.matches('.menu, .why')`,
  );
  const rules = axeRules(page, language);
  const faults = [
    ...(await layoutFaults(page, language)),
    ...(await leftovers(page, language)),
    ...(rules === undefined ? [] : await axeFaults(page, rules)),
  ];
  expect(faults, `${language} ${path} at ${page.viewportSize()?.width}`).toEqual([]);
}

describe('every page', () => {
  it('comes with a recommendation soon after the start', async () => {
    const { context, page } = await come({ width: 1280 });
    await page.goto(at('en', '/'));
    await page.locator('.slot .card').first().waitFor();
    const seconds = ((performance.now() - running.startedMs) / 1000).toFixed(1);
    process.stdout.write(`storefront.test: from start to the first recommendation ${seconds} s\n`);
    expect(await page.locator('.slot .card').count()).toBe(8);
    await context.close();
  });

  it.concurrent.each(VIEWS)('is whole in %s at %i px', async (language, width) => {
    const { context, page, complaints } = await come({ width });
    await be(page, 'ada', language);
    await page.goto(at(language, '/p/gloves-touch-merino'));
    await page.locator('.buy button').click();
    for (const path of [...PAGES, ...MORE]) await expectPage(page, language, path);
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    await context.close();
  });

  it('is readable in the dark', async () => {
    const { context, page } = await come({ width: 1280, dark: true });
    await page.goto(at('en', '/'));
    expect(await axeFaults(page), 'a stranger').toEqual([]);
    await be(page, 'ada');
    for (const path of ['/', '/p/coat-harbour-wool', '/me']) await expectPage(page, 'en', path);
    await context.close();
  });

  it('shows its first view with less than 60 KB', async () => {
    const { context, page } = await come({ width: 1280 });
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(at('en', '/'), { waitUntil: 'networkidle' });
    process.stdout.write(`storefront.test: first view ${(bytes / 1024).toFixed(1)} KB\n`);
    expect(bytes).toBeGreaterThan(5000);
    expect(bytes).toBeLessThanOrEqual(FIRST_VIEW_BYTES_MAX);
    await context.close();
  });
});

describe('the line', () => {
  it.each([
    [
      'a mail holds nothing that would tell of the child somebody expects, however ordinary',
      expectSilentMail,
    ],
    ['her own word opens that on her own screen alone, and closes it again', expectOwnWord],
    ['there is a page of cases to try, one of which is refused', expectCases],
  ])('%s', async (_what, expectIt) => {
    const { context, page, complaints } = await come({ width: 1280 });
    await be(page, 'carla');
    await expectIt(page, running);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('consent', () => {
  it('is as easy to refuse as to give: same size, same weight, one click', async () => {
    for (const width of [360, 1280]) {
      const { context, page } = await come({ width });
      await page.goto(at('de', '/'));
      const look = async (nth: number): Promise<unknown> => {
        const one = page.locator('.notice button').nth(nth);
        const box = await one.boundingBox();
        const css = await page.evaluate<unknown>(
          `(() => { const s = getComputedStyle(document.querySelectorAll('.notice button')[${nth}]);
            return [s.color, s.backgroundColor, s.fontSize, s.fontWeight, s.borderColor]; })()`,
        );
        return {
          css,
          width: Math.round(box?.width ?? 0),
          height: Math.round(box?.height ?? 0),
        };
      };
      expect(await page.locator('.notice button').count()).toBe(2);
      expect(await look(0)).toEqual(await look(1));
      await page.locator('.notice button').first().click();
      expect(await page.locator('.notice').count(), 'it is not asked again').toBe(0);
      await context.close();
    }
  });

  it('is not needed: a stranger shops without a cookie, and who refuses shops like everybody', async () => {
    const { context, page } = await come({ width: 1280 });
    for (const path of ['/', '/c/coats', '/p/coat-harbour-wool', '/search?q=coat', '/me'])
      await page.goto(at('en', path));
    expect(await context.cookies()).toEqual([]);
    await page.goto(at('en', '/'));
    await page.locator('.notice button').first().click();
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', expires: -1 });
    await page.goto(at('en', '/me'));
    expect(await page.locator('.fact').count()).toBe(0);
    await buy(page);
    await page.goto(at('en', '/me'));
    expect(await page.locator('.fact').allInnerTexts(), 'the contract keeps the order alone').toHaveLength(1);
    await page.goto(at('en', '/'));
    expect(await page.locator('.slot h2').innerText()).toBe('Popular in town');
    await context.close();
  });

  it('rules the next page: one fact set aside, then everything taken back', async () => {
    const { context, page } = await come({ width: 1280 });
    await be(page, 'emre');
    const reasons = (): Promise<string> =>
      page
        .locator('.slot .reasons')
        .allTextContents()
        .then((all) => all.join(' '));
    await page.goto(at('en', '/'));
    const aside = page.locator('.reasons button').first();
    const said = (await aside.getAttribute('aria-label')) ?? '';
    const fact = said.replace('Don’t use this: ', '');
    expect(await reasons()).toContain(fact);
    await page.locator('.why summary').first().click();
    await aside.click();
    expect(await reasons(), 'set aside').not.toContain(fact);
    expect(await page.locator('.slot h2').innerText()).toBe('Picked for you');
    await page.locator('.said button').click();
    expect(await reasons(), 'undone').toContain(fact);
    await page.goto(at('en', '/me'));
    await page.locator('#choices .pair button').first().click();
    await page.goto(at('en', '/'));
    expect(await page.locator('.slot h2').innerText(), 'taken back').toBe('Popular in town');
    await context.close();
  });
});

async function buy(page: Page): Promise<void> {
  await page.goto(at('en', '/p/coat-harbour-wool'));
  await page.locator('.buy button').click();
  await page.goto(at('en', '/basket'));
  await page.locator('.sum a').click();
  await page.locator('.sum button').click();
  expect(await page.locator('h1').innerText()).toBe('Thank you. That would be on its way.');
}

describe('without a script', () => {
  it('everything essential works', async () => {
    const { context, page } = await come({ width: 360, script: false });
    await page.goto(at('en', '/'));
    await page.locator('.notice button').nth(1).click();
    await buy(page);
    await page.goto(at('en', '/'));
    await page.locator('.why summary').first().click();
    expect(await page.locator('.why-panel').first().isVisible()).toBe(true);
    await page.locator('.curtain summary').click();
    await page.locator('[data-curtain]').click();
    expect(await page.locator('.acts > li').count()).toBe(7);
    expect(await page.locator('.exchange').count()).toBeGreaterThan(4);
    await page.goto(at('en', '/me/erase'));
    await page.locator('main .button.danger').click();
    expect(await page.locator('.said').innerText()).toContain('Erased');
    expect(await page.locator('.fact').count()).toBe(0);
    await context.close();
  });
});

describe('the panel behind the curtain', () => {
  it('opens over the page and shows the real objects, but no key and no token', async () => {
    const { context, page, complaints } = await come({ width: 1280 });
    await be(page, 'ada');
    await page.goto(at('en', '/p/coat-camel-classic'));
    await page.locator('.curtain summary').click();
    await page.locator('[data-curtain]').click();
    const drawer = page.locator('dialog[open]');
    await drawer.waitFor();
    const text = (await drawer.textContent()) ?? '';
    for (const part of [
      '"kind": "view"',
      '"accepted": 1',
      '"facts"',
      '"model"',
      '"reasons"',
      'commitment',
      'promise',
    ])
      expect(text).toContain(part);
    expect(await page.content()).not.toMatch(/flp_|flk_|Bearer/);
    await page.keyboard.press('Escape');
    expect(await drawer.count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('what others may try', () => {
  const post = (path: string, headers: Record<string, string>, body: string): Promise<Response> =>
    fetch(at('en', path), {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });

  it('a foreign page, a form without a token and a foreign address get nowhere', async () => {
    const own = { origin: running.shop };
    expect((await post('/you', { origin: 'https://evil.example' }, 'person=ada')).status).toBe(403);
    expect((await post('/you', { 'sec-fetch-site': 'cross-site', ...own }, 'person=ada')).status).toBe(403);
    expect((await post('/you', {}, 'person=ada')).status).toBe(403);
    expect((await post('/you', own, 'person=ada')).status, 'no token').toBe(403);
    const page = await (await fetch(at('en', '/you'))).text();
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    for (const back of [
      'https://evil.example/',
      '//evil.example/',
      '/en//evil.example',
      'javascript:alert(1)',
    ]) {
      const answer = await post('/you', own, new URLSearchParams({ person: 'ada', token, back }).toString());
      expect([answer.status, answer.headers.get('location')], back).toEqual([303, '/en/']);
    }
  });

  it('what is typed comes back as text; pages are not kept, files are', async () => {
    const answer = await fetch(at('en', `/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`));
    expect(await answer.text()).not.toContain('<script>alert');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    const home = await (await fetch(at('en', '/'))).text();
    const style = /href="(\/assets\/[^"]+\.css)"/.exec(home)?.[1] ?? '';
    expect((await fetch(`${running.shop}${style}`)).headers.get('cache-control')).toContain('immutable');
  });
});

describe('the scenes of the tour', () => {
  const isKept = process.env['FINELINE_PICTURES'] === '1';

  it.concurrent.each(SCENES)(
    '$name can be taken',
    async ({ name, width, height, language = 'en', person, path, act }) => {
      const { context, page, complaints } = await come({ width });
      await page.setViewportSize({ width, height });
      if (person !== undefined) await be(page, person, language);
      await page.goto(at(language, path));
      await act?.(page);
      expect(await layoutFaults(page, language)).toEqual([]);
      expect(complaints).toEqual([]);
      if (isKept) await keepPicture(page, name);
      await context.close();
    },
  );
});
