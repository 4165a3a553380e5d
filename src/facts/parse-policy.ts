// The policy file as it stands in `fineline.policy.yaml`: read with all that is wrong in it, bounded, and
// completed from the strict defaults. Only what something in the engine reads is accepted: a field without
// effect would be a promise nobody keeps.

import { utf8 } from '../kernel/bytes.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { LIMITS } from '../kernel/limits.ts';
import { err } from '../kernel/result.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { DATA_CATEGORIES, type DataCategory } from './category.ts';
import { CHANNELS, CHANNEL_PUBLICITY, type Channel, PUBLICITIES, isMorePublic } from './channel.ts';
import { type Parsed, parseList, parseNumber, parseWord, problem } from './parse.ts';
import { readAudiences, refuseAudiences } from './parse-audiences.ts';
import { parseReason, readPlacements } from './parse-placement.ts';
import { readBudget } from './parse-budget.ts';
import { DEFAULT_CONTACT, readContact } from './parse-contact.ts';
import { readJoint, refuseUnpooled } from './parse-joint.ts';
import { readProxies, refuseUnasked } from './parse-proxies.ts';
import { readSensitive } from './parse-sensitive.ts';
import { refuseSubjects } from './parse-subject.ts';
import type { Placement } from './placement.ts';
import {
  NEW_THINGS,
  type NewThings,
  type ChannelRule,
  type ChannelRules,
  DEFAULT_CHANNELS,
  DEFAULT_PURPOSES,
  type Policy,
  type PurposeRules,
} from './policy.ts';
import { GRANTABLE_PURPOSES, type Purpose } from './purpose.ts';
import { type Read, type Reader, readerOf } from './reading.ts';
import { STRICT_PLACEMENTS } from './strict-placements.ts';

/** Format of the file; the first field of each. */
const POLICY_FORMAT = 1;

const FIELDS = [
  'policy',
  'minPeople',
  'purposes',
  'channels',
  'sensitive',
  'proxies',
  'contact',
  'budget',
  'audiences',
  'joint',
  'newThings',
  'placements',
];
const TAKE_OUT = 'Take it out: a field without effect would be a promise nobody keeps.';
/** What the design has and the engine has not, yet. */
const NOT_YET: Readonly<Record<string, string>> = {
  budgets: 'Write budget.',
  epsilon: 'Write rhoPerYear into budget: ρ is what several releases add up to.',
  quietHours: 'Write it into contact.',
  declarations: TAKE_OUT,
  retention: 'Take it out: the law pack says how long a profile may live.',
  caps: 'Write capPerItem and capPerPerson into each placement.',
  windows: 'Write windowHours into the caps of each placement.',
  k: 'Write minPeople.',
};

/** Reads the parsed YAML or JSON of a policy file. What it does not say is as strict as the defaults. */
export function readPolicyFile(value: unknown): Read<Policy> {
  const opened = readerOf(value, { what: '', names: FIELDS, not: NOT_YET });
  if (!opened.ok) return err([problem('', 'fields, the first of them “policy: 1”', 'See docs/policy.md.')]);
  const reader = opened.value;
  const format = reader.take('policy', parseFormat);
  const minPeople = reader.take('minPeople', parseMinPeople, LIMITS.peopleInsideMin);
  const purposes = reader.takeAll('purposes', readPurposes, DEFAULT_PURPOSES);
  const channels = reader.takeAll('channels', readChannels, {});
  const sensitive = reader.takeAll('sensitive', readSensitive, {});
  const proxies = reader.has('proxies') ? reader.takeAll('proxies', readProxies) : undefined;
  const contact = reader.has('contact') ? reader.takeAll('contact', readContact) : DEFAULT_CONTACT;
  const budget = reader.takeAll('budget', readBudget, {});
  const audiences = reader.takeAll('audiences', readAudiences, []);
  const joint = reader.has('joint') ? reader.takeAll('joint', readJoint) : undefined;
  const newThings = reader.take<NewThings>(
    'newThings',
    (word, field) => parseWord(word, NEW_THINGS, field),
    'none',
  );
  const readAll = (list: unknown): Read<readonly Placement[]> => readPlacements(list, { reasons: true });
  const placements = reader.takeAll('placements', readAll, STRICT_PLACEMENTS);
  if (placements !== undefined && purposes !== undefined) refuseUnused(reader, placements, purposes);
  if (placements !== undefined && purposes !== undefined) refuseSubjects(reader, placements, purposes);
  if (proxies !== undefined && purposes !== undefined) refuseUnasked(reader, purposes);
  if (purposes !== undefined) refuseUnpooled(reader, purposes, joint);
  if (
    format === undefined ||
    minPeople === undefined ||
    purposes === undefined ||
    channels === undefined ||
    sensitive === undefined ||
    contact === undefined ||
    budget === undefined ||
    audiences === undefined ||
    newThings === undefined ||
    placements === undefined
  )
    return reader.done<Policy>(undefined);
  refuseAudiences(reader, { audiences, placements, purposes, sensitive });
  return reader.done(
    policyOf({
      placements,
      minPeople,
      purposes,
      channels,
      sensitive,
      contact,
      budget,
      ...(proxies === undefined ? {} : { proxies }),
      ...(audiences.length === 0 ? {} : { audiences }),
      ...(joint === undefined ? {} : { joint }),
      ...(newThings === 'none' ? {} : { newThings }),
    }),
  );
}

