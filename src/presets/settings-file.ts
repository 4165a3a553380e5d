// The settings a shop starts with, and the file they live in.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Fault } from '../kernel/fault.ts';
import { parseYaml } from '../adapters/yaml/yaml.ts';
import type { PolicyOrigin } from '../engine/policy-told.ts';
import { POLICY_FIELDS, type Settings, parseSettings } from '../engine/settings.ts';
import { problemText } from '../facts/parse.ts';
import type { Place } from '../facts/place.ts';
import type { Policy } from '../facts/policy.ts';
import { FIRST_POLICY } from './first-policy.ts';
import { withNoticeFiles } from './notice-files.ts';
import { type PolicyText, STRICT, loadPolicy } from './policy-file.ts';

const NO_PLACE = '# place: { country: DE }';

/** What `fineline.yaml` says when it is made. Comments are for the person who opens it first. */
export const FIRST_SETTINGS = `# Whose shop this is and where its data come from. Read at start.
# What it may decide stands in fineline.policy.yaml.
controller: shop

# Where people are when neither they nor the request says so. Without it the strictest law applies.
${NO_PLACE}

# The shop's own number on the vendor list of the TCF, if it has one: a consent string must then name it.
# tcfVendor: 1234

# What people are shown before they say yes. Without notices of your own there is notice-1, which comes with
# Fineline, asks for everything one by one, and names no company: “fineline notice show notice-1”.
# notices:
#   - id: privacy-7
#     version: "2026-07"
#     texts: { en: { file: notices/privacy-7.en.txt }, de: { file: notices/privacy-7.de.txt } }
#     asks:
#       - { purposes: [recommend, improve, measure], categories: [purchases, browsing] }

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
`;

export interface Settled extends Settings {
  readonly policy: Policy;
  readonly origin: PolicyOrigin;
  /** Fields that the policy file itself says; empty where there is none. */
  readonly stated: ReadonlySet<string>;
}

/**
 * Settings and policy of a home. One without a policy file keeps the placements of its settings, and without
 * those has the strict policy; one without settings is read as a new one will be. Nothing is written. Fault
 * `bad-settings` names file, line and field.
 */
export function lookUpSettings({ settings: file, policy: policyFile }: SettingsFiles): Settled {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : FIRST_SETTINGS;
  return settle(text, file, { policyFile, read: loadPolicy(policyFile) });
}

/** What the first files of a home say, where it is known better than for every shop. */
export interface First {
  /** The text of `fineline.yaml`. */
  readonly settings?: string;
  /** The text of `fineline.policy.yaml`, instead of the strict one. */
  readonly policy?: string;
  /** Where the shop is. */
  readonly place?: Place;
}

/** A home without settings gets a first file of each. */
export function writeFirstFiles(
  { settings: file, policy: policyFile }: SettingsFiles,
  { settings: text = FIRST_SETTINGS, policy = FIRST_POLICY, place }: First = {},
): void {
  if (existsSync(file)) return;
  const settings = place === undefined ? text : text.replace(NO_PLACE, `place: ${JSON.stringify(place)}`);
  writeFileSync(file, settings, { mode: 0o644 });
  if (!existsSync(policyFile)) writeFileSync(policyFile, policy, { mode: 0o644 });
}

export interface SettingsFiles {
  readonly settings: string;
  readonly policy: string;
}

/** Settings from a text alone, with the strict policy unless the text has placements of its own. */
export function readSettings(text: string, name: string): Settled {
  return settle(text, name);
}

function settle(
  text: string,
  name: string,
  said?: { readonly policyFile: string; readonly read: PolicyText | undefined },
): Settled {
  const value = parseYaml(text);
  if (!value.ok) throw new Fault('bad-settings', `${name}: ${value.error}`, { retry: 'never' });
  const settings = parseSettings(withNoticeFiles(value.value, name));
  if (!settings.ok)
    throw new Fault('bad-settings', `${name}: ${problemText(settings.error)}`, { retry: 'never' });
  const { policy: old, ...rest } = settings.value;
  const policy = said?.read?.policy;
  if (policy !== undefined && old !== undefined) {
    const both = `${name} has ${POLICY_FIELDS.join(' or ')}, and ${said?.policyFile} is there. `;
    const names = POLICY_FIELDS.join(' and ');
    const remedy = `Move what you need into it and take ${names} out of the other.`;
    throw new Fault('bad-settings', both + remedy, { retry: 'never' });
  }
  const origin = policy !== undefined ? 'file' : old !== undefined ? 'old-settings' : 'default';
  const stated = said?.read?.stated ?? STRICT.stated;
  return { ...rest, policy: policy ?? old ?? STRICT.policy, origin, stated };
}
