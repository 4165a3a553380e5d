// A mail that somebody else may open: what the town's volunteers show to betray a kind of life is not in it.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { proxiesAnswer } from '../../src/surfaces/http/answers.ts';
import type { RunningShop } from './running-shop.ts';

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
