// Goal: what a guest looks at is the guest's until both sides say otherwise. Method: the lines of a guest and
// of the account they open later, through the public functions of the whole engine.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src/kernel/time.ts';
import type { PersonId } from '../../src/facts/ids.ts';
import { NO_SIGNALS } from '../../src/facts/signals.ts';
import { type Taken, intake } from '../../src/engine/intake.ts';
import { type Memory, openMemory } from '../../src/presets/memory.ts';
import { registerClaim } from '../../src/surfaces/cli/import/sources.ts';
import { registerTownNotices } from '../../src/surfaces/cli/import/town-notices.ts';
import { HOME, item as thing, personId } from '../../test/support/house.ts';
import { answerAll } from './consent-choices.ts';
import { generateTown } from './generate.ts';
import type { Act, TownLine, TownPerson } from './types.ts';

const END_MS = Date.UTC(2026, 1, 1);
const town = generateTown({ seed: 1, people: 600, endMs: END_MS });
const acts: readonly Act[] = [...town.acts()];
const lines: readonly TownLine[] = [...town.lines()];
const came = town.people.filter(({ guest }) => guest !== undefined);
const nameOf = ({ guest }: TownPerson): string => `guest:${guest?.visitor}`;
const linesOf = (person: string): readonly TownLine[] => lines.filter((line) => line.person === person);

describe('guests', () => {
  test('are about a seventh of the people, who come with an account later', () => {
    expect(came.length / town.people.length).toBeGreaterThan(0.11);
    expect(came.length / town.people.length).toBeLessThan(0.19);
    const first = new Map<string, Act>();
    const last = new Map<string, Act>();
    for (const act of acts) {
      if (!first.has(act.person)) first.set(act.person, act);
      last.set(act.person, act);
    }
    for (const one of came) {
      expect(first.get(one.id)?.kind).toBe('sign-in');
      const signedMs = first.get(one.id)?.timeMs ?? 0;
      expect(last.get(nameOf(one))?.timeMs ?? Number.POSITIVE_INFINITY).toBeLessThan(signedMs);
    }
    const answers = new Set(came.map(({ guest }) => guest?.answer));
    expect(answers).toEqual(new Set(['given', 'refused', 'none']));
  });

  test('answer for themselves before they look, or not at all; whoever refuses later did not agree before', () => {
    for (const one of came) {
      const [opening, ...rest] = acts.filter(({ person }) => person === nameOf(one));
      const looks = one.guest?.answer === 'none' ? [opening, ...rest] : rest;
      if (one.guest?.answer !== 'none')
        expect(opening).toMatchObject({ kind: 'consent', grants: answerAll(one.guest?.answer ?? 'refused') });
      expect(new Set(looks.map((act) => act?.kind))).toEqual(new Set(['view']));
      if (one.consent === 'refused' || one.consent === 'unseen') expect(one.guest?.answer).not.toBe('given');
    }
  });

  test('have lines that name no customer; the account names the browser it was opened in', () => {
    const seen = new Set<string>();
    for (const one of came) {
      for (const { json } of linesOf(nameOf(one))) expect(json).not.toMatch(/p\d{7}|user_?id/i);
      const own = acts.filter(({ person, source }) => person === one.id && source === one.guest?.source);
      for (const act of own) if (act.kind === 'view') expect(act.visitor).toBe(one.guest?.visitor);
      const signIn = linesOf(one.id).find(({ kind }) => kind === 'sign-in');
      expect(signIn?.json).toContain(one.id);
      expect(signIn?.json).toContain(one.guest?.visitor);
      seen.add(signIn?.source ?? '');
    }
    expect([...seen].sort()).toEqual(['town-app', 'town-web']);
  });
});

