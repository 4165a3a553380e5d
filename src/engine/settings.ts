// A company's settings as they stand in `fineline.yaml`: read, bounded and completed. A field that is not
// understood is an error, not a default: a misspelt cap would otherwise be no cap.

import { assert } from '../kernel/assert.ts';
import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';
import { noticeProblems } from '../consent/notices.ts';
import { CHANNELS } from '../facts/channel.ts';
import { type ControllerId, type SourceId, parseControllerId, parseSourceId } from '../facts/ids.ts';
import { type Parsed, type Problem, parseList, parseText, parseWord, problem } from '../facts/parse.ts';
import type { Notice } from '../facts/notice.ts';
import { parseNotice } from '../facts/parse-notice.ts';
import { readPlacements, repeatedId } from '../facts/parse-placement.ts';
import { parseMinPeople, policyOf } from '../facts/parse-policy.ts';
import { type Place, parsePlace } from '../facts/place.ts';
import type { Policy } from '../facts/policy.ts';
import { BASES, type Source } from '../facts/source.ts';
import { type ClusterSettings, parseCluster } from './cluster-settings.ts';
import { type Fields, fieldsOf } from './settings-fields.ts';
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

/** Vendor ids have 16 bits. */
function parseVendor(value: unknown): Parsed<number> | undefined {
  if (value === undefined) return undefined;
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535
    ? ok(Number(value))
    : err(problem('tcfVendor', 'a whole number from 1 to 65535', 'Take it from the Global Vendor List.'));
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
