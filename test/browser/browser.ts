// Debian's Chromium, driven by playwright-core.

import { accessSync, constants } from 'node:fs';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';

const EXECUTABLE = process.env['FINELINE_CHROMIUM'] ?? '/usr/bin/chromium';

export async function openBrowser(): Promise<Browser> {
  demand(EXECUTABLE, { package: 'chromium', variable: 'FINELINE_CHROMIUM' });
  // Each launch has an empty profile of its own, which goes with it.
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--headless=new',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A browser that is missing is a test that fails, with what to do. */
export function demand(
  executable: string,
  { package: name, variable }: { readonly package: string; readonly variable: string },
): void {
  try {
    accessSync(executable, constants.X_OK);
  } catch {
    throw new Error(`no browser at ${executable}: apt-get install ${name}, or name one in ${variable}`);
  }
}

export interface View {
  readonly width: number;
  readonly script?: boolean;
  readonly dark?: boolean;
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about (a refused script is among it), and requests that left the shop. */
  readonly complaints: readonly string[];
}

/** Somebody with an empty browser, in which every motion is still. */
export async function visitor(
  browser: Browser,
  shop: string,
  { width, script = true, dark = false }: View,
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    javaScriptEnabled: script,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(shop)) complaints.push(`asked ${request.url()}`);
  });
  return { context, page, complaints };
}
