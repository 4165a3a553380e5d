// Goal: `fineline policy` tells what is wrong, what holds, what differs and what would have changed, and a
// running service takes a good policy and no bad one. Method: the real command line in this process, and a
// service as a child process.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STRICT } from '../../presets/policy-file.ts';
import { FIRST_POLICY } from '../../presets/first-policy.ts';
import { FIRST_SETTINGS } from '../../presets/settings-file.ts';
import { runCli } from './cli.ts';
import { widthOf } from './layout.ts';
import { type HeardIo, cli, heardIo, orderCsv, startCli, tempPlace } from './testing.ts';

const place = tempPlace();
afterAll(() => place.dispose());

const home = place.path('home');
const file = place.path('home/fineline.policy.yaml');
const EXAMPLE = fileURLToPath(new URL('../../../docs/policy.example.yaml', import.meta.url));
const STRICTER = FIRST_POLICY.replace('perLeafMax: 3 #', 'perLeafMax: 1 #');

beforeAll(async () => {
  const csv = place.file(
    'orders.csv',
    orderCsv({ orders: 60, people: 12, things: 20 }).replaceAll(',THING 7,', ',NICOTINE GUM,'),
  );
  const { code, err } = await cli(['start', '--data', csv, '--home', home, '--exit']);
  expect([code, err.includes('this should not')]).toEqual([0, false]);
});

async function ask(...words: readonly string[]): Promise<HeardIo['heard'] & { readonly code: number }> {
  const io = heardIo();
  const code = await runCli(['policy', ...words, '--home', home], io);
  return { code, ...io.heard };
}

test('[Q40] check names every problem with line, field, what was expected and what to do', async () => {
  const bad = place.file(
    'bad.yaml',
    'policy: 1\nminPeople: 1\nchannels:\n  email: { publicity: own-screen }\n',
  );
  const { code, out } = await ask('check', bad);
  expect(code).toBe(1);
  expect(out).toContain('line 2  minPeople\n  expected a whole number from 3 to 10000\n');
  expect(out).toContain('line 4  channels/email/publicity\n');
  expect(out).toContain('2 problems');
  const json = await ask('check', bad, '--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    ok: false,
    problems: [
      { line: 2, field: 'minPeople' },
      { line: 4, field: 'channels/email/publicity', remedy: expect.stringContaining('reason') as string },
    ],
  });
  expect((await ask('check', place.path('nowhere.yaml'))).code).toBe(1);
  expect((await ask('check', EXAMPLE)).code).toBe(0);
  const good = await ask('check');
  expect([good.code, good.out]).toEqual([0, expect.stringContaining(STRICT.policy.version.slice(0, 12))]);
});

test('[Q40] check warns of what learning together means, and explain and diff say with whom', async () => {
  const joint = place.file(
    'joint.yaml',
    'policy: 1\npurposes: { recommend: [purchases], improve: [purchases], contact: [purchases], ' +
      'pool: [purchases] }\njoint: { with: [bazaar], items: gtin }\n',
  );
  const { code, out } = await ask('check', joint);
  expect([code, out.replaceAll(/\s+/g, ' ')]).toEqual([
    0,
    expect.stringMatching(/! You learn together with bazaar: .* portal, it speaks for what the portal/),
  ]);
  expect(JSON.parse((await ask('check', joint, '--json')).out)).toMatchObject({
    warnings: [expect.stringContaining('bazaar') as string],
  });
  expect((await ask('check')).out).not.toContain('!');
  expect((await ask('diff', 'default', joint)).out.replaceAll(/\s+/g, ' ')).toContain('joint/with');
});

test('[Q40] check warns of a slot for next clicks that nothing is learned for', async () => {
  const slot = 'placements:\n  - { id: next, purpose: recommend, channels: [web], strategy: next-click }\n';
  const read = (improve: string) =>
    place.file('next.yaml', `policy: 1\npurposes: { recommend: [browsing], improve: [${improve}] }\n${slot}`);
  const { code, out } = await ask('check', read('purchases'));
  expect([code, out.replaceAll(/\s+/g, ' ')]).toEqual([
    0,
    expect.stringMatching(/! next will stay empty: .* Add browsing to “improve”/),
  ]);
  expect((await ask('check', read('purchases, browsing'))).out).not.toContain('!');
});

test('[Q40] check of a home without a file says what holds there, and makes nothing', async () => {
  const io = heardIo();
  expect(await runCli(['policy', 'check', '--home', place.path('none')], io)).toBe(0);
  expect(io.heard.out.replaceAll(/\s+/g, ' ')).toContain('the strict default holds');
  const words = ['policy', 'explain', '--home', place.path('none'), '--json'];
  const told = heardIo();
  expect(await runCli(words, told)).toBe(0);
  expect(JSON.parse(told.heard.out)).toMatchObject({ origin: 'default', version: STRICT.policy.version });
  expect((await cli(['export', 'ada', '--home', place.path('none')])).code).toBe(1);
});

test('[Q41] a home whose file is bad does not open, and says why with its line', async () => {
  const other = place.path('other');
  expect((await cli(['start', '--data', place.path('orders.csv'), '--home', other, '--exit'])).code).toBe(0);
  writeFileSync(`${other}/fineline.policy.yaml`, 'policy: 1\nplacements: 7\n');
  const io = heardIo();
  expect(await runCli(['decide', '--placement', 'home', '--home', other], io)).toBe(1);
  expect(io.heard.err).toContain('line 2, placements: expected a list');
  expect(io.heard.out).toBe('');
  writeFileSync(`${other}/fineline.policy.yaml`, FIRST_POLICY);
  writeFileSync(`${other}/fineline.yaml`, `${FIRST_SETTINGS}minPeople: 3\n`);
  const both = heardIo();
  expect(await runCli(['policy', 'check', '--home', other], both)).toBe(1);
  expect(both.heard.err).toContain('take minPeople and placements out');
});

