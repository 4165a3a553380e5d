// Goal: a home opens under the policy its file says, or not at all; every problem has its line. Method: real
// files in a folder of their own.

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openEmbedded } from './embedded.ts';
import { pathsOf } from './paths.ts';
import { FIRST_POLICY } from './first-policy.ts';
import { STRICT, loadPolicy, problemLines, readPolicy } from './policy-file.ts';
import { FIRST_SETTINGS, lookUpSettings, writeFirstFiles } from './settings-file.ts';

const root = mkdtempSync(join(tmpdir(), 'fineline-policy-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
function home(files: { readonly settings?: string; readonly policy?: string } = {}) {
  count += 1;
  const dir = join(root, String(count));
  mkdirSync(dir);
  const paths = { settings: join(dir, 'fineline.yaml'), policy: join(dir, 'fineline.policy.yaml') };
  if (files.settings !== undefined) writeFileSync(paths.settings, files.settings);
  if (files.policy !== undefined) writeFileSync(paths.policy, files.policy);
  return paths;
}

const SLOT = '{ id: a, purpose: advertise, channels: [web], strategy: for-you }';
const OLD = `${FIRST_SETTINGS}minPeople: 4\nplacements: [${SLOT}]\n`;

describe('the policy of a home', () => {
  it('[Y1] a new home gets a file that says in words what holds without one', () => {
    const paths = home();
    expect(lookUpSettings(paths).policy).toEqual(STRICT.policy);
    writeFirstFiles(paths);
    expect(lookUpSettings(paths)).toMatchObject({ origin: 'file', policy: STRICT.policy });
    expect(readFileSync(paths.policy, 'utf8')).toBe(FIRST_POLICY);
    const read = readPolicy(FIRST_POLICY);
    expect(read.ok && read.value.policy.version).toBe(STRICT.policy.version);
    expect(read.ok && [...read.value.stated]).toContain('placements/4/capPerItem/windowHours');
  });

  it('[Y1] without a file the strict policy holds, and none is written into an old home', () => {
    const paths = home({ settings: FIRST_SETTINGS });
    expect(lookUpSettings(paths).policy.version).toBe(STRICT.policy.version);
    expect(loadPolicy(paths.policy)).toBeUndefined();
  });

  it('[Y1] placements of old settings go on as they were, narrowing nothing', () => {
    const { policy } = lookUpSettings(home({ settings: OLD }));
    expect(policy).toMatchObject({ minPeople: 4, placements: [{ id: 'a', purpose: 'advertise' }] });
    expect(Object.keys(policy).toSorted()).toEqual(['minPeople', 'placements', 'version']);
    // As it was named before there was a policy file: decisions of then are replayed under that name.
    expect(policy.version).toBe('fd68d6ad70dfb90eb8edc46c3e2a84c89f2a29f067623d27d5012537e04c475b');
  });

  it('[Y1] in both files they are refused, with what to do', () => {
    const both = home({ settings: OLD, policy: 'policy: 1\n' });
    expect(() => lookUpSettings(both)).toThrow(/take minPeople and placements out of the other/);
  });

  it('[Y1] a bad file is refused with line, field, what was expected and what to do', () => {
    const text = 'policy: 1\nminPeople: 2\nplacements:\n  - id: home\n    channels: [web]\n    itemsMx: 3\n';
    const paths = home({ settings: FIRST_SETTINGS, policy: text });
    const told = /line 2, minPeople: expected a whole number from 3 to 10000\. Send .*\n/;
    expect(() => lookUpSettings(paths)).toThrow(told);
    expect(() => lookUpSettings(paths)).toThrow(/\nline 6, placements\/0\/itemsMx: expected one of id, /);
    const read = readPolicy(text);
    expect(read.ok ? [] : read.error.map(({ line, field }) => `${line} ${field}`)).toEqual([
      '2 minPeople',
      '4 placements/0/purpose',
      '4 placements/0/strategy',
      '6 placements/0/itemsMx',
    ]);
  });

  it.each([
    ['policy: 1\nminPeople: [3\n', 3],
    ['policy: 1\npolicy: 1\n', 2],
    ['a: &x [1]\nb: *x\n', 1],
    ['', 1],
    ['- 1\n', 1],
  ])('[Y1] what is no YAML, or no policy, has a line: %j', (text, line) => {
    const read = readPolicy(text);
    expect(read.ok).toBe(false);
    expect(read.ok ? '' : problemLines(read.error)[0]).toMatch(new RegExp(`^line ${line}: `));
    expect(() => lookUpSettings(home({ settings: FIRST_SETTINGS, policy: text }))).toThrow(/is not used/);
  });

  it('[Y1] a file that cannot be read is not taken for none', () => {
    const folder = home({ settings: FIRST_SETTINGS });
    mkdirSync(folder.policy);
    expect(() => lookUpSettings(folder)).toThrow(/cannot be read.*Make it readable\./);
    const large = home({ settings: FIRST_SETTINGS, policy: `policy: 1\n#${'x'.repeat(2 ** 20)}` });
    expect(() => lookUpSettings(large)).toThrow(/more than 1048576 bytes/);
    // Whoever runs as root reads it all the same.
    const shut = home({ settings: FIRST_SETTINGS, policy: 'policy: 0\n' });
    chmodSync(shut.policy, 0o000);
    expect(() => lookUpSettings(shut)).toThrow(/fineline\.policy\.yaml/);
  });

  it('[Y1] a file that has gone does not make wide again what it had narrowed', async () => {
    const dir = join(root, 'gone');
    const paths = pathsOf(dir);
    const open = async (): Promise<void> => (await openEmbedded({ home: dir })).close();
    await open();
    // What a new home gets is the strict policy, so nothing is lost with it.
    rmSync(paths.policy);
    await open();
    writeFileSync(paths.policy, 'policy: 1\nminPeople: 20\n');
    await open();
    rmSync(paths.policy);
    await expect(open()).rejects.toThrow(/is not there, and this home has been under another policy/);
    // Without the settings it is no new home either.
    rmSync(paths.settings);
    await expect(open()).rejects.toThrow(/Put it back/);
    expect(existsSync(paths.policy)).toBe(false);
    writeFileSync(paths.policy, 'policy: 1\n');
    await open();
  });
});
