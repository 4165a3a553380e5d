// A company's settings as they stand in `fineline.yaml`: read, bounded and completed. A field that is not
// understood is an error, not a default: a misspelt cap would otherwise be no cap.

import { utf8 } from '../kernel/bytes.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { CHANNELS, type Channel, type Publicity } from '../facts/channel.ts';
import {
  type ControllerId,
  type SourceId,
  parseControllerId,
  parsePlacementId,
  parseSourceId,
} from '../facts/ids.ts';
import {
  type Parsed,
  type Problem,
  parseList,
  parseNumber,
  parseObject,
  parseText,
  parseWord,
  problem,
} from '../facts/parse.ts';
import { type Place, parsePlace } from '../facts/place.ts';
import type { Cap, Placement, Policy } from '../facts/placement.ts';
import { GRANTABLE_PURPOSES } from '../facts/purpose.ts';
import { BASES, type Source } from '../facts/source.ts';

/** What the file says. */
export interface Settings {
  readonly controller: ControllerId;
  readonly place?: Place;
  readonly sources: readonly Source[];
  readonly policy: Policy;
}

type Fields = Readonly<Record<string, unknown>>;

const SETTINGS_FIELDS = ['controller', 'place', 'minPeople', 'sources', 'placements'];
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
  const policy = parsePolicy(fields);
  if (!policy.ok) return policy;
  const settings = { controller: controller.value, sources: sources.value, policy: policy.value };
  return ok(place === undefined ? settings : { ...settings, place: place.value });
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

/** Ids that all differ: of two that are the same one would silently not count. */
function repeatedId(field: string, list: readonly { readonly id: string }[]): Problem | undefined {
  const ids = list.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice === undefined) return undefined;
  return problem(`${field}/${ids.lastIndexOf(twice)}/id`, 'ids that differ', 'Give each its own id.');
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

function parsePolicy(fields: Fields): Parsed<Policy> {
  const placements = parseList(fields['placements'] ?? [], {
    field: 'placements',
    countMax: 200,
    read: parsePlacement,
  });
  if (!placements.ok) return placements;
  const twice = repeatedId('placements', placements.value);
  if (twice !== undefined) return err(twice);
  const minPeople = parseNumber(fields['minPeople'] ?? LIMITS.peopleInsideMin, {
    field: 'minPeople',
    min: LIMITS.peopleInsideMin,
    max: 10_000,
    whole: true,
  });
  if (!minPeople.ok) return minPeople;
  const body = { placements: placements.value, minPeople: minPeople.value };
  // Only JSON values went in, so the canonical text is that of a plain object.
  const version = sha256Hex(utf8(canonicalJson(JSON.parse(JSON.stringify(body)) as never)));
  return ok({ version, ...body });
}

const PLACEMENT_FIELDS = [
  'id',
  'purpose',
  'channels',
  'publicity',
  'strategy',
  'itemsMax',
  'exploreRate',
  'capPerItem',
  'capPerPerson',
  'perLeafMax',
];
const PUBLICITIES: readonly Publicity[] = ['own-screen', 'shared-screen', 'open'];

function parsePlacement(value: unknown): Parsed<Placement> {
  const object = fieldsOf(value, PLACEMENT_FIELDS, { what: 'placement' });
  if (!object.ok) return object;
  const fields = object.value;
  const id = parsePlacementId(fields['id'], 'id');
  if (!id.ok) return id;
  const purpose = parseWord(fields['purpose'], GRANTABLE_PURPOSES, 'purpose');
  if (!purpose.ok) return purpose;
  const readChannel = (entry: unknown): Parsed<Channel> => parseWord(entry, CHANNELS, 'channel');
  const channels = parseList(fields['channels'], {
    field: 'channels',
    countMax: CHANNELS.length,
    read: readChannel,
  });
  if (!channels.ok) return channels;
  if (channels.value.length === 0)
    return err(problem('channels', 'at least one channel', 'Name where it is shown.'));
  const publicity =
    fields['publicity'] === undefined ? undefined : parseWord(fields['publicity'], PUBLICITIES, 'publicity');
  if (publicity?.ok === false) return publicity;
  const strategy = parseWord(fields['strategy'], ['for-you', 'complements'] as const, 'strategy');
  if (!strategy.ok) return strategy;
  const numbers = parseNumbers(fields);
  if (!numbers.ok) return numbers;
  const capPerItem = parseCap(fields['capPerItem'] ?? { impressionsMax: 20, windowHours: 168 }, 'capPerItem');
  if (!capPerItem.ok) return capPerItem;
  const capPerPerson = parseCap(
    fields['capPerPerson'] ?? { impressionsMax: 300, windowHours: 24 },
    'capPerPerson',
  );
  if (!capPerPerson.ok) return capPerPerson;
  return ok({
    id: id.value,
    purpose: purpose.value,
    channels: channels.value,
    ...(publicity === undefined ? {} : { publicity: publicity.value }),
    strategy: strategy.value,
    ...numbers.value,
    capPerItem: capPerItem.value,
    capPerPerson: capPerPerson.value,
  });
}

function parseNumbers(fields: Fields): Parsed<Pick<Placement, 'itemsMax' | 'exploreRate' | 'perLeafMax'>> {
  const itemsMax = parseNumber(fields['itemsMax'] ?? 20, {
    field: 'itemsMax',
    min: 1,
    max: LIMITS.decisionItemsMax,
    whole: true,
  });
  if (!itemsMax.ok) return itemsMax;
  const exploreRate = parseNumber(fields['exploreRate'] ?? 0.05, { field: 'exploreRate', min: 0, max: 0.5 });
  if (!exploreRate.ok) return exploreRate;
  const perLeafMax = parseNumber(fields['perLeafMax'] ?? 3, {
    field: 'perLeafMax',
    min: 1,
    max: LIMITS.decisionItemsMax,
    whole: true,
  });
  if (!perLeafMax.ok) return perLeafMax;
  return ok({ itemsMax: itemsMax.value, exploreRate: exploreRate.value, perLeafMax: perLeafMax.value });
}

/**
 * Decisions are kept so long (`EngineConfig.replayDays`); what was shown before that is not known any more.
 */
const WINDOW_HOURS_MAX = 30 * 24;

/** A cap beyond what is remembered could not be held, so it is refused. */
function parseCap(value: unknown, field: string): Parsed<Cap> {
  const object = fieldsOf(value, ['impressionsMax', 'windowHours'], { what: field, at: field });
  if (!object.ok) return object;
  const impressionsMax = parseNumber(object.value['impressionsMax'], {
    field: `${field}/impressionsMax`,
    min: 1,
    max: LIMITS.exposuresPerPersonMax,
    whole: true,
  });
  if (!impressionsMax.ok) return impressionsMax;
  const windowHours = parseNumber(object.value['windowHours'], {
    field: `${field}/windowHours`,
    min: 1,
    max: WINDOW_HOURS_MAX,
  });
  if (!windowHours.ok) return windowHours;
  return ok({ impressionsMax: impressionsMax.value, windowHours: windowHours.value });
}
