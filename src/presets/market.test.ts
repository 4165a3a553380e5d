import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPortal, addSeller } from './market-add.ts';
import { marketFileOf, parseMarket, parseStallName, readMarket } from './market-file.ts';
import { openMarket } from './market.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fineline-market-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const named = (text: string) => {
  const name = parseStallName(text);
  if (!name.ok) throw new Error('unreachable: a good name');
  return name.value;
};

const KEY = 'masterKey: { env: A }';
const TOP = 'market: 1\nportal: { controller: bazaar, home: portal }\nsellers:\n';

describe('market.yaml', () => {
  it('[Y2] names the portal and the sellers, each with a folder and where the master key comes from', () => {
    const lamps = '  - { controller: lamps, home: a, masterKey: { env: KEY_LAMPS } }';
    const tools = '  - { controller: tools, home: /b, masterKey: { file: k } }';
    const text = `${TOP}${lamps}\n${tools}\n`;
    expect(parseMarket(text, dir).stalls).toEqual([
      { controller: 'bazaar', home: join(dir, 'portal'), isPortal: true },
      { controller: 'lamps', home: join(dir, 'a'), isPortal: false, masterKey: { env: 'KEY_LAMPS' } },
      { controller: 'tools', home: '/b', isPortal: false, masterKey: { file: join(dir, 'k') } },
    ]);
    expect(parseMarket(TOP, dir)).toMatchObject({ stalls: [{}], joint: [] });
  });

  it.each<[string, string, string]>([
    ['no version', 'portal: { controller: a, home: b }', 'market: expected the number 1'],
    ['another version', 'market: 2\nportal: { controller: a, home: b }', 'market: expected the number 1'],
    ['no portal', 'market: 1', 'portal'],
    ['an unknown field', `${TOP}jointly: true`, 'jointly'],
    [
      'an unknown field of a seller',
      `${TOP}  - { controller: a, home: b, masterkey: { env: A } }`,
      'masterkey',
    ],
    ['a model for two: there is none', `${TOP}  - { controller: a, home: b, joint: [c] }`, 'joint'],
    ['a name that no address takes', `${TOP}  - { controller: "a/b", home: b }`, 'controller'],
    ['a seller without a home', `${TOP}  - { controller: a }`, 'home'],
    ['one controller twice', `${TOP}  - { controller: bazaar, home: b }`, 'a controller of its own'],
    ['one home twice', `${TOP}  - { controller: a, home: ./portal/ }`, 'a folder of its own'],
    ['a home in another', `${TOP}  - { controller: a, home: portal/data }`, 'a folder of its own'],
    ['a home around the others', `${TOP}  - { controller: a, home: . }`, 'a folder of its own'],
    [
      'two places of one key',
      `${TOP}  - { controller: a, home: b, masterKey: { env: A, file: c } }`,
      'either env or file',
    ],
    ['no place of a key', `${TOP}  - { controller: a, home: b, masterKey: {} }`, 'either env or file'],
    [
      'one master key for two',
      `${TOP}  - { controller: a, home: a, ${KEY} }\n  - { controller: c, home: c, ${KEY} }`,
      'a master key of its own',
    ],
    ['no YAML', 'market: [', 'line'],
  ])('[Y2] with %s is refused with line and field', (_, text, says) => {
    expect(() => parseMarket(text, dir)).toThrow(says);
    expect(() => parseMarket(text, dir)).toThrow(/market\.yaml, line \d+: /);
  });

  it('[Y2] who may learn together stands in it, by name, and nobody twice', () => {
    const sellers = ['a', 'b', 'c'].map((name) => `  - { controller: ${name}, home: ${name} }\n`).join('');
    const groups = (joint: string) => parseMarket(`${TOP}${sellers}joint: ${joint}\n`, dir).joint;
    expect(groups('[]')).toEqual([]);
    expect(groups('[[a, b]]')).toEqual([['a', 'b']]);
    expect(groups('[[c, bazaar], [b, a]]')).toEqual([
      ['c', 'bazaar'],
      ['b', 'a'],
    ]);
    for (const wrong of ['[[a]]', '[[a, x]]', '[[a, a]]', '[[a, b], [b, c]]', '[a, b]', '{ a: b }', '[[]]'])
      expect(() => groups(wrong), wrong).toThrow(/market\.yaml, line \d+: joint/);
  });

  it('[Y2] a link to another home is that home', () => {
    mkdirSync(join(dir, 'portal'));
    symlinkSync(join(dir, 'portal'), join(dir, 'b'));
    expect(() => parseMarket(`${TOP}  - { controller: a, home: b }`, dir)).toThrow('a folder of its own');
  });

  it('[Y2] a seller is added as one line and a home, and nothing else is changed', () => {
    expect(() => addSeller(dir, named('lamps'))).toThrow('there is no market here');
    addPortal(dir, named('bazaar'));
    expect(() => addPortal(dir, named('bazaar'))).toThrow('one portal');
    writeFileSync(marketFileOf(dir), `${readFileSync(marketFileOf(dir), 'utf8')}  # ours\n`);
    const { home } = addSeller(dir, named('lamps'));
    expect(readFileSync(join(home, 'fineline.yaml'), 'utf8')).toContain('controller: lamps\n');
    expect(existsSync(join(home, 'fineline.policy.yaml'))).toBe(true);
    expect(readFileSync(marketFileOf(dir), 'utf8')).toContain('  # ours\n  - { controller: lamps');
    expect(() => addSeller(dir, named('lamps'))).toThrow('already');
    writeFileSync(
      marketFileOf(dir),
      'market: 1\nsellers: []\nportal: { controller: bazaar, home: portal }\n',
    );
    expect(() => addSeller(dir, named('tools'))).toThrow('yourself');
    expect([readMarket(dir).stalls.length, existsSync(join(dir, 'sellers/tools'))]).toEqual([1, false]);
  });
});

