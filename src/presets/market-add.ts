// A new stall: a line in market.yaml, and a home with settings and policy of its own. A server that runs on
// the market opens it at its next start.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ControllerId } from '../facts/ids.ts';
import { Fault, isFault } from '../kernel/fault.ts';
import { pathsOf } from './paths.ts';
import { type Stall, marketFileOf, parseMarket, readMarket } from './market-file.ts';
import { FIRST_SETTINGS, writeFirstFiles } from './settings-file.ts';

function firstMarket(controller: string): string {
  return `# Which homes one server serves. Read at start; docs/market.md tells how it is run.
market: 1
portal: { controller: ${controller}, home: portal }
# One line each: a controller, and a folder of its own. Where the seller keeps the master key, also
# masterKey: { file: PATH } or masterKey: { env: NAME }.
sellers:
`;
}

/** The first stall of a market. Fault `refused` when there is a market already. */
export function addPortal(dir: string, controller: ControllerId): Stall {
  const file = marketFileOf(dir);
  if (existsSync(file)) throw refused(`${file} is there, and a market has one portal.`);
  mkdirSync(resolve(dir), { recursive: true });
  return write(dir, firstMarket(controller), controller);
}

/** Faults: `refused` when it is there already, or the line has to be written by hand. */
export function addSeller(dir: string, controller: ControllerId): Stall {
  const before = readMarket(dir).stalls;
  if (before.some((stall) => stall.controller === controller))
    throw refused(`${controller} is in this market already.`);
  const line = `  - { controller: ${controller}, home: sellers/${controller} }`;
  const text = `${readFileSync(marketFileOf(dir), 'utf8').trimEnd()}\n${line}\n`;
  const byHand = refused(`Write this line under sellers in ${marketFileOf(dir)} yourself:\n${line}`);
  try {
    // Whoever has rearranged the file keeps what they wrote: nothing may change but that one seller is more.
    const after = parseMarket(text, dir).stalls;
    if (after.length !== before.length + 1 || after.at(-1)?.controller !== controller) throw byHand;
  } catch (error) {
    throw isFault(error, 'bad-settings') ? byHand : error;
  }
  return write(dir, text, controller);
}

function write(dir: string, text: string, controller: ControllerId): Stall {
  const added = parseMarket(text, dir).stalls.find((stall) => stall.controller === controller);
  if (added === undefined) throw refused(`${controller} cannot be added.`);
  mkdirSync(added.home, { recursive: true });
  const settings = FIRST_SETTINGS.replace('controller: shop', `controller: ${controller}`);
  writeFirstFiles(pathsOf(added.home), { settings });
  writeFileSync(marketFileOf(dir), text, { mode: 0o644 });
  return added;
}

function refused(message: string): Fault<'refused'> {
  return new Fault('refused', message, { retry: 'never' });
}
