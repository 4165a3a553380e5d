// From a person in memory to a View: the one place in the engine where permission is asked and the door is
// opened.

import { EMPTY_CHAIN } from '../consent/chain.ts';
import { resolvePack } from '../consent/packs.ts';
import { permit } from '../consent/permit.ts';
import { type Where, openByDeclaration } from '../decide/context.ts';
import type { Fact } from '../facts/fact.ts';
import type { ClassName } from '../facts/item.ts';
import type { Permissions } from '../facts/permissions.ts';
import { type Place, parsePlace } from '../facts/place.ts';
import { NO_SIGNALS, type Signals } from '../facts/signals.ts';
import type { Purpose } from '../facts/purpose.ts';
import { type Refusal, refuse } from '../facts/refusal.ts';
import type { View } from '../facts/view.ts';
import { leastAgeYears } from '../profile/age.ts';
import { type Identity, open } from '../profile/door.ts';
import type { Core } from './core.ts';
import { type Person, traitsOf } from './person.ts';

/** What the request itself says. */
export interface Asked {
  readonly place?: Place;
  readonly signals: Signals;
  readonly nowMs: number;
}

/** What this person allows here and now. The law is the strictest of where they live and where they are. */
export function permissionsOf(core: Core, person: Person, asked: Asked): Permissions {
  const { places, place } = placesOf(core, person, asked);
  return permit({
    chain: person.unreadable || person.withdrawing > 0 ? { ...person.chain, broken: true } : person.chain,
    revocations: person.revocations,
    pack: resolvePack(places),
    place,
    signals: asked.signals,
    ageYears: leastAgeYears({ facts: traitsOf(person) }, asked.nowMs),
    nowMs: asked.nowMs,
    notices: core.notices,
    purposes: core.policy.purposes,
    partners: core.policy.joint?.with,
  });
}

/**
 * Places whose law applies, and the one to name. A residence that cannot be read leaves none: then the
 * strictest law rules.
 */
function placesOf(
  core: Core,
  person: Person,
  asked: Asked,
): { readonly places: readonly (Place | undefined)[]; readonly place: Place | undefined } {
  const residence = residenceOf(person);
  if (residence === 'unreadable') return { places: [], place: undefined };
  const known = [residence, asked.place].filter((place) => place !== undefined);
  const places = known.length > 0 ? known : [core.config.defaultPlace];
  return { places, place: asked.place ?? residence ?? core.config.defaultPlace };
}

/** Where they are, as far as anybody says: the request, else where they live, else where the shop is. */
export function placeOf(core: Core, person: Person, asked: Asked): Place | undefined {
  return placesOf(core, person, asked).place;
}

/** What somebody allows of whom nothing is known: what the law of the place says of silence. */
export function permissionsOfStranger(core: Core, asked: Asked): Permissions {
  const place = asked.place ?? core.config.defaultPlace;
  return permit({
    chain: EMPTY_CHAIN,
    revocations: undefined,
    pack: resolvePack([place]),
    place,
    signals: asked.signals,
    ageYears: undefined,
    nowMs: asked.nowMs,
    notices: core.notices,
    purposes: core.policy.purposes,
  });
}

/**
 * Opens the door for a purpose. `joined`: identities this person joined by their own act, and that joined
 * them.
 */
export function openView(core: Core, subject: Subject, { purpose, asked, where }: Opening): View | Refusal {
  const { person, joined } = subject;
  if (person.unreadable)
    return refuse('data-unreadable', 'Part of the journal cannot be opened; nothing of it is used.');
  const permissions = subject.permissions ?? permissionsOf(core, person, asked);
  const others = (standsApart(asked) ? [] : joined).map((other): Identity => ({
    profile: other.profile,
    permissions: permissionsOf(core, other, asked),
    restricted: other.restricted,
  }));
  return open({
    identities: [{ profile: person.profile, permissions, restricted: person.restricted }, ...others],
    purpose,
    controller: core.config.controller,
    sources: core.sources,
    sensitiveOf: purpose === 'guard' ? core.shelves.ownClassOf : core.shelves.sensitiveOf,
    declaredClasses: new Set(declaredIn(core, permissions, { purpose, where })),
  });
}

/** Whether a signal keeps joined identities apart. Anything but a plain “no” does. */
export function standsApart({ signals }: Asked): boolean {
  const apart: unknown = signals.apart;
  return apart !== undefined && apart !== false;
}

export interface Subject {
  readonly person: Person;
  readonly joined: readonly Person[];
  /** What `permissionsOf` said of the person just now, when it was asked already. */
  readonly permissions?: Permissions;
}

export interface Opening {
  /** Where something would be shown; absent: nowhere, it is counted or told to the person. */
  readonly where?: Where | undefined;
  readonly purpose: Purpose;
  readonly asked: Asked;
}

/** Where they say they live, as far as it can be read; `unreadable` when they said something that cannot. */
function residenceOf(person: Person): Place | 'unreadable' | undefined {
  let country: Fact | undefined;
  let region: Fact | undefined;
  for (const fact of traitsOf(person).values()) {
    if (fact.name === 'country' && fact.lastMs >= (country?.lastMs ?? 0)) country = fact;
    if (fact.name === 'region' && fact.lastMs >= (region?.lastMs ?? 0)) region = fact;
  }
  if (country === undefined) return undefined;
  // A region counts only with the country it was said with.
  const same = region !== undefined && region.source === country.source;
  const place = parsePlace(
    same ? { country: country.value, region: region?.value } : { country: country.value },
  );
  return place.ok ? place.value : 'unreadable';
}

export function askedNow(
  core: Core,
  request: { readonly place?: Place; readonly signals?: Signals } = {},
): Asked {
  const base = { signals: request.signals ?? NO_SIGNALS, nowMs: core.world.clock.nowMs() };
  return request.place === undefined ? base : { ...base, place: request.place };
}

/** Classes that the person declared and that are open there; what is shown nowhere is seen by nobody. */
export function declaredIn(
  core: Core,
  permissions: Permissions,
  { purpose, where }: Pick<Opening, 'purpose' | 'where'>,
): readonly ClassName[] {
  const declared = permissions.declared(purpose);
  if (where !== undefined) return openByDeclaration(declared, { ...where, line: core.policy });
  const never = core.policy.sensitive?.neverInContext ?? [];
  return declared.filter((name) => !never.includes(name));
}