describe('opening a market', () => {
  it('[Y3] a home that cannot be opened is closed with its reason, and the others are open', async () => {
    addPortal(dir, named('bazaar'));
    for (const name of ['lamps', 'tools', 'books', 'pans', 'toys']) addSeller(dir, named(name));
    const at = (name: string, file: string) => join(dir, 'sellers', name, file);
    // A disk that is not mounted, settings of somebody else, a policy that is none, keys that are elsewhere.
    rmSync(join(dir, 'sellers/lamps'), { recursive: true });
    writeFileSync(at('tools', 'fineline.yaml'), 'controller: bazaar\n');
    writeFileSync(at('books', 'fineline.policy.yaml'), 'policy: nonsense\n');
    const file = readFileSync(marketFileOf(dir), 'utf8');
    writeFileSync(
      marketFileOf(dir),
      file.replace('home: sellers/pans', 'home: sellers/pans, masterKey: { env: NOT_THERE }'),
    );
    const market = await openMarket({ dir, env: {} });
    const told = market.stalls.map(({ stall, embedded, because }) => [
      stall.controller,
      embedded === undefined ? because : 'open',
    ]);
    expect(told).toEqual([
      ['bazaar', 'open'],
      ['lamps', expect.stringContaining('there is no home here')],
      ['tools', expect.stringContaining('is of the controller bazaar')],
      ['books', expect.stringContaining('fineline.policy.yaml')],
      ['pans', expect.stringContaining('NOT_THERE')],
      ['toys', 'open'],
    ]);
    expect(existsSync(join(dir, 'sellers/lamps'))).toBe(false);
    // Two servers on one market: the second finds every home taken.
    const second = await openMarket({ dir, env: {} });
    expect(second.stalls.filter(({ embedded }) => embedded !== undefined)).toEqual([]);
    await second.close();
    await market.close();
  });

  it('[Y3] each home has the master key it names, from a variable or a file', async () => {
    addPortal(dir, named('bazaar'));
    addSeller(dir, named('lamps'));
    addSeller(dir, named('tools'));
    const keys = [0, 1].map(() => randomBytes(32).toString('base64'));
    writeFileSync(join(dir, 'tools.key'), `${keys[1]}\n`);
    const file = readFileSync(marketFileOf(dir), 'utf8')
      .replace('home: sellers/lamps', 'home: sellers/lamps, masterKey: { env: KEY_LAMPS }')
      .replace('home: sellers/tools', 'home: sellers/tools, masterKey: { file: tools.key }');
    writeFileSync(marketFileOf(dir), file);
    const open = async (env: Readonly<Record<string, string | undefined>>) => {
      const market = await openMarket({ dir, env });
      const secrets = market.stalls.map(
        ({ embedded }) => embedded && Buffer.from(embedded.tokenSecret).toString('hex'),
      );
      await market.close();
      return secrets;
    };
    const secrets = await open({ KEY_LAMPS: keys[0] });
    expect(new Set(secrets).size).toBe(3);
    expect(secrets).not.toContain(undefined);
    expect(existsSync(join(dir, 'sellers/lamps/keys/master.key'))).toBe(false);
    expect(await open({ KEY_LAMPS: keys[1] })).toEqual([secrets[0], undefined, secrets[2]]);
    // A copied home would open, were its settings not of somebody else.
    cpSync(join(dir, 'portal'), join(dir, 'sellers/copy'), { recursive: true });
    writeFileSync(marketFileOf(dir), `${file}  - { controller: copy, home: sellers/copy }\n`);
    expect(await open({ KEY_LAMPS: keys[0] })).toEqual([...secrets, undefined]);
  });
});
