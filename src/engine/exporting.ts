// What is known of a person, for that person: access (GDPR 15) as a readable answer, portability (GDPR 20) as
// everything that is kept.

import type { JsonObject } from '../kernel/canonical.ts';
import { DAY_MS, isoInstant } from '../kernel/time.ts';
import { REACHES_OUT } from '../facts/channel.ts';
import { CATEGORY_DPV, DATA_CATEGORIES } from '../facts/category.ts';
import type { Entry } from '../facts/entry.ts';
import type { Fact } from '../facts/fact.ts';
import { CONSENT_STATE_DPV } from '../facts/grant.ts';
import type { PersonId } from '../facts/ids.ts';
import { packVersion } from '../facts/pack.ts';
import { GRANTABLE_PURPOSES, PURPOSES, PURPOSE_DPV, type Purpose } from '../facts/purpose.ts';
import type { Core } from './core.ts';
import { entryText, openEntry } from './journal.ts';
import { inhumanAs } from './learning.ts';
import type { Person } from './person.ts';
import { askedNow, openView, permissionsOf } from './viewing.ts';
import { isRefusal } from '../facts/refusal.ts';
import type { Inhuman } from '../learn/inhuman.ts';

/** Facts with origin, basis, end, and the purposes that may use each one now; grants as they stand. */
export async function describePerson(
  core: Core,
  id: PersonId,
): Promise<JsonObject | 'no-such-person' | 'erased'> {
  const person = await core.people.fresh(id);
  if (person === undefined) return 'no-such-person';
  if (person === 'erased') return 'erased';
  const asked = askedNow(core);
  const permissions = permissionsOf(core, person, asked);
  const mayUse = usesOfFacts(core, person);
  const inhuman = inhumanAs(core, person);
  return {
    person: id,
    controller: core.config.controller,
    pack: packVersion(permissions.pack),
    place: permissions.place === undefined ? null : { ...permissions.place },
    facts: [...person.profile.facts.values()].map((fact) =>
      describeFact(core, fact, {
        purposes: mayUse.get(fact.key) ?? [],
        restricted: person.restricted.has(fact.key),
        times: timesOf(person, fact),
      }),
    ),
    consent: describeConsent(person),
    allowed: allowedNow(core, person),
    declared: declaredNow(core, person),
    joined: person.links.map(({ other }) => other),
    decisionsRemembered: person.given.length,
    ...(inhuman === undefined ? {} : { notLearnedFrom: NOT_LEARNED[inhuman] }),
    contacts: { days: CONTACT_DAYS, count: contactsOf(person, asked.nowMs) },
  };
}

/** When it was bought or looked at, as far as that is kept. */
function timesOf({ profile }: Person, { key, kind }: Fact): readonly number[] | undefined {
  if (kind !== 'viewed') return profile.boughtAt.get(key);
  const times = profile.looks.filter((look) => look.key === key).map(({ timeMs }) => timeMs);
  return times.length === 0 ? undefined : times;
}

/** What learning is told to leave out, and this person alone is told of it: they are served like anybody. */
const NOT_LEARNED: Readonly<Record<Inhuman, string>> = {
  'too-many-purchases': 'not learned from: more purchases in a day than a person makes',
  'no-rest': 'not learned from: orders around the clock, as no person makes them',
};

/** The window in which a person is told how often the shop spoke to them first. */
const CONTACT_DAYS = 30;

/** Lists on e-mail, push and letter, as the caps count them (decide/pressure.ts); under this name alone. */
function contactsOf({ given }: Person, nowMs: number): number {
  const sinceMs = nowMs - CONTACT_DAYS * DAY_MS;
  return given.filter(
    ({ channel, timeMs }) => channel !== undefined && REACHES_OUT.includes(channel) && timeMs > sinceMs,
  ).length;
}

function usesOfFacts(core: Core, person: Person): ReadonlyMap<string, Purpose[]> {
  const uses = new Map<string, Purpose[]>();
  for (const purpose of PURPOSES) {
    const view = openView(core, { person, joined: [] }, { purpose, asked: askedNow(core) });
    if (isRefusal(view)) continue;
    const heldKeys = new Set(view.held().map(({ key }) => key));
    for (const key of person.profile.facts.keys()) {
      if (heldKeys.has(key)) continue;
      uses.set(key, [...(uses.get(key) ?? []), purpose]);
    }
  }
  return uses;
}

