// A townsperson as the engine has them: deeds admitted and folded, facts behind the door. Everybody here has
// said yes to everything, which is the hardest case for the guards: whoever says no gets the list of a
// stranger, and that tells nothing.

import { admit } from '../../src/consent/admit.ts';
import { EMPTY_CHAIN, foldConsent, nextConsentRecord } from '../../src/consent/chain.ts';
import { EU } from '../../src/consent/packs.ts';
import { permit } from '../../src/consent/permit.ts';
import type { SensitiveLookup } from '../../src/facts/fact.ts';
import {
  type ItemId,
  type SourceId,
  parseControllerId,
  parseEventId,
  parsePersonId,
  parseSourceId,
} from '../../src/facts/ids.ts';
import { type Item, SENSITIVE_CLASSES, type SensitiveClass } from '../../src/facts/item.ts';
import type { Permissions } from '../../src/facts/permissions.ts';
import { NO_SIGNALS } from '../../src/facts/signals.ts';
import type { Purpose } from '../../src/facts/purpose.ts';
import { isRefusal } from '../../src/facts/refusal.ts';
import type { Source } from '../../src/facts/source.ts';
import type { View } from '../../src/facts/view.ts';
import { assert } from '../../src/kernel/assert.ts';
import type { Result } from '../../src/kernel/result.ts';
import { DAY_MS } from '../../src/kernel/time.ts';
import { open } from '../../src/profile/door.ts';
import { type MutableProfile, emptyProfile, foldEvent } from '../../src/profile/fold.ts';
import { type Deed, KINDS, SOURCE_IDS, END_MS } from './town-log.ts';
import { BEFORE_NOTICES } from '../../src/consent/testing.ts';

function must<T>(parsed: Result<T, unknown>): T {
  assert(parsed.ok, 'names of the town can be read');
  return parsed.value;
}

const TOWN = must(parseControllerId('town'));
const SOMEBODY = must(parsePersonId('somebody'));
const SOURCES: ReadonlyMap<SourceId, Source> = new Map(
  SOURCE_IDS.map((name): [SourceId, Source] => {
    const id = must(parseSourceId(name));
    const channel = name === 'town-till' ? 'till' : name === 'town-app' ? 'app' : 'web';
    const more = { controller: TOWN, origin: 'first-party', basis: 'consent', noticeId: 'n' } as const;
    return [id, { ...more, id, channel, description: name }];
  }),
);
const SOURCE_LIST = [...SOURCES.values()];

/** Before anything that any of the data tells of: a year at most. */
const SAID_MS = END_MS - 400 * DAY_MS;

const CHAIN = foldConsent(
  EMPTY_CHAIN,
  nextConsentRecord(EMPTY_CHAIN, {
    controller: TOWN,
    changes: (['purchases', 'browsing', 'basket', 'interactions'] as const).flatMap((category) =>
      (['recommend', 'improve', 'contact', 'guard'] as const).map((purpose) => ({
        category,
        purpose,
        state: 'given' as const,
      })),
    ),
    notice: { id: 'n', language: 'en' },
    method: 'import',
    pack: EU,
    timeMs: SAID_MS,
  }),
);

const permissionsAt = new Map<number, Permissions>();

function permissions(nowMs: number): Permissions {
  const known = permissionsAt.get(nowMs);
  if (known !== undefined) return known;
  const place = { country: 'DE' };
  const said = { chain: CHAIN, revocations: 0, pack: EU, place, signals: NO_SIGNALS, ageYears: undefined };
  const made = permit({ ...said, nowMs, notices: BEFORE_NOTICES });
  permissionsAt.set(nowMs, made);
  return made;
}

/** A life that is folded as far as it has been lived. */
export interface Life {
  readonly profile: MutableProfile;
  /** Folds what happened until then. */
  readonly liveUntil: (timeMs: number) => void;
}

/** `without`: a thing that this person never had to do with, because it is what is asked for. */
export function lifeOf(deeds: readonly Deed[], items: readonly Item[], without: number): Life {
  const profile = emptyProfile();
  let at = 0;
  const liveUntil = (timeMs: number): void => {
    for (let deed = deeds[at]; deed !== undefined && deed.timeMs < timeMs; deed = deeds[(at += 1)]) {
      if (deed.thing !== without) fold(profile, deed, { items, id: `e${at}` });
    }
  };
  return { profile, liveUntil };
}

function fold(
  profile: MutableProfile,
  deed: Deed,
  { items, id }: { readonly items: readonly Item[]; readonly id: string },
): void {
  const item = items[deed.thing];
  const source = SOURCE_LIST[deed.source];
  const kind = KINDS[deed.kind];
  assert(item !== undefined && source !== undefined && kind !== undefined, 'the deed is in the tables');
  const event = admit({
    event: {
      id: must(parseEventId(id)),
      kind,
      person: SOMEBODY,
      controller: TOWN,
      source: source.id,
      channel: source.channel,
      timeMs: deed.timeMs,
      lines: [{ item: item.id, quantity: deed.quantity }],
    },
    source,
    permissions: permissions(deed.timeMs),
  });
  assert(!isRefusal(event), 'what everybody allows is admitted');
  foldEvent(profile, event);
}

const NO_CLASSES: ReadonlySet<SensitiveClass> = new Set();
const ALL_CLASSES: ReadonlySet<SensitiveClass> = new Set(SENSITIVE_CLASSES);
const NONE: ReadonlySet<string> = new Set();

/**
 * Through the door, as the engine goes. Volunteers for `guard` have opened the classes for that purpose by
 * their own word.
 */
export function viewOf(
  profile: MutableProfile,
  asking: { readonly purpose: Purpose; readonly nowMs: number; readonly sensitiveOf: SensitiveLookup },
): View {
  const { purpose, nowMs, sensitiveOf } = asking;
  const view = open({
    identities: [{ profile, permissions: permissions(nowMs), restricted: NONE }],
    purpose,
    controller: TOWN,
    sources: SOURCES,
    sensitiveOf,
    declaredClasses: purpose === 'guard' ? ALL_CLASSES : NO_CLASSES,
  });
  assert(!isRefusal(view), 'the door is open to what everybody allows');
  return view;
}

/** Lookup of a catalogue, as the engine's shelves have it. */
export function sensitiveLookup(items: readonly Item[]): SensitiveLookup {
  const byId = new Map<ItemId, Item>(items.map((item) => [item.id, item]));
  return (id) => {
    const item = byId.get(id);
    return item === undefined ? 'unknown' : item.sensitive;
  };
}