/** Names a policy by its content. */
export function policyOf(body: Omit<Policy, 'version'>): Policy {
  // Only JSON values go in, so the canonical text is that of a plain object.
  const version = sha256Hex(utf8(canonicalJson(JSON.parse(JSON.stringify(body)) as never)));
  return { version, ...body };
}

export function parseMinPeople(value: unknown, field: string): Parsed<number> {
  return parseNumber(value, { field, min: LIMITS.peopleInsideMin, max: 10_000, whole: true });
}

function parseFormat(value: unknown, field: string): Parsed<number> {
  if (value === POLICY_FORMAT) return { ok: true, value };
  const remedy = `Begin the file with “policy: ${POLICY_FORMAT}”.`;
  return { ok: false, error: problem(field, `${POLICY_FORMAT}, the format of this file`, remedy) };
}

function readPurposes(value: unknown): Read<PurposeRules> {
  const opened = readerOf(value, { what: '', names: GRANTABLE_PURPOSES });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const rules: Partial<Record<Purpose, readonly DataCategory[]>> = {};
  for (const purpose of GRANTABLE_PURPOSES) {
    if (!reader.has(purpose)) continue;
    const categories = reader.take(purpose, parseCategories);
    if (categories !== undefined) rules[purpose] = categories;
  }
  return reader.done(rules);
}

/** Each once and in the order of our list, so that two files that mean the same are the same policy. */
function parseCategories(value: unknown, field: string): Parsed<readonly DataCategory[]> {
  const list = parseList(value, {
    field,
    countMax: DATA_CATEGORIES.length,
    read: (entry) => parseWord(entry, DATA_CATEGORIES, 'category'),
  });
  if (!list.ok) return list;
  if (list.value.length === 0) {
    const remedy = 'Name what it may read, or leave the purpose out: then it is not used.';
    return { ok: false, error: problem(field, 'at least one category', remedy) };
  }
  return { ok: true, value: DATA_CATEGORIES.filter((category) => list.value.includes(category)) };
}

function refuseUnused(reader: Reader, placements: readonly Placement[], purposes: PurposeRules): void {
  const used = Object.keys(purposes);
  for (const [at, { purpose }] of placements.entries()) {
    if (used.includes(purpose)) continue;
    const remedy = `Add ${purpose} to purposes, with the categories it may read.`;
    reader.refuse(problem(`placements/${at}/purpose`, `one of ${used.join(', ')}`, remedy));
  }
}

function readChannels(value: unknown): Read<ChannelRules> {
  const opened = readerOf(value, { what: '', names: CHANNELS });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const rules: Record<Channel, ChannelRule> = { ...DEFAULT_CHANNELS };
  for (const channel of CHANNELS) {
    if (!reader.has(channel)) continue;
    const rule = reader.takeAll(channel, (entry) => readChannel(entry, channel));
    if (rule !== undefined) rules[channel] = rule;
  }
  return reader.done(rules);
}

function readChannel(value: unknown, channel: Channel): Read<ChannelRule> {
  const opened = readerOf(value, { what: '', names: ['publicity', 'reason'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const publicity = reader.take('publicity', (word, field) => parseWord(word, PUBLICITIES, field));
  const reason = reader.has('reason') ? reader.take('reason', parseReason) : undefined;
  if (publicity === undefined) return reader.done<ChannelRule>(undefined);
  const usual = CHANNEL_PUBLICITY[channel];
  if (isMorePublic(usual, publicity) && !reader.has('reason')) {
    const remedy = 'Add “reason:” with why fewer people look on; it is committed to the log.';
    reader.refuse(problem('publicity', `${usual}, or more public, or a reason`, remedy));
  }
  return reader.done({ publicity, ...(reason === undefined ? {} : { reason }) });
}
