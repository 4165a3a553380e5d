// Owns: telling the formats apart. Each has a field that no other has, so that a sender need not say what it
// speaks; what has none of them is refused with the list of what would be understood.

import { EVENT_KINDS, type EventKind } from '../facts/event.ts';
import { isObject } from './allow.ts';
import { SEGMENT_TYPES } from './segment.ts';

export type Format =
  | 'cloudevent'
  | 'consent'
  | 'segment-batch'
  | 'segment'
  | 'ga4-batch'
  | 'ga4'
  | 'data-layer'
  | 'plain';

/** The format of one message, `undefined` if it is none. The order matters where a payload could be two. */
export function formatOf(message: Readonly<Record<string, unknown>>): Format | undefined {
  if (message['fineline'] === 'consent') return 'consent';
  if ('specversion' in message) return 'cloudevent';
  if (Array.isArray(message['batch'])) return 'segment-batch';
  if (Array.isArray(message['events'])) return 'ga4-batch';
  if (typeof message['type'] === 'string' && SEGMENT_TYPES.includes(message['type'])) return 'segment';
  if (typeof message['name'] === 'string' && isObject(message['params'])) return 'ga4';
  if (typeof message['event'] === 'string' && isObject(message['ecommerce'])) return 'data-layer';
  if ('kind' in message) return 'plain';
  return undefined;
}

/**
 * The kind that a CloudEvents type names in one of its steps: `com.example.shop.basket-add.v1` →
 * `basket-add`.
 */
export function kindInType(type: string): EventKind | undefined {
  return type
    .split(/[./:]/)
    .reduceRight<EventKind | undefined>(
      (found, step) => found ?? EVENT_KINDS.find((kind) => kind === step),
      undefined,
    );
}
