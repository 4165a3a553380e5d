// `MARKET/market.yaml`: which homes one server serves. It names folders and where master keys come from; what
// a seller decides stands in the seller's own home.
//
//     market: 1
//     portal: { controller: bazaar, home: portal }
//     sellers:
//       - { controller: lamps, home: sellers/lamps }
//       - { controller: tools, home: /mnt/tools, masterKey: { file: /run/secrets/tools } }
//     joint:
//       - [lamps, tools]

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { parseYamlLines } from '../adapters/yaml/yaml.ts';
import { type ControllerId, parseControllerId } from '../facts/ids.ts';
import {
  type Parsed,
  parseList,
  parseObject,
  parseText,
  problem,
  problemText,
  within,
} from '../facts/parse.ts';
import { JOINT_PARTNERS_MAX } from '../facts/joint.ts';
import { Fault } from '../kernel/fault.ts';
import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';

/** Where the 32 bytes (base64) come from that open a home, instead of HOME/keys/master.key. */
export type MasterKeyFrom = { readonly env: string } | { readonly file: string };

/** One home of a market: a seller's, or the portal's own. */
export interface Stall {
  readonly controller: ControllerId;
  /** Absolute. */
  readonly home: string;
  readonly isPortal: boolean;
  readonly masterKey?: MasterKeyFrom;
}

/** The homes of a market, and which of them the market lets learn together. */
export interface MarketFile {
  /** The portal first, then the sellers as they stand there. */
  readonly stalls: readonly Stall[];
  /** Each of two members at least; nobody is in two. */
  readonly joint: readonly (readonly ControllerId[])[];
}

export const marketFileOf = (dir: string): string => join(resolve(dir), 'market.yaml');

/** Fault `bad-settings` names file, line and field. */
export function readMarket(dir: string): MarketFile {
  const file = marketFileOf(dir);
  if (!existsSync(file)) {
    const remedy = 'Make one with “fineline market add NAME --portal”, or name another with --home.';
    throw new Fault('not-found', `${file}: there is no market here. ${remedy}`, { retry: 'never' });
  }
  return parseMarket(readFileSync(file, 'utf8'), dir);
}

/** The same from a text that is not in the file yet. */
export function parseMarket(text: string, dir: string): MarketFile {
  const file = marketFileOf(dir);
  const bad = (line: number, what: string): Fault<'bad-settings'> =>
    new Fault('bad-settings', `${file}, line ${line}: ${what}`, { retry: 'never' });
  const yaml = parseYamlLines(text);
  if (!yaml.ok) throw bad(yaml.error.line, yaml.error.message.split('\n')[0] ?? 'not YAML');
  const market = parseFile(yaml.value.value, resolve(dir));
  if (market.ok) return market.value;
  throw bad(yaml.value.lineOf(market.error.field), problemText(market.error));
}

function parseFile(value: unknown, root: string): Parsed<MarketFile> {
  const top = fieldsOf(value, { field: 'market', known: ['market', 'portal', 'sellers', 'joint'] });
  if (!top.ok) return top;
  if (top.value['market'] !== 1) return err(problem('market', 'the number 1', 'Begin with: market: 1'));
  const portal = within('portal', parseStall(top.value['portal'], { root, isPortal: true }));
  if (!portal.ok) return portal;
  const sellers = parseList(top.value['sellers'] ?? [], {
    field: 'sellers',
    countMax: LIMITS.marketSellersMax,
    read: (entry) => parseStall(entry, { root, isPortal: false }),
  });
  if (!sellers.ok) return sellers;
  const all = [portal.value, ...sellers.value];
  for (const [at, stall] of all.entries()) {
    const met = all.slice(0, at).map((other) => shared(stall, other));
    const what = met.find((each) => each !== undefined);
    if (what !== undefined) return err(problem(`sellers/${at - 1}/${what[0]}`, what[1], what[2]));
  }
  const joint = parseGroups(top.value['joint'] ?? [], all);
  return joint.ok ? ok({ stalls: all, joint: joint.value }) : joint;
}