describe('a guest who signs in', () => {
  /** Agreed as a guest, agrees with the account, and is of an age to say so alone. */
  const one = came.find(
    ({ guest, consent, birthYear, gpc }) =>
      guest?.answer === 'given' &&
      guest.source === 'town-web' &&
      consent === 'full' &&
      birthYear < 2000 &&
      !gpc,
  );
  const account = personId(one?.id ?? '');
  const guest = personId(one === undefined ? '' : nameOf(one));
  const bought = acts.flatMap((act) => {
    if (act.person !== account) return [];
    return act.kind === 'purchase' || act.kind === 'return' ? act.lines.map(({ item }) => item) : [];
  });
  const looked = acts.flatMap((act) => (act.person === guest && act.kind === 'view' ? [act.line.item] : []));
  /** A month later, when what was looked at still counts. */
  const nowMs = (acts.find(({ person }) => person === guest)?.timeMs ?? 0) + 30 * DAY_MS;
  let memory: Memory;

  const send = (sent: readonly TownLine[]): Promise<Taken> =>
    intake(
      memory.engine,
      sent.map(({ json }): unknown => JSON.parse(json)),
      { signals: NO_SIGNALS },
    );
  const readOf = async (person: PersonId): Promise<readonly string[]> => {
    const decided = await memory.engine.decide({
      ...{ person, placement: HOME, channel: 'web', limit: 5, context: [], signals: NO_SIGNALS },
    });
    if (typeof decided === 'string' || !('record' in decided))
      throw new Error('a decision for somebody who agreed');
    return decided.record.input.facts.map(({ key }) => key);
  };
  const link = (person: PersonId, other: PersonId, act: 'join' | 'part') =>
    memory.engine.link({ person, other, act });
  /** Facts of the guest, as they stand in a list of the account. */
  const asJoined = (keys: readonly string[]): readonly string[] =>
    keys.filter((key) => key.startsWith('joined 1|'));

  beforeAll(async () => {
    memory = await openMemory({ startMs: nowMs });
    await registerTownNotices(memory.engine);
    for (const { id, channel, noticeId, description } of town.sources)
      await registerClaim(memory.engine, { id, channel, basis: 'consent', noticeId, description });
    await memory.engine.putItems(town.catalogue.map(({ id, path }) => thing(id, path)));
    for (const who of [guest, account]) await send(linesOf(who).filter(({ timeMs }) => timeMs < nowMs));
  });
  afterAll(() => memory.close());

  test('is known twice: signing in, and every line that names both, joins nobody', async () => {
    const both = linesOf(account).filter(({ json }) => json.includes(one?.guest?.visitor ?? '?'));
    expect(both.length).toBeGreaterThan(5);
    const [guests, accounts] = [await readOf(guest), await readOf(account)];
    expect(guests.length).toBeGreaterThan(0);
    expect(guests.every((key) => looked.some((item) => key === `viewed|town-web|${item}`))).toBe(true);
    expect(accounts.some((key) => bought.some((item) => key.endsWith(`|${item}`)))).toBe(true);
    expect(asJoined(accounts)).toEqual([]);
    expect(asJoined(guests)).toEqual([]);
  });

  test('is one person when both sides say so, and not before the second', async () => {
    const guests = await readOf(guest);
    expect(await link(account, guest, 'join')).toBe('kept');
    expect(asJoined(await readOf(account))).toEqual([]);
    expect(await link(guest, account, 'join')).toBe('kept');
    expect(asJoined(await readOf(account)).toSorted()).toEqual(
      guests.map((key) => `joined 1|${key}`).toSorted(),
    );
    expect(asJoined(await readOf(guest)).length).toBeGreaterThan(0);
  });

  test('is two again when either parts', async () => {
    expect(await link(account, guest, 'part')).toBe('kept');
    expect(asJoined(await readOf(account))).toEqual([]);
    expect(asJoined(await readOf(guest))).toEqual([]);
  });

  test('of those who closed the notice or refused, nothing of the guest is kept', async () => {
    for (const answer of ['none', 'refused'] as const) {
      const silent = came.filter(
        (each) => each.guest?.answer === answer && (linesOf(nameOf(each)).at(-1)?.timeMs ?? nowMs) < nowMs,
      );
      expect(silent.length).toBeGreaterThan(3);
      for (const each of silent) {
        const sent = linesOf(nameOf(each));
        const looks = sent.filter(({ kind }) => kind === 'view').length;
        expect(await send(sent)).toMatchObject({ accepted: 0, refused: { 'no-grant': looks } });
        const known = await memory.engine.describe(personId(nameOf(each)));
        if (answer === 'none') expect(known).toBe('no-such-person');
        else expect(known).toMatchObject({ facts: [] });
      }
    }
  });
});