interface Described {
  readonly purposes: readonly Purpose[];
  readonly restricted: boolean;
  /** When it was bought or looked at, as far as that is kept. */
  readonly times: readonly number[] | undefined;
}

function describeFact(core: Core, fact: Fact, { purposes, restricted, times }: Described): JsonObject {
  return {
    key: fact.key,
    kind: fact.kind,
    category: fact.category,
    ...(fact.item === undefined
      ? {}
      : { item: fact.item, title: core.shelves.items().get(fact.item)?.title ?? null }),
    ...(fact.name === undefined ? {} : { name: fact.name, value: fact.value ?? null }),
    quantity: fact.quantity,
    count: fact.count,
    returned: fact.returned,
    first: isoInstant(fact.firstMs),
    last: isoInstant(fact.lastMs),
    ...(times === undefined ? {} : { times: times.map(isoInstant) }),
    source: fact.source,
    sourceDescription: core.sources.get(fact.source)?.description ?? null,
    channel: fact.channel,
    basis: fact.basis,
    until: isoInstant(fact.expiresMs),
    purposes: [...purposes],
    restricted,
  };
}

/** What they said, and what of it holds now. */
export async function describeGrants(core: Core, id: PersonId): ReturnType<typeof describePerson> {
  const person = await core.people.fresh(id);
  if (person === undefined) return 'no-such-person';
  if (person === 'erased') return 'erased';
  return {
    person: id,
    ...describeConsent(person),
    allowed: allowedNow(core, person),
    declared: declaredNow(core, person),
  };
}

function describeConsent(person: Person): JsonObject {
  const grants = [...person.chain.grants].map(([key, grant]) => {
    const [category = '', purpose = ''] = key.split(' ');
    return {
      category,
      purpose,
      state: grant.state,
      since: isoInstant(grant.sinceMs),
      until: isoInstant(grant.expiresMs),
      ...(grant.notice === undefined ? {} : { notice: grant.notice }),
      dpv: CONSENT_STATE_DPV[grant.state],
    };
  });
  return {
    records: person.chain.seq + 1,
    head: person.chain.head,
    readable: !person.chain.broken && !person.unreadable,
    grants,
  };
}

/** Sensitive classes that are open on the person's own screen, by their own word. */
function declaredNow(core: Core, person: Person): JsonObject[] {
  const permissions = permissionsOf(core, person, askedNow(core));
  return GRANTABLE_PURPOSES.flatMap((purpose) =>
    permissions.declared(purpose).map((name) => ({ class: name, purpose })),
  );
}

/** For every category and purpose: allowed or not, and why not. */
function allowedNow(core: Core, person: Person): JsonObject[] {
  const permissions = permissionsOf(core, person, askedNow(core));
  return DATA_CATEGORIES.flatMap((category) =>
    PURPOSES.map((purpose) => {
      const refusal = permissions.refusal(category, purpose);
      const said =
        refusal === undefined
          ? { allowed: true }
          : { allowed: false, reason: refusal.refused, detail: refusal.detail };
      return { category, purpose, ...said };
    }),
  );
}

/** Everything that is kept, entry by entry, with the standard terms behind our words. */
export async function exportPerson(
  core: Core,
  id: PersonId,
): Promise<JsonObject | 'no-such-person' | 'erased'> {
  const described = await describePerson(core, id);
  if (typeof described === 'string') return described;
  const person = await core.people.fresh(id);
  if (person === undefined || person === 'erased') return 'no-such-person';
  await core.witness.flush();
  const journal: JsonObject[] = [];
  for (const sealed of await core.world.people.history(person.key)) {
    const entry: Entry | undefined = openEntry(core.world.crypto, person.keys, person.key, sealed);
    if (entry === undefined) journal.push({ seq: sealed.seq, kind: sealed.kind, readable: false });
    else
      journal.push({ seq: sealed.seq, kind: entry.kind, record: JSON.parse(entryText(entry)) as JsonObject });
  }
  return {
    format: 'fineline-export/1',
    exported: isoInstant(core.world.clock.nowMs()),
    terms: { purposes: { ...PURPOSE_DPV }, categories: { ...CATEGORY_DPV } },
    ...described,
    journal,
  };
}
