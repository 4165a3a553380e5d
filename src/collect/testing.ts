// Owns: what the tests of this stage share: a context with registered sources, and ids. Of signals it reads
// as much as these tests need; how they are read is for `consent`.

import type { Channel } from '../facts/channel.ts';
import { parseControllerId, parseSourceId } from '../facts/ids.ts';
import type { ControllerId, SourceId } from '../facts/ids.ts';
import { assert } from '../kernel/assert.ts';
import { isObject } from './allow.ts';
import type { CollectContext } from './intake.ts';

export const NOW_MS = 1_770_000_000_000;

export function controllerId(text: string): ControllerId {
  const id = parseControllerId(text);
  assert(id.ok, 'the test names a controller');
  return id.value;
}

export function sourceId(text: string): SourceId {
  const id = parseSourceId(text);
  assert(id.ok, 'the test names a source');
  return id.value;
}

const CHANNELS: ReadonlyMap<string, Channel> = new Map([
  ['web-shop', 'web'],
  ['till', 'till'],
]);

export const context: CollectContext = {
  controller: controllerId('shop'),
  source: sourceId('web-shop'),
  channelOf: (source) => CHANNELS.get(source),
  nowMs: NOW_MS,
  readSignals: ({ gpc = false, signals = {} }) => {
    const words = isObject(signals) ? signals : { gpc: true };
    const { gpc: inside = false, att } = words;
    const tracked = att === undefined ? {} : { ends: ['advertise' as const], apart: true };
    return { gpc: gpc !== false || inside !== false, ...tracked };
  },
};
