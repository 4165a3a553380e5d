// How often a shop may come to a person, as the policy file says it. What it leaves out is as strict as the
// defaults; what is looser needs a reason, which is committed to the log.

import { LIMITS } from '../kernel/limits.ts';
import { ok } from '../kernel/result.ts';
import { CHANNELS, type Channel, REACHES_OUT } from './channel.ts';
import {
  type BackOff,
  CAP_SCOPES,
  type ContactCap,
  type ContactRules,
  type HoldOut,
  type QuietHours,
} from './contact.ts';
import { type Parsed, parseList, parseNumber, parseWord, problem } from './parse.ts';
import { WINDOW_HOURS_MAX, parseReason } from './parse-placement.ts';
import { readCampaigns } from './parse-campaigns.ts';
import { keepsCap } from './placement.ts';
import { type Read, type Reader, readList, readerOf } from './reading.ts';

const FIELDS = ['caps', 'quietHours', 'backOff', 'holdOut', 'campaigns', 'reason'];
const CAPS_MAX = 20;
const DAY_MINUTES = 24 * 60;

/**
 * Two contacts a week, and two of one campaign a month, over e-mail, push and letter together. No study says
 * which number is right for whom (the usual “three” has none behind it); these are low on purpose.
 */
const DEFAULT_CONTACT_CAPS: readonly ContactCap[] = [
  { per: 'person', channels: REACHES_OUT, impressionsMax: 2, windowHours: 168 },
  { per: 'campaign', channels: REACHES_OUT, impressionsMax: 2, windowHours: 720 },
];
/** A telephone that hums at night is worse than a mail that waits. */
const DEFAULT_QUIET_HOURS: QuietHours = { fromMinute: 21 * 60, toMinute: 8 * 60, channels: ['push'] };
const DEFAULT_BACK_OFF: BackOff = { silentMax: 3, gapDays: 7, gapDaysMax: 180 };
export const DEFAULT_CONTACT: ContactRules = {
  caps: DEFAULT_CONTACT_CAPS,
  quietHours: DEFAULT_QUIET_HOURS,
  backOff: DEFAULT_BACK_OFF,
};

/** What `holdOut: {}` says: one week in twenty, and two purchases in a thousand contacts. */
const USUAL_HOLD_OUT: HoldOut = { rate: 0.05, channels: REACHES_OUT, responseMin: 0.002 };

/**
 * Reads `contact` of a policy file. Example: `{caps: [{per: person, impressionsMax: 1, windowHours: 168}]}`.
 */
export function readContact(value: unknown): Read<ContactRules> {
  const opened = readerOf(value, { what: '', names: FIELDS });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const caps = reader.has('caps')
    ? reader.takeAll('caps', (list) => readList(list, { countMax: CAPS_MAX, read: readCap }))
    : DEFAULT_CONTACT_CAPS;
  const quietHours = reader.has('quietHours')
    ? reader.takeAll('quietHours', readQuietHours)
    : DEFAULT_QUIET_HOURS;
  const backOff = reader.has('backOff') ? reader.takeAll('backOff', readBackOff) : DEFAULT_BACK_OFF;
  const holdOut = reader.has('holdOut') ? reader.takeAll('holdOut', readHoldOut) : undefined;
  const campaigns = reader.has('campaigns') ? reader.takeAll('campaigns', readCampaigns) : undefined;
  const reason = reader.has('reason') ? reader.take('reason', parseReason) : undefined;
  if (caps === undefined || quietHours === undefined || backOff === undefined)
    return reader.done<ContactRules>(undefined);
  const rules = {
    ...{ caps, quietHours, backOff },
    ...(holdOut === undefined ? {} : { holdOut }),
    ...(campaigns === undefined ? {} : { campaigns }),
    ...(reason === undefined ? {} : { reason }),
  };
  if (!reader.has('reason')) refuseSilentLoosening(reader, rules);
  return reader.done(rules);
}

