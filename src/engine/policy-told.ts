// A policy in plain words: what holds for each purpose, channel, class and slot, and where each comes from. A
// pure function; the law is that of the shop's place, of which each person's own may be stricter.

import { resolvePack } from '../consent/packs.ts';
import { conditionText, subjectText } from '../facts/audience-text.ts';
import { DEFAULT_BUDGET } from '../facts/budget.ts';
import { CHANNELS, type Publicity } from '../facts/channel.ts';
import {
  backOffText,
  campaignText,
  contactCapText,
  holdOutText,
  quietText,
} from '../facts/compare-contact.ts';
import { merchandisingTexts } from '../facts/compare-merchandising.ts';
import { SENSITIVE_CLASSES } from '../facts/item.ts';
import { type LawfulDefault, type Pack, packVersion } from '../facts/pack.ts';
import type { Place } from '../facts/place.ts';
import { type Placement, capText } from '../facts/placement.ts';
import { DEFAULT_CHANNELS, NO_RULES, type Policy, type Things, type UnmappedRule } from '../facts/policy.ts';
import { GRANTABLE_PURPOSES, type Purpose } from '../facts/purpose.ts';
import { rhoText } from '../facts/rho.ts';
import { LIMITS } from '../kernel/limits.ts';

/** `old-settings`: placements that still stand in fineline.yaml. */
export type PolicyOrigin = 'file' | 'old-settings' | 'default';
/** Where one line of a policy comes from; `law` with the name of its pack. */
export type LineOrigin = PolicyOrigin | 'law';

export interface PolicyLine {
  readonly section:
    | 'numbers'
    | 'purposes'
    | 'channels'
    | 'classes'
    | 'contact'
    | 'audiences'
    | 'slots'
    | 'law';
  readonly name: string;
  readonly text: string;
  readonly from: LineOrigin;
}

export interface Telling {
  readonly policy: Policy;
  readonly origin: PolicyOrigin;
  /** Fields that the file itself says, e.g. `channels/email`; empty where there is none. */
  readonly stated: ReadonlySet<string>;
  readonly place?: Place | undefined;
}

export function tellPolicy(telling: Telling): readonly PolicyLine[] {
  const pack = resolvePack([telling.place]);
  return [
    tellNumbers(telling),
    GRANTABLE_PURPOSES.flatMap((purpose) => tellPurpose(telling, pack, purpose)),
    tellChannels(telling),
    tellClasses(telling),
    tellProxies(telling),
    tellJoint(telling),
    tellContact(telling),
    tellAudiences(telling),
    telling.policy.placements.flatMap((slot, at) => tellSlot(telling, slot, at)),
    tellLaw(telling, pack),
  ].flat();
}

/** A field the file says comes from it; what it leaves out is a default of ours. */
function fromOf({ origin, stated }: Telling, field: string): PolicyOrigin {
  if (origin === 'file') return stated.has(field) ? 'file' : 'default';
  const isOld = field === 'minPeople' || field.startsWith('placements');
  return origin === 'old-settings' && isOld ? 'old-settings' : 'default';
}

function tellNumbers(telling: Telling): readonly PolicyLine[] {
  const { minPeople, budget = DEFAULT_BUDGET } = telling.policy;
  const line = (name: string, text: string, field: string): PolicyLine => ({
    section: 'numbers',
    name,
    text,
    from: fromOf(telling, field),
  });
  const { rhoMillionthsPerYear, peopleMin, reason } = budget;
  const why = reason === undefined ? '' : `; reason given: ${reason}`;
  const spending = `numbers made public in a year cost ρ = ${rhoText(rhoMillionthsPerYear)} at most${why}`;
  return [
    line('minPeople', `at least ${minPeople} people stand behind every learned number`, 'minPeople'),
    line('budget', spending, 'budget/rhoPerYear'),
    line('budget', `at least ${peopleMin} people stand behind each of them${why}`, 'budget/peopleMin'),
  ];
}

const LAWFUL: Readonly<Record<LawfulDefault, string>> = {
  contract: 'lawful within the order',
  'opt-out': 'lawful until the person says no',
  consent: 'only with the person’s own yes',
  never: 'forbidden, also with a yes',
};

function tellPurpose(telling: Telling, pack: Pack, purpose: Purpose): readonly PolicyLine[] {
  const { purposes } = telling.policy;
  const read = purposes === undefined ? undefined : (purposes[purpose] ?? 'unused');
  const from = fromOf(telling, purposes?.[purpose] === undefined ? 'purposes' : `purposes/${purpose}`);
  const line = { section: 'purposes', name: purpose } as const;
  if (read === 'unused') return [{ ...line, text: 'not used: nothing is read for it', from }];
  const what = read === undefined ? 'may read every category (not narrowed)' : `may read ${read.join(', ')}`;
  const law = `${LAWFUL[pack.defaults[purpose]]} (${packVersion(pack)})`;
  return [
    { ...line, text: what, from },
    { ...line, text: law, from: 'law' },
  ];
}

