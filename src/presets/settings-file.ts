// The settings a shop starts with, and the file they live in.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Fault } from '../kernel/fault.ts';
import { parseYaml } from '../adapters/yaml/yaml.ts';
import { type Settings, parseSettings } from '../engine/settings.ts';
import { problemText } from '../facts/parse.ts';

/** What `fineline.yaml` says when it is made. Comments are for the person who opens it first. */
export const FIRST_SETTINGS = `# What this shop decides, for which purpose, from which sources. Read at start.
controller: shop

# Where people are when neither they nor the request says so. Without it the strictest law applies.
# place: { country: DE }

# People behind every learned number, at least.
minPeople: 3

# Registered, first-party origins of data. What comes from anywhere else is refused.
sources:
  - id: web-shop
    origin: first-party
    channel: web
    basis: consent
    notice: notice-1
    description: our web shop
  - id: app
    origin: first-party
    channel: app
    basis: consent
    notice: notice-1
    description: our app
  - id: till
    origin: first-party
    channel: till
    basis: contract
    notice: notice-1
    description: the tills of our shops

# Slots a page, app or till can ask for. The purpose stands here and never comes from the caller.
placements:
  - id: home
    purpose: recommend
    channels: [web, app]
    strategy: for-you
    itemsMax: 20
    exploreRate: 0.05 # share of answers whose last place is drawn by lot
    perLeafMax: 3 # at most so many of one category in a list
  - id: product
    purpose: recommend
    channels: [web, app]
    strategy: complements
    itemsMax: 10
  - id: basket
    purpose: recommend
    channels: [web, app]
    strategy: complements
    itemsMax: 10
    perLeafMax: 2
  - id: till
    purpose: recommend
    channels: [till]
    strategy: complements
    itemsMax: 3
    exploreRate: 0
    perLeafMax: 1
  - id: email
    purpose: contact
    channels: [email]
    strategy: for-you
    itemsMax: 6
    perLeafMax: 2
    capPerItem: { impressionsMax: 1, windowHours: 720 }
    capPerPerson: { impressionsMax: 1, windowHours: 168 }
`;

/** Reads the settings, writing the first ones where there are none. Fault `bad-settings` names the field. */
export function loadSettings(file: string): Settings {
  if (!existsSync(file)) writeFileSync(file, FIRST_SETTINGS, { mode: 0o644 });
  return readSettings(readFileSync(file, 'utf8'), file);
}

export function readSettings(text: string, name: string): Settings {
  const value = parseYaml(text);
  if (!value.ok) throw new Fault('bad-settings', `${name}: ${value.error}`, { retry: 'never' });
  const settings = parseSettings(value.value);
  if (!settings.ok)
    throw new Fault('bad-settings', `${name}: ${problemText(settings.error)}`, { retry: 'never' });
  return settings.value;
}