test('[Q42] explain says what holds and where it comes from, in 80 columns', async () => {
  const { code, out } = await ask('explain');
  expect(code).toBe(0);
  expect(out).toContain('may read purchases, browsing, basket');
  expect(out.replaceAll(/\s+/g, ' ')).toContain('web, app, push, assistant, ar own-screen: a thing');
  for (const from of ['[file]', '[law]']) expect(out).toContain(from);
  expect(out.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
  const partial = place.file('partial.yaml', 'policy: 1\nminPeople: 9\n');
  expect((await ask('explain', partial)).out).toContain('[default]');
});

test('[Q43] diff says of each difference whether it is stricter', async () => {
  const text =
    'policy: 1\nminPeople: 9\nchannels: { till: { publicity: shared-screen, reason: no queue } }\n';
  const next = place.file('next.yaml', text);
  const { code, out } = await ask('diff', 'default', next);
  expect(code).toBe(0);
  expect(out).toContain('stricter  minPeople\n          - 3\n          + 9\n');
  expect(out).toContain('looser    channels/till\n');
  expect(out).toContain('2 differences: 1 stricter, 1 looser, 0 both, 0 neither.');
  expect((await ask('diff', 'default', file)).out).toBe('The same policy.\n');
  expect(JSON.parse((await ask('diff', next, 'default', '--json')).out)).toMatchObject({
    differences: [
      { field: 'minPeople', effect: 'looser' },
      { field: 'channels/till', effect: 'stricter' },
    ],
  });
});

test('[Q2] a word that policy does not know, too many and too few are bad usage', async () => {
  const wrong = await ask('chek');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('Did you mean check?')]);
  for (const words of [['diff', 'default'], ['simulate'], ['apply', 'x'], ['check', 'a', 'b']])
    expect((await ask(...words)).code).toBe(2);
});

test('[Q44] simulate decides again what was decided, and names nobody', async () => {
  const next = place.file('stricter.yaml', STRICTER);
  const home_ = ['--home', home, '--json'];
  // Nobody has said that what is shown to them may be measured; that two say so makes no difference to see.
  expect((await cli(['decide', '--placement', 'home', '--person', '10003', ...home_])).code).toBe(0);
  const before = await ask('simulate', next, '--json');
  for (const person of ['10003', '10004']) {
    const yes = ['--give', 'interactions:measure', '--notice', 'notice-1'];
    expect((await cli(['consent', person, ...yes, ...home_])).code).toBe(0);
    expect((await cli(['decide', '--placement', 'home', '--person', person, ...home_])).code).toBe(0);
  }
  const { code, out } = await ask('simulate', next, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ decisions: 'few', compared: 'few', changedLists: 'few', held: [] });
  const text = (await ask('simulate', next)).out;
  for (const told_ of [out, text]) expect(told_).not.toMatch(/1000\d|T\d+\b|THING/);
  expect(before.out).toBe(out);
});

test('[Q44] simulate tells which audiences would be left empty; check asks the file alone', async () => {
  const slot = '{ id: a, purpose: contact, channels: [email], strategy: for-you, audience: NAME }';
  const naming = (item: string): string => {
    const condition = `      - { bought: { items: [${item}] } }`;
    const lines = ['policy: 1', 'audiences:', '  - name: NAME', '    all:', condition];
    return place.file('audience.yaml', `${[...lines, 'placements:', `  - ${slot}`].join('\n')}\n`);
  };
  expect((await ask('simulate', naming('T6'))).out).not.toContain('audiences/0');
  const { code, out } = await ask('simulate', naming('T7'));
  expect([code, out]).toEqual([0, expect.stringContaining('audiences/0/all/0')]);
  expect(out).toContain('no things of the class addiction');
  expect((await ask('check', naming('T7'))).code).toBe(0);
});

test('[Q45] a running service takes a good policy, and keeps the one before when it is bad', async () => {
  const service = startCli(['serve', '--home', home, '--port', '0', '--json']);
  await service.seen('"address"');
  const inForce = async (): Promise<unknown> => JSON.parse((await ask('apply', '--json')).out);
  expect(await inForce()).toEqual({ version: STRICT.policy.version, inForce: true });
  expect((await ask('simulate', file)).err).toContain('stop it');
  writeFileSync(file, STRICTER);
  expect((await ask('apply')).out).toContain('In force at');
  // A bad file is refused by the command; by a signal alone, by the service, which goes on.
  writeFileSync(file, 'policy: 1\nminPeople: 0\n');
  const refused = await ask('apply');
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('line 2, minPeople')]);
  service.child.kill('SIGHUP');
  await service.seen('policy refused');
  writeFileSync(file, STRICTER);
  expect((await ask('apply')).out).toContain('in force already');
  service.child.kill('SIGTERM');
  const { code, err } = await service.ended;
  expect(code).toBe(0);
  expect(err).toContain('line 2, minPeople: expected a whole number');
  expect((await ask('apply')).out).toContain('from the next start');
});