const PUBLICITY_WORDS: Readonly<Record<Publicity, string>> = {
  'own-screen': 'own-screen: a thing of a class in front of the person opens that class, there and then',
  'shared-screen': 'shared-screen: others may look on, so nothing opens a class',
  open: 'open: anybody may look on, so nothing opens a class',
};

function tellChannels(telling: Telling): readonly PolicyLine[] {
  const { channels = DEFAULT_CHANNELS } = telling.policy;
  return CHANNELS.map((channel) => {
    const { publicity, reason } = channels[channel];
    const why = reason === undefined ? '' : `; reason given: ${reason}`;
    const from = fromOf(telling, `channels/${channel}`);
    return { section: 'channels', name: channel, text: `${PUBLICITY_WORDS[publicity]}${why}`, from };
  });
}

const CLASS_WORDS = 'read for the order alone, not learned from, not shown';
const OPENED = 'but beside a thing of the class on a screen of one’s own';
const NOT_OPENED = 'anywhere, whatever is in front of the person';

function tellClasses(telling: Telling): readonly PolicyLine[] {
  const { sensitive = NO_RULES } = telling.policy;
  const { add, except, neverInContext } = sensitive;
  const line = (name: string, text: string, from: LineOrigin): PolicyLine => ({
    section: 'classes',
    name,
    text,
    from,
  });
  const own = add.map((entry) => entry.class).filter((name) => name.startsWith('own-'));
  const classes = [...new Set<string>([...SENSITIVE_CLASSES, ...own])].map((name) => {
    const never = neverInContext.some((each) => each === name);
    const isSaid = never || name.startsWith('own-');
    const text = `${CLASS_WORDS} ${never ? NOT_OPENED : OPENED}`;
    return line(name, text, isSaid ? fromOf(telling, 'sensitive') : 'default');
  });
  const added = add.map((entry) => line(entry.class, `also: ${things(entry)}`, fromOf(telling, 'sensitive')));
  const excepted = except.map((entry) =>
    line(entry.class, `not: ${things(entry)}; reason given: ${entry.reason}`, fromOf(telling, 'sensitive')),
  );
  return [...classes, ...added, ...excepted, ...tellUnmapped(telling)];
}

const UNMAPPED_WORDS: Readonly<Record<UnmappedRule, string>> = {
  show: 'shown and learned from like things of no class',
  hold: 'neither shown nor learned from',
};

/** Things that nobody can tell a class of; `fineline catalogue review` counts and lists them. */
function tellUnmapped(telling: Telling): readonly PolicyLine[] {
  const { reviewed, unmapped = 'show' } = telling.policy.sensitive ?? NO_RULES;
  const line = (text: string): PolicyLine => ({
    section: 'classes',
    name: 'unmapped',
    text,
    from: fromOf(telling, 'sensitive'),
  });
  const none = reviewed === undefined || reviewed.items.length + reviewed.paths.length === 0;
  return [
    line(`things nobody can tell a class of are ${UNMAPPED_WORDS[unmapped]} (“fineline catalogue review”)`),
    ...(none ? [] : [line(`looked at and of none: ${things(reviewed)}`)]),
  ];
}

/** Section of its own classes: what betrays them is of them. */
function tellProxies(telling: Telling): readonly PolicyLine[] {
  const { proxies } = telling.policy;
  const line = (text: string): PolicyLine => ({
    section: 'classes',
    name: 'proxies',
    text,
    from: fromOf(telling, 'proxies'),
  });
  if (proxies === undefined) return [line('no leaf is named, so things that betray one are not looked for')];
  const { paths, volunteersMin, falseRate, erase } = proxies;
  return [
    line(`what betrays these is held back like them: ${things({ items: [], paths })}`),
    line(`found from ${volunteersMin} who allow guard, or more; at most ${percent(falseRate)} of them wrong`),
    line(
      erase === true
        ? 'what goes with these a little, in many things, is taken out of the model (erase)'
        : 'what goes with these a little, in many things, stays in the model (no erase)',
    ),
  ];
}

/** Nothing to tell of most shops. */
function tellJoint(telling: Telling): readonly PolicyLine[] {
  const { joint } = telling.policy;
  if (joint === undefined) return [];
  const text =
    `what goes with what is learned together with ${joint.with.join(', ')}, from those who allow pool, by ` +
    `${joint.items === 'gtin' ? 'GTIN' : 'common ids'}; only while each of them names the others`;
  return [{ section: 'purposes', name: 'joint', text, from: fromOf(telling, 'joint') }];
}

