// A placement as a file says it: read, bounded and completed. A field that is not understood is an error, not
// a default: a misspelt cap would otherwise be no cap.

import { LIMITS } from '../kernel/limits.ts';
import { ok } from '../kernel/result.ts';
import { CHANNELS, CHANNEL_PUBLICITY, PUBLICITIES, isMorePublic } from './channel.ts';
import { parseAudienceName, parsePlacementId } from './ids.ts';
import { readMerchandising } from './parse-merchandising.ts';
import { readSubject } from './parse-subject.ts';
import {
  type Parsed,
  type Problem,
  parseList,
  parseNumber,
  parseObject,
  parseText,
  parseWord,
  problem,
} from './parse.ts';
import {
  type Cap,
  DEFAULT_CAP_PER_ITEM,
  DEFAULT_CAP_PER_PERSON,
  type Placement,
  STRATEGIES,
  keepsCap,
} from './placement.ts';
import { SLOT_PURPOSES } from './purpose.ts';
import { type Read, type Reader, readList, readerOf } from './reading.ts';

const FIELDS = [
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
const PLACEMENTS_MAX = 200;

export interface PlacementOptions {
  /** Caps looser than the defaults need a `reason`; a publicity that would change nothing is refused. */
  readonly reasons: boolean;
}

/** All placements, with ids that differ. */
export function readPlacements(value: unknown, options: PlacementOptions): Read<readonly Placement[]> {
  const read = (entry: unknown): Read<Placement> => readPlacement(entry, options);
  const list = readList(value, { countMax: PLACEMENTS_MAX, read });
  if (!list.ok) return list;
  const twice = repeatedId('', list.value);
  return twice === undefined ? list : { ok: false, error: [twice] };
}

/** Ids that all differ: of two that are the same one would silently not count. */
export function repeatedId(field: string, list: readonly { readonly id: string }[]): Problem | undefined {
  const ids = list.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice === undefined) return undefined;
  const at = `${ids.lastIndexOf(twice)}/id`;
  return problem(field === '' ? at : `${field}/${at}`, 'ids that differ', 'Give each its own id.');
}

function readPlacement(value: unknown, { reasons }: PlacementOptions): Read<Placement> {
  const opened = readerOf(value, {
    what: 'placement',
    names: reasons ? [...FIELDS, 'merchandising', 'audience', 'subject', 'reason'] : FIELDS,
  });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const id = reader.take('id', parsePlacementId);
  const purpose = reader.take('purpose', (word, field) => parseWord(word, SLOT_PURPOSES, field));
  const channels = reader.take('channels', parseChannels);
  const publicity = reader.has('publicity')
    ? reader.take('publicity', (word, field) => parseWord(word, PUBLICITIES, field))
    : undefined;
  const strategy = reader.take('strategy', (word, field) => parseWord(word, STRATEGIES, field));
  const itemsMax = reader.take('itemsMax', wholeUpTo(LIMITS.decisionItemsMax), 20);
  const exploreRate = reader.take('exploreRate', parseRate, 0.05);
  const perLeafMax = reader.take('perLeafMax', wholeUpTo(LIMITS.decisionItemsMax), 3);
  const capPerItem = reader.take('capPerItem', parseCap, DEFAULT_CAP_PER_ITEM);
  const capPerPerson = reader.take('capPerPerson', parseCap, DEFAULT_CAP_PER_PERSON);
  const merchandising = reader.has('merchandising')
    ? reader.takeAll('merchandising', (field) =>
        readMerchandising(field, itemsMax ?? LIMITS.decisionItemsMax),
      )
    : undefined;
  const audience = reader.has('audience') ? reader.take('audience', parseAudienceName) : undefined;
  const subject = reader.has('subject') ? reader.takeAll('subject', readSubject) : undefined;
  const reason = reader.has('reason') ? reader.take('reason', parseReason) : undefined;
  if (
    id === undefined ||
    purpose === undefined ||
    channels === undefined ||
    strategy === undefined ||
    itemsMax === undefined ||
    exploreRate === undefined ||
    perLeafMax === undefined ||
    capPerItem === undefined ||
    capPerPerson === undefined
  )
    return reader.done<Placement>(undefined);
  const placement: Placement = {
    id,
    purpose,
    channels,
    ...(publicity === undefined ? {} : { publicity }),
    strategy,
    itemsMax,
    exploreRate,
    perLeafMax,
    capPerItem,
    capPerPerson,
    ...(merchandising === undefined ? {} : { merchandising }),
    ...(audience === undefined ? {} : { audience }),
    ...(subject === undefined ? {} : { subject }),
    ...(reason === undefined ? {} : { reason }),
  };
  if (reasons) refuseSilentLoosening(reader, placement);
  return reader.done(placement);
}

function refuseSilentLoosening(reader: Reader, placement: Placement): void {
  const { publicity, channels, capPerItem, capPerPerson, reason } = placement;
  if (publicity !== undefined && !channels.some((of) => isMorePublic(publicity, CHANNEL_PUBLICITY[of]))) {
    const least = `more public than ${channels.join(', ')} already is`;
    reader.refuse(problem('publicity', least, 'Remove it: a placement never makes a channel more private.'));
  }
  if (reason !== undefined) return;
  const caps = [
    ['capPerItem', capPerItem, DEFAULT_CAP_PER_ITEM],
    ['capPerPerson', capPerPerson, DEFAULT_CAP_PER_PERSON],
  ] as const;
  for (const [field, cap, most] of caps) {
    if (keepsCap(cap, most)) continue;
    const expected = `at most ${most.impressionsMax} in ${most.windowHours} hours, or a reason for more`;
    reader.refuse(problem(field, expected, 'Lower it, or add “reason:” to the placement; it is committed.'));
  }
}

/** Why a default is loosened, in the shop's own words. */
export function parseReason(value: unknown, field: string): Parsed<string> {
  return parseText(value, { field, lengthMax: LIMITS.textLengthMax });
}

function parseChannels(value: unknown, field: string): Parsed<Placement['channels']> {
  const channels = parseList(value, {
    field,
    countMax: CHANNELS.length,
    read: (entry) => parseWord(entry, CHANNELS, 'channel'),
  });
  if (!channels.ok || channels.value.length > 0) return channels;
  return { ok: false, error: problem(field, 'at least one channel', 'Name where it is shown.') };
}

function wholeUpTo(max: number): (value: unknown, field: string) => Parsed<number> {
  return (value, field) => parseNumber(value, { field, min: 1, max, whole: true });
}

function parseRate(value: unknown, field: string): Parsed<number> {
  return parseNumber(value, { field, min: 0, max: 0.5 });
}

/**
 * Decisions are kept so long (`EngineConfig.replayDays`); what was shown before that is not known any more.
 */
export const WINDOW_HOURS_MAX = 30 * 24;
const CAP_FIELDS = ['impressionsMax', 'windowHours'];

/** A cap beyond what is remembered could not be held, so it is refused. */
function parseCap(value: unknown, field: string): Parsed<Cap> {
  const object = parseObject(value, field);
  if (!object.ok) return object;
  const unknown = Object.keys(object.value).find((name) => !CAP_FIELDS.includes(name));
  if (unknown !== undefined) {
    const expected = `one of ${CAP_FIELDS.join(', ')}`;
    return { ok: false, error: problem(`${field}/${unknown}`, expected, 'Correct or remove the field.') };
  }
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
