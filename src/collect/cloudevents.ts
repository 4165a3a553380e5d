// Owns: the CloudEvents envelope (CNCF CloudEvents 1.0.2, JSON event format, structured mode and batch). What
// is inside is one of the other formats. Two extensions protect people and are obeyed, not passed over: data
// classification (a consumer that is unsure of a label must reject the event) and expirytime.

import { type SourceId, parseSourceId } from '../facts/ids.ts';
import { type Parsed, parseText, problem } from '../facts/parse.ts';
import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';
import { isObject, pick } from './allow.ts';
import { parseTime } from './draft.ts';
import type { Envelope } from './emit.ts';
import type { Intake } from './intake.ts';

export interface OpenedCloudEvent {
  readonly envelope: Envelope;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const ATTRIBUTES = [
  'specversion',
  'id',
  'source',
  'type',
  'time',
  'datacontenttype',
  'data',
  'expirytime',
  'dataclassification',
  'dataregulation',
  'datacategory',
] as const;

/** Labels whose demands we meet: data is encrypted per person, used under consent only, kept for a term. */
const CLASSIFICATIONS: readonly string[] = ['public', 'internal', 'confidential'];
/** Laws that have a jurisdiction pack. HIPAA, PCI-DSS and the like ask for things we do not do. */
const REGULATIONS: readonly string[] = ['GDPR', 'UK-GDPR', 'CCPA', 'CPRA', 'LGPD', 'PDPL', 'PDPA', 'DPDP'];
/** Sensitive and special categories are absent on purpose: no shop event may carry them. */
const CATEGORIES: readonly string[] = ['non-sensitive', 'standard', 'non-sensitive-pii', 'non-pii'];

const jsonTypePattern = /^\s*[\w.+-]+\/(?:[\w.-]+\+)?json\s*(?:;.*)?$/i;

/** Checks the envelope and takes the payload out. */
export function openCloudEvent(
  message: Readonly<Record<string, unknown>>,
  intake: Intake,
): Parsed<OpenedCloudEvent> {
  const given = pick(message, { allowed: ATTRIBUTES, path: '', tally: intake.tally });
  if (given.specversion !== '1.0') {
    return err(problem('specversion', '"1.0"', 'Send CloudEvents 1.0.'));
  }
  const id = parseText(given.id, { field: 'id', lengthMax: LIMITS.idLengthMax });
  if (!id.ok) return id;
  const source = parseText(given.source, { field: 'source', lengthMax: LIMITS.urlLengthMax });
  if (!source.ok) return source;
  if (/\s/.test(source.value)) return err(problem('source', 'a URI reference', 'Remove the white space.'));
  const type = parseText(given.type, { field: 'type', lengthMax: LIMITS.titleLengthMax });
  if (!type.ok) return type;
  const labels = checkLabels(given);
  if (!labels.ok) return labels;
  const expiry = given.expirytime === undefined ? ok(undefined) : parseTime(given.expirytime, 'expirytime');
  if (!expiry.ok) return expiry;
  if (expiry.value !== undefined && expiry.value <= intake.context.nowMs) {
    return err(
      problem('expirytime', 'a time in the future', 'The event had expired when it came; nothing is kept.'),
    );
  }
  const time = given.time === undefined ? ok(undefined) : parseTime(given.time, 'time');
  if (!time.ok) return time;
  const data = openData(given.data, given.datacontenttype);
  if (!data.ok) return data;
  const registered = registeredSource(source.value, intake);
  const envelope: Envelope = {
    // A space cannot stand in a URI, so this names source and id without doubt: together they are unique.
    id: `${source.value} ${id.value}`,
    ...(time.value === undefined ? {} : { time: time.value }),
    ...(registered === undefined ? {} : { source: registered }),
    ...(expiry.value === undefined ? {} : { notAfterMs: expiry.value }),
  };
  return ok({ envelope, type: type.value, data: data.value });
}

function openData(data: unknown, contentType: unknown): Parsed<Readonly<Record<string, unknown>>> {
  if (contentType !== undefined && (typeof contentType !== 'string' || !jsonTypePattern.test(contentType))) {
    return err(problem('datacontenttype', 'a JSON media type', 'Send the payload as JSON in data.'));
  }
  return isObject(data) ? ok(data) : err(problem('data', 'a JSON object', 'Put the event itself there.'));
}

/** The sender's name of itself counts where it is registered; otherwise the source of its key does. */
function registeredSource(text: string, intake: Intake): SourceId | undefined {
  const source = parseSourceId(text);
  return source.ok && intake.context.channelOf(source.value) !== undefined ? source.value : undefined;
}

interface Labels {
  readonly dataclassification?: unknown;
  readonly dataregulation?: unknown;
  readonly datacategory?: unknown;
}

function checkLabels(given: Labels): Parsed<undefined> {
  const { dataclassification, dataregulation, datacategory } = given;
  const labelled = [dataclassification, dataregulation, datacategory].some((label) => label !== undefined);
  if (!labelled) return ok(undefined);
  const refused = (field: string, words: readonly string[]): Parsed<undefined> =>
    err(
      problem(
        field,
        `one of ${words.join(', ')}`,
        'An event with another label must be rejected; send it elsewhere.',
      ),
    );
  if (!isOneOf(dataclassification, CLASSIFICATIONS)) return refused('dataclassification', CLASSIFICATIONS);
  if (dataregulation !== undefined) {
    const laws =
      typeof dataregulation === 'string' ? dataregulation.split(',').map((law) => law.trim()) : [''];
    if (!laws.every((law) => isOneOf(law, REGULATIONS))) return refused('dataregulation', REGULATIONS);
  }
  if (datacategory !== undefined && !isOneOf(datacategory, CATEGORIES))
    return refused('datacategory', CATEGORIES);
  return ok(undefined);
}

function isOneOf(value: unknown, words: readonly string[]): boolean {
  return typeof value === 'string' && words.includes(value);
}
