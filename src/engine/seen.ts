// What a decision may see of a person: the door opened, facts weighed, bars found. Kept with the person for
// at most a minute, so that a page that asks for several slots does not open the door for each; and only
// while nothing has changed that the door looks at. A withdrawal, an event, a signal, a new source, another
// place or a change of the catalogue makes the next decision look again.

import { groundsIn, languageIn } from '../decide/audience.ts';
import { barFacts, barNotDue } from '../decide/bar.ts';
import { NO_ANSWERS, answersIn } from '../decide/pressure.ts';
import type { Standing } from '../decide/campaign.ts';
import { isAloneAt } from '../decide/context.ts';
import { weigh, weighOrders, weighSession } from '../decide/weigh.ts';
import type { Audience } from '../facts/audience.ts';
import { factName } from '../facts/fact-key.ts';
import { packVersion } from '../facts/pack.ts';
import type { Permissions } from '../facts/permissions.ts';
import { type RefusalReason, isRefusal } from '../facts/refusal.ts';
import { signalsKey } from '../facts/signals.ts';
import { SESSION_GAP_MS, type View } from '../facts/view.ts';
import { DAY_MS, MINUTE_MS } from '../kernel/time.ts';
import type { Core } from './core.ts';
import type { Person } from './person.ts';
import type { Key, Looks, Seen } from './seen-key.ts';
import { type Opening, declaredIn, openView, permissionsOf } from './viewing.ts';

const NONE = {
  facts: [],
  barred: [],
  reads: [],
  answers: NO_ANSWERS,
  declared: [],
  standing: 'unknown',
} as const;

/** Nothing of anybody: what a stranger's decision sees. */
export function seenOfNobody(permissions: Permissions, refused: RefusalReason): Seen {
  return { ...NONE, pack: packVersion(permissions.pack), refused };
}

export function seeThroughDoor(
  core: Core,
  subject: { readonly person: Person; readonly joined: readonly Person[] },
  asking: Looking,
): Seen {
  const { person, joined } = subject;
  const { asked, looks } = asking;
  // What others change in their journals is not seen from here: joined people are always looked at anew.
  if (joined.length > 0) return look(core, subject, asking);
  const key = keyOf(core, person, asking);
  const kept = person.seen[looks];
  if (
    kept !== undefined &&
    kept.fromMs <= asked.nowMs &&
    asked.nowMs < kept.untilMs &&
    sameKey(kept.key, key)
  )
    return kept.seen;
  const seen = look(core, { person, joined }, asking);
  person.seen[looks] = { key, fromMs: asked.nowMs, untilMs: endOf(core, person, asking), seen };
  return seen;
}

interface Looking extends Opening {
  readonly looks: Looks;
}

function look(
  core: Core,
  subject: { readonly person: Person; readonly joined: readonly Person[] },
  asking: Looking,
): Seen {
  const permissions = permissionsOf(core, subject.person, asking.asked);
  const pack = packVersion(permissions.pack);
  const view = openView(core, { ...subject, permissions }, asking);
  if (isRefusal(view)) return { ...NONE, pack, refused: view.refused };
  const facts = WEIGHED[asking.looks](view);
  const barred = asking.looks === 'orders' ? barNotDue(view) : barFacts(view);
  const answers = answersIn(view);
  const besides = askedBesides(core, view, { permissions, where: asking.where });
  return {
    ...besides,
    pack,
    facts,
    barred,
    answers,
    standing: standingIn(view, permissions),
    declared: declaredIn(core, permissions, asking),
    reads: view.reads(),
  };
}

const WEIGHED: Readonly<Record<Looks, (view: View) => Seen['facts']>> = {
  facts: weigh,
  orders: weighOrders,
  session: weighSession,
};

interface Besides {
  readonly permissions: Permissions;
  readonly where: Opening['where'];
}