/** Policies of before there were such rules have no lines. */
function tellContact(telling: Telling): readonly PolicyLine[] {
  const { contact } = telling.policy;
  if (contact === undefined) return [];
  const why = contact.reason === undefined ? '' : `; reason given: ${contact.reason}`;
  const line = (name: string, text: string): PolicyLine => ({
    section: 'contact',
    name,
    text: `${text}${why}`,
    from: fromOf(telling, `contact/${name}`),
  });
  return [
    ...contact.caps.map((cap) => line('caps', contactCapText(cap))),
    line('quietHours', `silent ${quietText(contact.quietHours)}, by the clock where the person is`),
    line('backOff', `the next contact waits: ${backOffText(contact.backOff)}`),
    line('holdOut', `withheld by lot, to learn: ${holdOutText(contact.holdOut)}`),
    ...(contact.campaigns ?? []).map((rule) => line('campaigns', `campaign ${campaignText(rule)}`)),
  ];
}

/** Whether there are enough people in one is told by the service (`GET /v1/audiences`). */
function tellAudiences(telling: Telling): readonly PolicyLine[] {
  const k = Math.max(LIMITS.peopleOutsideMin, telling.policy.minPeople);
  return (telling.policy.audiences ?? []).flatMap((audience, at): readonly PolicyLine[] => {
    const line = (text: string): PolicyLine => ({
      section: 'audiences',
      name: audience.name,
      text,
      from: fromOf(telling, `audiences/${at}`),
    });
    return [
      ...audience.all.map((condition) => line(conditionText(condition))),
      line(`nobody, while fewer than ${k} are in it or kept out by one condition, or a condition tells`),
    ];
  });
}

/** Things named at most; a list of five thousand is read in the file. */
const NAMED_MAX = 8;

function things({ items, paths }: Things): string {
  const all = [...paths.map((path) => path.join(' > ')), ...items];
  const more = all.length - NAMED_MAX;
  return more <= 0 ? all.join(', ') : `${all.slice(0, NAMED_MAX).join(', ')} and ${more} more`;
}

function tellSlot(telling: Telling, slot: Placement, at: number): readonly PolicyLine[] {
  const line = (text: string, field: string): PolicyLine => ({
    section: 'slots',
    name: slot.id,
    text,
    from: fromOf(telling, `placements/${at}${field}`),
  });
  const seen = slot.publicity === undefined ? '' : `, as ${slot.publicity} at least`;
  const why = slot.reason === undefined ? '' : `; reason given: ${slot.reason}`;
  return [
    line(`for ${slot.purpose}, on ${slot.channels.join(', ')}${seen}, ${slot.strategy}`, ''),
    line(`at most ${slot.itemsMax} things`, '/itemsMax'),
    line(`at most ${slot.perLeafMax} of one category`, '/perLeafMax'),
    line(`one thing at most ${capText(slot.capPerItem)} to one person${why}`, '/capPerItem'),
    line(`the slot at most ${capText(slot.capPerPerson)} to one person${why}`, '/capPerPerson'),
    line(`${percent(slot.exploreRate)} of answers have their last place drawn by lot`, '/exploreRate'),
    ...(slot.audience === undefined ? [] : [line(`only for the audience ${slot.audience}`, '/audience')]),
    ...(slot.subject === undefined ? [] : [line(`subject: ${subjectText(slot.subject)}`, '/subject')]),
    ...merchandisingTexts(slot.merchandising).map((text) => line(text, '/merchandising')),
  ].map((told) => (telling.origin === 'old-settings' ? { ...told, from: 'old-settings' as const } : told));
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100} %`;
}

function tellLaw({ place }: Telling, pack: Pack): readonly PolicyLine[] {
  const where =
    place === undefined ? 'place unknown: the strictest of all laws we know' : `in ${place.country}`;
  const line = (name: string, text: string): PolicyLine => ({ section: 'law', name, text, from: 'law' });
  const { consentAgeYears, profiledAdsAgeYears, gpcForbids, profileDaysMax, evidenceDays } = pack;
  return [
    line('pack', `${packVersion(pack)}, ${where}; where a person lives or is may be stricter`),
    line(
      'age',
      `nobody under ${consentAgeYears} consents alone; no advertising under ${profiledAdsAgeYears}`,
    ),
    line('gpc', `Global Privacy Control forbids ${gpcForbids.join(', ')}, also against a yes`),
    line('retention', `a fact serves ${profileDaysMax} days at most; evidence is kept ${evidenceDays} days`),
  ];
}
