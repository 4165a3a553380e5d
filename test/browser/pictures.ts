// The pictures of docs/tour.md, taken from the running shop when FINELINE_PICTURES=1. Each is one view of a
// page, with a palette instead of full colour, so that the repository stays small.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { palettePng } from './palette-png.ts';

const FOLDER = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
const BYTES_MAX = 60 * 1024;

export interface Scene {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly language?: 'en' | 'ar' | 'zh-Hant';
  /** Townsperson, or nobody. */
  readonly person?: string;
  readonly path: string;
  /** Opens what the picture is about. */
  readonly act?: (page: Page) => Promise<void>;
}

const openWhy = (page: Page): Promise<void> => page.locator('.why summary').nth(1).click();

export const SCENES: readonly Scene[] = [
  { name: 'home-stranger', width: 1000, height: 760, path: '/' },
  { name: 'home-ada', width: 1000, height: 1000, person: 'ada', path: '/', act: openWhy },
  { name: 'product', width: 1000, height: 900, person: 'ada', path: '/p/coat-camel-classic' },
  { name: 'my-data', width: 1000, height: 900, person: 'emre', path: '/me' },
  {
    name: 'choices',
    width: 1000,
    height: 760,
    person: 'fatima',
    path: '/me',
    act: async (page) => {
      await page.locator('.fold summary').first().click();
      await page.evaluate(`document.querySelector('#choices').scrollIntoView({ behavior: 'instant' })`);
    },
  },
  {
    name: 'why',
    width: 1000,
    height: 860,
    person: 'ada',
    path: '/',
    act: async (page) => {
      await openWhy(page);
      await page.locator('.why[open] .why-acts a').click();
    },
  },
  {
    name: 'message',
    width: 1000,
    height: 860,
    person: 'carla',
    path: '/messages',
    act: (page) => page.locator('main .button.main').click(),
  },
  { name: 'line-cases', width: 1000, height: 900, path: '/line' },
  {
    name: 'line-own-word',
    width: 1000,
    height: 900,
    person: 'carla',
    path: '/me',
    act: async (page) => {
      await page.locator('#classes summary').first().click();
      await page.locator('[value="class:pregnancy-baby.recommend"]').check();
      await page.locator('#classes .button.main').click();
      await page.locator('.logo').click();
      await page.locator('.slot').waitFor();
      await page.evaluate(`document.querySelector('.slot').scrollIntoView({ behavior: 'instant' })`);
    },
  },
  {
    name: 'line-refused',
    width: 1000,
    height: 700,
    path: '/line',
    act: async (page) => {
      await page.locator('.people form[action$="/line"] button').click();
      await page.locator('.curtain summary').click();
      await page.locator('[data-curtain]').click();
      await page.locator('dialog[open] .exchange summary').first().click();
    },
  },
  {
    name: 'line-fifteen',
    width: 1000,
    height: 700,
    person: 'deniz',
    path: '/me',
  },
  {
    name: 'message-refused',
    width: 1000,
    height: 560,
    person: 'ben',
    path: '/messages',
    act: (page) => page.locator('main .button.main').click(),
  },
  {
    name: 'curtain',
    width: 1000,
    height: 860,
    person: 'ada',
    path: '/p/coat-harbour-wool',
    act: async (page) => {
      await page.locator('.curtain summary').click();
      await page.locator('[data-curtain]').click();
      await page.locator('dialog[open] .exchange summary').first().click();
    },
  },
  { name: 'who', width: 1000, height: 760, path: '/you' },
  { name: 'arabic-phone', width: 360, height: 780, language: 'ar', person: 'fatima', path: '/' },
  { name: 'chinese-phone', width: 360, height: 780, language: 'zh-Hant', person: 'hana', path: '/' },
];

/** Writes one picture. A picture that grew too large is a fault, not a surprise in the repository. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await page.evaluate(
    `Promise.all([...document.images].map((one) => { one.loading = 'eager'; return one.decode(); }))`,
  );
  const png = palettePng(await page.screenshot({ type: 'png' }));
  if (png.length > BYTES_MAX) throw new Error(`${name}.png has ${png.length} bytes, more than ${BYTES_MAX}`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.png`), png);
}