function readCap(value: unknown): Read<ContactCap> {
  const opened = readerOf(value, { what: '', names: ['per', 'channels', 'impressionsMax', 'windowHours'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const per = reader.take('per', (word, field) => parseWord(word, CAP_SCOPES, field));
  const channels = reader.take('channels', parseChannels, per === 'leaf' ? CHANNELS : REACHES_OUT);
  const impressionsMax = reader.take('impressionsMax', (entry, field) =>
    parseNumber(entry, { field, min: 1, max: LIMITS.exposuresPerPersonMax, whole: true }),
  );
  const windowHours = reader.take('windowHours', (entry, field) =>
    parseNumber(entry, { field, min: 1, max: WINDOW_HOURS_MAX }),
  );
  if (
    per === undefined ||
    channels === undefined ||
    impressionsMax === undefined ||
    windowHours === undefined
  )
    return reader.done<ContactCap>(undefined);
  return reader.done({ per, channels, impressionsMax, windowHours });
}

/** Each once and in the order of our list, so that two files that mean the same are the same policy. */
function parseChannels(value: unknown, field: string): Parsed<readonly Channel[]> {
  const list = parseList(value, {
    field,
    countMax: CHANNELS.length,
    read: (entry) => parseWord(entry, CHANNELS, 'channel'),
  });
  if (!list.ok) return list;
  if (list.value.length === 0) {
    const remedy = `Name channels, for instance [${REACHES_OUT.join(', ')}].`;
    return { ok: false, error: problem(field, 'at least one channel', remedy) };
  }
  return ok(CHANNELS.filter((channel) => list.value.includes(channel)));
}

function readQuietHours(value: unknown): Read<QuietHours> {
  const opened = readerOf(value, { what: '', names: ['from', 'to', 'channels'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const fromMinute = reader.take('from', parseClock);
  const toMinute = reader.take('to', parseClock);
  const channels = reader.take('channels', parseChannels, DEFAULT_QUIET_HOURS.channels);
  if (fromMinute === undefined || toMinute === undefined || channels === undefined)
    return reader.done<QuietHours>(undefined);
  return reader.done({ fromMinute, toMinute, channels });
}

/** YAML 1.1 reads `21:00` as 1260, a number to the base of sixty: quoted or not, the same minute is meant. */
function parseClock(value: unknown, field: string): Parsed<number> {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < DAY_MINUTES)
    return ok(value);
  const parts = typeof value === 'string' ? /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(value) : null;
  if (parts !== null) return ok(Number(parts[1]) * 60 + Number(parts[2]));
  return {
    ok: false,
    error: problem(field, 'a time of day from 0:00 to 23:59', 'Write for instance "21:00".'),
  };
}

function readBackOff(value: unknown): Read<BackOff> {
  const opened = readerOf(value, { what: '', names: ['silentMax', 'gapDays', 'gapDaysMax'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const take = (name: keyof BackOff, max: number): number | undefined =>
    reader.take(
      name,
      (entry, field) => parseNumber(entry, { field, min: 1, max, whole: true }),
      DEFAULT_BACK_OFF[name],
    );
  const [silentMax, gapDays, gapDaysMax] = [
    take('silentMax', 50),
    take('gapDays', 365),
    take('gapDaysMax', 3650),
  ];
  if (silentMax === undefined || gapDays === undefined || gapDaysMax === undefined)
    return reader.done<BackOff>(undefined);
  return reader.done({ silentMax, gapDays, gapDaysMax });
}

/** Rarer than one week in fifty, nothing would ever be learned; more than every other would be silence. */
function readHoldOut(value: unknown): Read<HoldOut> {
  const opened = readerOf(value, { what: '', names: ['rate', 'channels', 'responseMin'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const usual = USUAL_HOLD_OUT;
  const share = (name: 'rate' | 'responseMin', min: number): number | undefined =>
    reader.take(name, (entry, field) => parseNumber(entry, { field, min, max: 0.5 }), usual[name]);
  const [rate, responseMin] = [share('rate', 0.02), share('responseMin', 0)];
  const channels = reader.take('channels', parseReaching, usual.channels);
  if (rate === undefined || channels === undefined || responseMin === undefined)
    return reader.done<HoldOut>(undefined);
  return reader.done({ rate, channels, responseMin });
}

/** A page or a till answers somebody who came: there is nothing to withhold. */
function parseReaching(value: unknown, field: string): Parsed<readonly Channel[]> {
  const channels = parseChannels(value, field);
  if (!channels.ok || channels.value.every((each) => REACHES_OUT.includes(each))) return channels;
  const remedy = `Name channels on which the shop speaks first: ${REACHES_OUT.join(', ')}.`;
  return { ok: false, error: problem(field, `only ${REACHES_OUT.join(', ')}`, remedy) };
}

/** A cap of ours that none of the file's keeps, a shorter night, a softer back-off. */
function refuseSilentLoosening(reader: Reader, { caps, quietHours, backOff }: ContactRules): void {
  const refuse = (field: string, expected: string): void =>
    reader.refuse(
      problem(field, `${expected}, or a reason`, 'Or add “reason:” to contact; it is committed.'),
    );
  for (const most of DEFAULT_CONTACT_CAPS) {
    if (caps.some((cap) => keepsContactCap(cap, most))) continue;
    const { per, channels, impressionsMax, windowHours } = most;
    refuse('caps', `${per}: at most ${impressionsMax} in ${windowHours} hours over ${channels.join(', ')}`);
  }
  if (!coversNight(quietHours)) refuse('quietHours', 'quiet from 21:00 to 8:00 on push');
  const usual = DEFAULT_BACK_OFF;
  if (
    backOff.silentMax > usual.silentMax ||
    backOff.gapDays < usual.gapDays ||
    backOff.gapDaysMax < usual.gapDaysMax
  )
    refuse(
      'backOff',
      `at most ${usual.silentMax} silent, gaps of ${usual.gapDays} to ${usual.gapDaysMax} days`,
    );
}

/** Whether whoever keeps `cap` keeps `other`: it counts at least what the other counts. */
export function keepsContactCap(cap: ContactCap, other: ContactCap): boolean {
  const countsAll = cap.per === other.per || (cap.per === 'person' && other.per === 'campaign');
  return countsAll && other.channels.every((each) => cap.channels.includes(each)) && keepsCap(cap, other);
}

function coversNight({ fromMinute, toMinute, channels }: QuietHours): boolean {
  const night = DEFAULT_QUIET_HOURS;
  const isWhole = fromMinute > toMinute && fromMinute <= night.fromMinute && toMinute >= night.toMinute;
  return isWhole && night.channels.every((each) => channels.includes(each));
}
