// Goal: what Node decided and hashed comes out of a browser to the last byte, and what it signed is verified
// there. Method: the golden files are recomputed in Chromium, whose engine is that of Node, and in Firefox,
// whose engine is another.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demand, openBrowser } from './browser.ts';
import { type Compared, type Recomputed, type VectorsPage, serveVectorsPage } from './vectors-page.ts';

const FIREFOX = process.env['FINELINE_FIREFOX'] ?? '/usr/bin/firefox-esr';

let served: VectorsPage;
beforeAll(async () => {
  served = await serveVectorsPage();
});
afterAll(() => served.close());

async function inChromium(how?: 'changed'): Promise<string> {
  const { address, cameOut } = served.visit(how);
  const browser = await openBrowser();
  try {
    await (await browser.newPage()).goto(address);
    return await cameOut;
  } finally {
    await browser.close();
  }
}

/** Told where to go when it is started: no driver knows Debian’s. */
async function inFirefox(): Promise<string> {
  demand(FIREFOX, { package: 'firefox-esr', variable: 'FINELINE_FIREFOX' });
  const home = mkdtempSync(path.join(tmpdir(), 'fineline-firefox-'));
  const { address, cameOut } = served.visit();
  const firefox = spawn(FIREFOX, ['--headless', '--no-remote', '--profile', home, address], {
    env: { ...process.env, HOME: home },
    stdio: 'ignore',
  });
  const ended = once(firefox, 'exit').then(() => '“Firefox ended without an answer”');
  try {
    return await Promise.race([cameOut, ended]);
  } finally {
    firefox.kill();
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

const differing = (compared: readonly Compared[]): readonly Compared[] =>
  compared.filter(({ got, expected }) => got !== expected);

describe('in a browser', () => {
  it.each([
    ['Chrome', () => inChromium()],
    ['Firefox', inFirefox],
  ])(
    '[D15] [K13] [W19] decisions, hashes and receipts are those of Node, byte for byte: %s',
    async (name, run) => {
      const { agent, decided, kernel, proved } = JSON.parse(await run()) as Recomputed;
      expect(agent).toContain(name);
      expect([differing(decided), kernel.differences, differing(proved)]).toEqual([[], [], []]);
      expect(decided).toHaveLength(128);
      expect(kernel.count).toBeGreaterThan(1000);
      expect(proved.length).toBeGreaterThan(40);
    },
  );

  it('[D15] facts that are a 1,024th stronger are found: the run can fail', async () => {
    const { decided } = JSON.parse(await inChromium('changed')) as Recomputed;
    expect(differing(decided).length).toBeGreaterThan(20);
  });
});
