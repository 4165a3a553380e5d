// What the line looks like from outside: a mail that somebody else may open, a person's own word, the cases.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { CATALOGUE } from '../../data/town/catalogue.ts';
import { proxiesAnswer } from '../../src/surfaces/http/answers-line.ts';
import type { RunningShop } from './running-shop.ts';

/**
 * The same person opens the class for herself: her own screen changes, the mail does not, and closing it
 * takes effect at once. Things of her class and things that betray it come and go together.
 */
export async function expectOwnWord(page: Page, { shop }: RunningShop): Promise<void> {
  const home = async (): Promise<readonly string[]> => {
    await page.goto(`${shop}/en/`);
    const links = await page.locator('.slot .card-link').all();
    const found = await Promise.all(links.map((link) => link.getAttribute('href')));
    return found.map((href) => (href ?? '').replace(/^.*\/p\/|\?.*$/g, ''));
  };
  const mail = async (): Promise<readonly string[]> => {
    await page.goto(`${shop}/en/messages`);
    return page.locator('.mail-body li .title').allInnerTexts();
  };
  const choose = async (isOpen: boolean): Promise<void> => {
    await page.goto(`${shop}/en/me`);
    await page.locator('#classes summary').first().click();
    await page.locator('[value="class:pregnancy-baby.recommend"]').setChecked(isOpen);
    await page.locator('#classes .button.main').click();
  };
  const ofClass = (items: readonly string[]): readonly string[] =>
    items.filter((id) => CATALOGUE.find((one) => one.id === id)?.path.includes('Expecting') === true);
  const shut = await home();
  const written = await mail();
  expect(ofClass(shut)).toEqual([]);
  await choose(true);
  expect(await page.locator('#classes .outcome').count(), 'the law lets it open').toBe(0);
  expect(ofClass(await home()).length).toBeGreaterThan(0);
  expect(await mail()).toEqual(written);
  await choose(false);
  expect(ofClass(await home())).toEqual([]);
}

/** `page` is that of somebody who expects a child, and buys what they buy. */
export async function expectSilentMail(page: Page, { api, shop, officerKey }: RunningShop): Promise<void> {
  const answer = await fetch(`${api}/v1/proxies`, { headers: { authorization: `Bearer ${officerKey}` } });
  const { state, proxies } = proxiesAnswer.parse(await answer.json());
  expect(state).toBe('in-force');
  const telling = proxies.map(({ item }) => item);
  expect(telling).toEqual(expect.arrayContaining(['tote-bag-large', 'pillow-side-sleeper']));
  await page.goto(`${shop}/en/messages`);
  await page.locator('main .button.main').click();
  const shown: string[] = [];
  for (const link of await page.locator('.mail-body li a').all())
    shown.push((await link.getAttribute('href'))?.split('/').at(-1) ?? '');
  expect(shown).toHaveLength(3);
  expect(shown.filter((item) => telling.includes(item))).toEqual([]);
  // On sale like anything else: only nobody is shown it unasked.
  await page.goto(`${shop}/en/p/tote-bag-large`);
  expect(await page.locator('.buy button').isEnabled()).toBe(true);
}

/** Every button leads to its page, and what a microphone heard is refused. */
export async function expectCases(page: Page, { shop }: RunningShop): Promise<void> {
  await page.goto(`${shop}/en/line`);
  const count = await page.locator('.people button').count();
  expect(count).toBe(10);
  for (let n = 0; n < count; n += 1) {
    await page.goto(`${shop}/en/line`);
    const button = page.locator('.people button').nth(n);
    const isHeard = (await button.innerText()) === 'Send it';
    await button.click();
    expect(await page.locator('main h1').count()).toBe(1);
    if (isHeard) {
      expect(await page.locator('.said').innerText()).toContain('Refused, and not kept');
      await page.locator('.curtain summary').click();
      await page.locator('[data-curtain]').click();
      expect(await page.locator('dialog[open]').textContent()).toContain('a registered source');
    } else expect(page.url(), `button ${n}`).not.toContain('/line');
  }
}