/** Read only where a slot asks for it: what is read is on record. */
function askedBesides(
  core: Core,
  view: View,
  { permissions, where }: Besides,
): Pick<Seen, 'grounds' | 'language'> {
  const audience = audienceAt(core, where);
  const mayReadPurchases = permissions.refusal('purchases', view.purpose) === undefined;
  const { shelf } = core.shelves.current();
  const language = hasTexts(where) ? languageIn(view) : undefined;
  return {
    ...(audience === undefined ? {} : { grounds: groundsIn(view, { audience, shelf, mayReadPurchases }) }),
    ...(language === undefined ? {} : { language }),
  };
}

function audienceAt({ policy }: Core, where: Opening['where']): Audience | undefined {
  const asked = where?.placement.audience;
  return asked === undefined ? undefined : policy.audiences?.find(({ name }) => name === asked);
}

function hasTexts(where: Opening['where']): boolean {
  return Object.keys(where?.placement.subject?.texts ?? {}).length > 0;
}

/** A purchase that stays behind the door is one all the same: nobody is called new who may not be. */
function standingIn(view: View, permissions: Permissions): Standing {
  if (permissions.refusal('purchases', view.purpose) !== undefined) return 'unknown';
  if (view.read('purchases').length > 0) return 'customer';
  return view.held().some(({ key }) => factName(key).kind === 'bought') ? 'unknown' : 'newcomer';
}

function keyOf(core: Core, person: Person, { purpose, asked, where }: Opening): Key {
  const { version, revocations, withdrawing, unreadable } = person;
  const place = asked.place === undefined ? '' : `${asked.place.country}-${asked.place.region ?? ''}`;
  const { revision, shadow } = core.shelves.current().shelf;
  return {
    purpose,
    isAlone: where === undefined || isAloneAt({ ...where, line: core.policy }),
    audience: where?.placement.audience ?? '',
    hasTexts: hasTexts(where),
    version,
    revocations,
    withdrawing,
    unreadable,
    place,
    signals: signalsKey(asked.signals),
    revision,
    shadow,
    policy: core.policy.version,
    sources: core.sources,
    notices: core.notices,
  };
}

function sameKey(a: Key, b: Key): boolean {
  return (
    a.version === b.version &&
    a.purpose === b.purpose &&
    a.isAlone === b.isAlone &&
    a.audience === b.audience &&
    a.hasTexts === b.hasTexts &&
    a.revocations === b.revocations &&
    a.withdrawing === b.withdrawing &&
    a.unreadable === b.unreadable &&
    a.place === b.place &&
    a.signals === b.signals &&
    a.revision === b.revision &&
    a.shadow === b.shadow &&
    a.policy === b.policy &&
    a.sources === b.sources &&
    a.notices === b.notices
  );
}

/** The first moment at which time alone could change the answer; a minute at most. */
function endOf(core: Core, person: Person, { asked, where, looks }: Looking): number {
  const { nowMs } = asked;
  const { profileDaysMax } = permissionsOf(core, person, asked).pack;
  // Midnight UTC: somebody may have grown older.
  let end = Math.min(nowMs + MINUTE_MS, (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS);
  const consider = (atMs: number): void => {
    if (atMs > nowMs && atMs < end) end = atMs;
  };
  for (const { sinceMs, expiresMs } of person.chain.grants.values()) {
    consider(sinceMs);
    consider(expiresMs);
  }
  const days = (audienceAt(core, where)?.all ?? []).flatMap((condition) =>
    'days' in condition && condition.days !== undefined ? [condition.days * DAY_MS] : [],
  );
  for (const { kind, firstMs, lastMs, expiresMs } of person.profile.facts.values()) {
    consider(lastMs);
    consider(expiresMs);
    consider(lastMs + profileDaysMax * DAY_MS);
    // The session is over.
    if (looks === 'session' && kind === 'viewed') consider(lastMs + SESSION_GAP_MS);
    for (const ms of days) {
      consider(lastMs + ms);
      consider(firstMs + ms);
    }
  }
  return end;
}
