// Goal: a writer sees what is wrong with a notice and what to do, and a home takes a good one from a file and
// no bad one. Method: the real command line in this process, on files and homes of its own.

import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { FIRST_SETTINGS } from '../../presets/settings-file.ts';
import { openEmbedded } from '../../presets/embedded.ts';
import { STANDARD_TEXTS } from '../../facts/standard-notice.ts';
import { runCli } from './cli.ts';
import { heardIo, tempPlace } from './testing.ts';

const place = tempPlace();
afterAll(() => place.dispose());

async function ask(...words: readonly string[]) {
  const io = heardIo();
  const code = await runCli(words, io);
  return { code, ...io.heard };
}

const HARD =
  'We keep it.\n\nNotwithstanding applicable provisions, personalisation is authorised accordingly.\n';

test('[Q46] check prints measures, bounds and the hardest sentences, and ends with 1', async () => {
  const { code, out } = await ask('notice', 'check', place.file('hard.txt', HARD), '--language', 'en');
  expect(code).toBe(1);
  const text = out.replaceAll(/\s+/g, ' ');
  expect(text).toMatch(/a yes to it would not count/);
  expect(text).toMatch(/✗ Flesch reading ease -?[\d.]+, at least 60 is asked\. Use shorter sentences/);
  expect(text).toMatch(/✓ seconds to read \(228 words a minute\) [\d.]+, at most 60/);
  expect(text).toMatch(/hardest sentences: Flesch reading ease -?[\d.]+, 7 long: Notwithstanding/);
});

test('[Q46] check of a good one ends with 0, in every language; what cannot be measured with 1', async () => {
  for (const [language, text] of Object.entries(STANDARD_TEXTS)) {
    const file = place.file(`good.${language}.txt`, `\ufeff${text.replaceAll('\n', '\r\n')}`);
    const { code, out } = await ask('notice', 'check', file, '--language', language, '--json');
    expect([language, code, JSON.parse(out)]).toMatchObject([language, 0, { readable: true }]);
  }
  const french = await ask('notice', 'check', place.file('fr.txt', 'Oui.'), '--language', 'fr');
  expect([french.code, french.out.includes('cannot be measured')]).toEqual([1, true]);
  const absent = await ask('notice', 'check', place.path('absent.txt'), '--language', 'en');
  expect([absent.code === 0, absent.err.includes('cannot be read')]).toEqual([false, true]);
  const long = await ask('notice', 'check', place.file('long.txt', 'x'.repeat(20_000)), '--language', 'en');
  expect([long.code === 0, long.err.includes('20000 bytes')]).toEqual([false, true]);
  expect((await ask('notice', 'check', place.file('no.txt', 'Hi.'))).err).toMatch(/--language/);
  expect((await ask('notice', 'chek')).err).toMatch(/Did you mean check/);
});

/** A home whose settings have this text for a notice of its own, in a file beside them. */
function homeWith(name: string, text: string, version = '1'): string {
  const home = place.path(name);
  mkdirSync(`${home}/texts`, { recursive: true });
  writeFileSync(`${home}/texts/plain.en.txt`, text);
  const notices =
    `notices:\n  - id: plain\n    version: "${version}"\n    texts: { en: { file: texts/plain.en.txt } }\n` +
    '    asks: [{ purposes: [recommend], categories: [purchases] }]\n';
  writeFileSync(`${home}/fineline.yaml`, FIRST_SETTINGS + notices);
  return home;
}

/** The first start of a home. */
async function begin(home: string): Promise<void> {
  const { close, recovered } = await openEmbedded({ home });
  await recovered;
  await close();
}

const GIVE = ['--give', 'purchases:recommend', '--notice', 'plain'];

test('[Q47] a home registers a notice from a file; another text needs another version', async () => {
  const home = homeWith('good', 'May we use what you buy to choose what we show you?\n');
  await begin(home);
  const kept = await ask('consent', 'ada', ...GIVE, '--home', home);
  expect([kept.code, kept.err]).toEqual([0, '']);
  const shown = await ask('notice', 'show', 'plain', '--home', home);
  expect(shown.out).toContain('May we use what you buy');
  homeWith('good', 'May we use all that you buy to choose what we show you?\n');
  const changed = await ask('consent', 'ada', ...GIVE, '--home', home);
  expect([changed.code === 0, changed.err.replaceAll(/\s+/g, ' ')]).toEqual([
    false,
    expect.stringMatching(/plain@1 is registered with another text.*new version/) as unknown,
  ]);
  homeWith('good', 'May we use all that you buy to choose what we show you?\n', '2');
  expect((await ask('consent', 'ada', ...GIVE, '--home', home)).code).toBe(0);
  const more = await ask(
    'consent',
    'ada',
    '--give',
    'browsing:recommend',
    '--notice',
    'plain',
    '--home',
    home,
  );
  expect([more.code === 0, more.err.includes('does not ask for browsing')]).toEqual([false, true]);
});

test('[Q47] a home whose notice nobody can read does not open, and says what to do', async () => {
  const home = homeWith('bad', 'May we use what you buy?');
  await begin(home);
  homeWith('bad', HARD, '2');
  const { code, err } = await ask('consent', 'ada', ...GIVE, '--home', home);
  expect(code).not.toBe(0);
  expect(err.replaceAll(/\s+/g, ' ')).toMatch(
    /fineline\.yaml: notices\/0\/texts\/en: .*Flesch.*at least 60.*shorter/,
  );
});