function parseGroups(value: unknown, stalls: readonly Stall[]): Parsed<MarketFile['joint']> {
  const taken = new Set<string>();
  const read = (entry: unknown): Parsed<ControllerId> => {
    const found = stalls.find(({ controller }) => controller === entry);
    if (found === undefined || taken.has(found.controller)) {
      const expected = 'a controller of this market that stands in no other place of joint';
      return err(problem('', expected, 'A home learns together in one group at most.'));
    }
    taken.add(found.controller);
    return ok(found.controller);
  };
  return parseList(value, {
    field: 'joint',
    countMax: LIMITS.marketSellersMax,
    read: (entry) => {
      const group = parseList(entry, { field: '', countMax: JOINT_PARTNERS_MAX + 1, read });
      if (!group.ok || group.value.length > 1) return group;
      return err(problem('', 'two controllers at least', 'Write [lamps, tools].'));
    },
  });
}

type Shared = readonly [field: string, expected: string, remedy: string];

/** What two stalls have in common that they must not. */
function shared(one: Stall, other: Stall): Shared | undefined {
  if (one.controller === other.controller)
    return ['controller', 'a controller of its own', 'No two homes of a market have the same.'];
  const [a, b] = [realOf(one.home), realOf(other.home)];
  if (a === b || a.startsWith(b + sep) || b.startsWith(a + sep))
    return ['home', 'a folder of its own, not inside another home', 'Give each seller a folder.'];
  const [key, otherKey] = [one.masterKey, other.masterKey].map((from) => JSON.stringify(from));
  if (key !== undefined && key === otherKey)
    return ['masterKey', 'a master key of its own', 'Whoever holds it would open both homes.'];
  return undefined;
}

/** Links followed, as far as the folder is there. */
function realOf(home: string): string {
  return existsSync(home) ? realpathSync(home) : home;
}

/** It stands in addresses and folder names. */
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

export function parseStallName(value: unknown, field = 'controller'): Parsed<ControllerId> {
  const expected = 'up to 63 of a–z, 0–9 and hyphens, beginning with a letter or digit';
  if (typeof value === 'string' && NAME.test(value)) return parseControllerId(value, field);
  return err(problem(field, expected, 'It stands in addresses: choose a plain name.'));
}

function parseStall(
  value: unknown,
  { root, isPortal }: { readonly root: string; readonly isPortal: boolean },
): Parsed<Stall> {
  const fields = fieldsOf(value, { field: 'seller', known: ['controller', 'home', 'masterKey'] });
  if (!fields.ok) return fields;
  const controller = parseStallName(fields.value['controller']);
  if (!controller.ok) return controller;
  const home = parseText(fields.value['home'], { field: 'home', lengthMax: LIMITS.urlLengthMax });
  if (!home.ok) return home;
  const given = fields.value['masterKey'];
  const masterKey = given === undefined ? undefined : within('masterKey', parseKeyFrom(given, root));
  if (masterKey?.ok === false) return masterKey;
  return ok({
    controller: controller.value,
    home: resolve(root, home.value),
    isPortal,
    ...(masterKey === undefined ? {} : { masterKey: masterKey.value }),
  });
}

function parseKeyFrom(value: unknown, root: string): Parsed<MasterKeyFrom> {
  const fields = fieldsOf(value, { field: 'masterKey', known: ['env', 'file'] });
  if (!fields.ok) return fields;
  const { env, file } = fields.value;
  if ((env === undefined) === (file === undefined))
    return err(problem('env', 'either env or file', 'Name one place where the key comes from.'));
  if (env === undefined) {
    const path = parseText(file, { field: 'file', lengthMax: LIMITS.urlLengthMax });
    return path.ok ? ok({ file: resolve(root, path.value) }) : path;
  }
  const isName = typeof env === 'string' && /^[A-Z][A-Z0-9_]{0,99}$/.test(env);
  return isName
    ? ok({ env })
    : err(problem('env', 'the name of a variable', 'Write it as FINELINE_KEY_TOOLS.'));
}

/** A field that is not understood is an error: a misspelt masterKey would otherwise be none. */
function fieldsOf(
  value: unknown,
  { field, known }: { readonly field: string; readonly known: readonly string[] },
): Parsed<Readonly<Record<string, unknown>>> {
  const object = parseObject(value, field);
  if (!object.ok) return object;
  const odd = Object.keys(object.value).find((name) => !known.includes(name));
  if (odd === undefined) return object;
  return err(problem(odd, `one of ${known.join(', ')}`, 'There is no such field.'));
}
