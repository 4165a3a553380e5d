// A company's settings as they stand in `fineline.yaml`: read, bounded and completed. A field that is not
// understood is an error, not a default: a misspelt cap would otherwise be no cap.

import { assert } from '../kernel/assert.ts';
import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';
import { noticeProblems } from '../consent/notices.ts';
import { CHANNELS } from '../facts/channel.ts';
import { type ControllerId, type SourceId, parseControllerId, parseSourceId } from '../facts/ids.ts';
import {
  type Parsed,
  type Problem,
  parseList,
  parseObject,
  parseText,
  parseWord,
  problem,
} from '../facts/parse.ts';
import type { Notice } from '../facts/notice.ts';
import { parseNotice } from '../facts/parse-notice.ts';
import { readPlacements, repeatedId } from '../facts/parse-placement.ts';
import { parseMinPeople, policyOf } from '../facts/parse-policy.ts';
import { type Place, parsePlace } from '../facts/place.ts';
import type { Policy } from '../facts/policy.ts';
import { BASES, type Source } from '../facts/source.ts';
import { NODES_MAX } from './nobody.ts';
import { ROLES, type Role } from './roles.ts';
import { classNotice } from '../facts/class-notice.ts';
import { standardNotice } from '../facts/standard-notice.ts';

/** What the file says. */
export interface Settings {
  readonly controller: ControllerId;
  readonly place?: Place;
  readonly sources: readonly Source[];
  /** The shop's own, and the standard one unless they have its id. All can be read by people. */
  readonly notices: readonly Notice[];
  /** The shop's own number on the vendor list of the TCF, for shops that have one. */
  readonly tcfVendorId?: number;
  /** Where state is kept, when not in the home: see docs/operations.md. */
  readonly cluster?: ClusterSettings;
  /** Placements and minPeople, where they stand here: homes of before there was a policy file. */
  readonly policy?: Policy;
}

/** Two databases, as `postgresql://user@host:port/name`. */
export interface ClusterUrls {
  readonly data: string;
  readonly keys: string;
}

/** Databases, and which of several nodes this is. */
export interface ClusterSettings extends ClusterUrls {
  /** 0 to 63; absent: a free one. */
  readonly node?: number;
  /** Absent: all, the log where it can be. */
  readonly roles?: readonly Role[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Stand in the policy file by now (facts/parse-policy.ts). */
export const POLICY_FIELDS = ['minPeople', 'placements'];
const SETTINGS_FIELDS = [
  'controller',
  'place',
  'sources',
  'notices',
  'tcfVendor',
  'cluster',
  ...POLICY_FIELDS,
];
const SOURCE_FIELDS = ['id', 'origin', 'channel', 'basis', 'notice', 'description'];

/** Reads the parsed YAML or JSON of a settings file. */
export function parseSettings(value: unknown): Parsed<Settings> {
  const object = fieldsOf(value, SETTINGS_FIELDS, { what: 'settings' });
  if (!object.ok) return object;
  const fields = object.value;
  const controller = parseControllerId(fields['controller']);
  if (!controller.ok) return controller;
  const place = fields['place'] === undefined ? undefined : parsePlace(fields['place']);
  if (place?.ok === false) return place;
  const sources = parseList(fields['sources'] ?? [], {
    field: 'sources',
    countMax: 100,
    read: (entry) => parseSource(entry, controller.value),
  });
  if (!sources.ok) return sources;
  const twice = repeatedId('sources', sources.value);
  if (twice !== undefined) return err(twice);
  const notices = parseNotices(fields['notices'], controller.value);
  if (!notices.ok) return notices;
  const vendor = parseVendor(fields['tcfVendor']);
  if (vendor !== undefined && !vendor.ok) return vendor;
  const cluster = fields['cluster'] === undefined ? undefined : parseCluster(fields['cluster']);
  if (cluster?.ok === false) return cluster;
  const isOld = POLICY_FIELDS.some((name) => fields[name] !== undefined);
  const policy = isOld ? parsePolicy(fields) : undefined;
  if (policy?.ok === false) return policy;
  return ok({
    controller: controller.value,
    sources: sources.value,
    notices: notices.value,
    ...(policy === undefined ? {} : { policy: policy.value }),
    ...(place === undefined ? {} : { place: place.value }),
    ...(vendor === undefined ? {} : { tcfVendorId: vendor.value }),
    ...(cluster === undefined ? {} : { cluster: cluster.value }),
  });
}

function parseNotices(value: unknown, controller: ControllerId): Parsed<readonly Notice[]> {
  const notices = parseList(value ?? [], {
    field: 'notices',
    countMax: 100,
    read: (entry) => {
      const notice = parseNotice(entry, controller);
      if (!notice.ok) return notice;
      const [unreadable] = noticeProblems(notice.value);
      return unreadable === undefined ? notice : err(unreadable);
    },
  });
  if (!notices.ok) return notices;
  const twice = repeatedId('notices', notices.value);
  if (twice !== undefined) return err(twice);
  const ours = [standardNotice(controller), classNotice(controller)];
  const left = ours.filter((one) => !notices.value.some(({ id }) => id === one.id));
  return ok([...left, ...notices.value]);
}

/** The two databases of a cluster, from settings or a command line. */
export function parseCluster(value: unknown): Parsed<ClusterSettings> {
  const names = ['data', 'keys', 'node', 'roles'];
  const object = fieldsOf(value, names, { what: 'cluster', at: 'cluster' });
  if (!object.ok) return object;
  const data = parseDatabase(object.value['data'], 'cluster/data');
  if (!data.ok) return data;
  const keys = parseDatabase(object.value['keys'], 'cluster/keys');
  if (!keys.ok) return keys;
  const node = parseNode(object.value['node'], 'cluster/node');
  if (!node.ok) return node;
  const roles = parseRoles(object.value['roles'], 'cluster/roles');
  if (!roles.ok) return roles;
  if (data.value !== keys.value) {
    return ok({
      data: data.value,
      keys: keys.value,
      ...(node.value === undefined ? {} : { node: node.value }),
      ...(roles.value === undefined ? {} : { roles: roles.value }),
    });
  }
  const advice = 'Give the keys a database of their own, which is in no backup of the data.';
  return err(problem('cluster/keys', 'another database than that of the data', advice));
}

function parseNode(value: unknown, field: string): Parsed<number | undefined> {
  if (value === undefined) return ok(undefined);
  const isNumber = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < NODES_MAX;
  if (isNumber) return ok(value);
  return err(
    problem(field, `a whole number from 0 to ${NODES_MAX - 1}`, 'Leave it out, and a free one is taken.'),
  );
}

/** What a node does, from settings or a command line: at least one of `ROLES`. */
export function parseRoles(value: unknown, field: string): Parsed<readonly Role[] | undefined> {
  if (value === undefined) return ok(undefined);
  const roles = parseList(value, {
    field,
    countMax: ROLES.length,
    read: (entry) => parseWord(entry, ROLES, field),
  });
  if (!roles.ok) return roles;
  if (roles.value.length > 0) return ok([...new Set(roles.value)]);
  return err(problem(field, `some of ${ROLES.join(', ')}`, 'Name what the node does, or leave it out.'));
}

function parseDatabase(value: unknown, field: string): Parsed<string> {
  const isUrl = typeof value === 'string' && /^postgres(?:ql)?:\/\/\S{1,1000}$/.test(value);
  if (isUrl) return ok(value);
  return err(problem(field, 'an address such as postgresql://fineline@host:5432/shop', 'Correct it.'));
}

/** Vendor ids have 16 bits. */
function parseVendor(value: unknown): Parsed<number> | undefined {
  if (value === undefined) return undefined;
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535
    ? ok(Number(value))
    : err(problem('tcfVendor', 'a whole number from 1 to 65535', 'Take it from the Global Vendor List.'));
}

/**
 * An object with no other fields than these. `what` it is; `at` is the field it stands in, if the caller does
 * not name that.
 */
function fieldsOf(
  value: unknown,
  names: readonly string[],
  { what, at = '' }: { readonly what: string; readonly at?: string },
): Parsed<Fields> {
  const object = parseObject(value, what);
  if (!object.ok) return object;
  for (const name of Object.keys(object.value)) {
    if (names.includes(name)) continue;
    const path = at === '' ? name : `${at}/${name}`;
    return err(problem(path, `one of ${names.join(', ')}`, 'Correct or remove the field.'));
  }
  return object;
}

/** A registered origin of data, as settings and imports name it. */
function parseSource(value: unknown, controller: ControllerId): Parsed<Source> {
  const object = fieldsOf(value, SOURCE_FIELDS, { what: 'source' });
  if (!object.ok) return object;
  const fields = object.value;
  const id: Parsed<SourceId> = parseSourceId(fields['id'], 'id');
  if (!id.ok) return id;
  const origin = parseWord(fields['origin'], ['first-party'] as const, 'origin');
  if (!origin.ok) return origin;
  const channel = parseWord(fields['channel'], CHANNELS, 'channel');
  if (!channel.ok) return channel;
  const basis = parseWord(fields['basis'], BASES, 'basis');
  if (!basis.ok) return basis;
  const notice = parseText(fields['notice'], { field: 'notice', lengthMax: LIMITS.idLengthMax });
  if (!notice.ok) return notice;
  const description = parseText(fields['description'], {
    field: 'description',
    lengthMax: LIMITS.titleLengthMax,
  });
  if (!description.ok) return description;
  return ok({
    id: id.value,
    controller,
    origin: origin.value,
    channel: channel.value,
    basis: basis.value,
    noticeId: notice.value,
    description: description.value,
  });
}

/**
 * Before there was a policy file, placements and minPeople stood in the settings. Such homes go on: nothing
 * is narrowed, and what they name is named as before.
 */
function parsePolicy(fields: Fields): Parsed<Policy> {
  const placements = readPlacements(fields['placements'] ?? [], { reasons: false });
  if (!placements.ok) return err(firstOf('placements', placements.error));
  const minPeople = parseMinPeople(fields['minPeople'] ?? LIMITS.peopleInsideMin, 'minPeople');
  if (!minPeople.ok) return minPeople;
  return ok(policyOf({ placements: placements.value, minPeople: minPeople.value }));
}

function firstOf(field: string, problems: readonly Problem[]): Problem {
  const [first] = problems;
  assert(first !== undefined, 'what is refused has a problem');
  return { ...first, field: first.field === '' ? field : `${field}/${first.field}` };
}
