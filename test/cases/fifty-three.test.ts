// The fifty-three evenings with one film. A woman watches the same small film on fifty-three evenings, and so
// do fifty-two others, each alone at home. A company once joked about such a number in public, and
// fifty-three people knew who was meant. Here no page, no figure and no list says anything about so few, or
// about her.
//
// Stands for L3 (small groups). A number for the public goes through one gate, with noise, a budget and a
// hundred people behind it; outcomes of few people are not told at all, and the others in steps.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CONTRACT } from '../../src/surfaces/http/contract.ts';
import type { Route } from '../../src/surfaces/http/route.ts';
import { consentLine, decideAt, did, factsBehind, itemsOf, knownOf } from './support/people.ts';
import { copyAnswer, ledgerAnswer, releaseAnswer } from '../../src/surfaces/http/answers.ts';
import { SLOTS } from './support/settings.ts';
import { type Town, openTown, stockShop } from './support/town.ts';

const FILM = 'film-the-little-ferry';
/** Hers alone: nobody else has ever bought it. */
const HERS = 'film-of-one-summer';
const TITLES = ['The little ferry', 'Film of one summer'];
const SNACK = 'popcorn-salt';
const SHE = 'case-she';
const EVENINGS = 53;

describe('the fifty-three evenings', () => {
  let town: Town;
  let quiet: ReadonlyMap<string, number>;
  beforeAll(async () => {
    town = await openTown();
    await stockShop(town, [
      { id: FILM, title: TITLES[0], path: ['Books and films', 'Films', 'Small films'] },
      { id: HERS, title: TITLES[1], path: ['Books and films', 'Films', 'Small films'] },
    ]);
    quiet = await outcomes();
    const evenings = Array.from({ length: EVENINGS }, (_, n) => town.nowMs() - n * 86_400_000);
    for (let n = 0; n < EVENINGS; n += 1) {
      const person = n === 0 ? SHE : `case-viewer-${n}`;
      await town.send([
        consentLine(person),
        did({ person, kind: 'purchase', items: n === 0 ? [FILM, SNACK, HERS] : [FILM, SNACK] }),
        ...evenings.map((timeMs) => did({ person, kind: 'view', items: [FILM], timeMs })),
      ]);
    }
    await town.learn();
  });
  afterAll(() => town.close());

  const outcomes = async (): Promise<ReadonlyMap<string, number>> => {
    const { text } = await town.ask('GET', '/metrics', { as: 'admin' });
    const lines = text.split('\n').filter((line) => line.startsWith('fineline_placement_outcomes{'));
    return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.replace(/^.* /, ''))]));
  };

  it('are known to her: it is her own page that says so, and no other', async () => {
    const mine = JSON.stringify((await knownOf(town, SHE)).facts);
    expect(mine).toContain(`"count":${EVENINGS}`);
  });

  it('are on no page that is about nobody, public or for the shop', async () => {
    const routes = (Object.values(CONTRACT) as readonly Route[]).filter(
      ({ method, path }) => method === 'GET' && !path.includes('{'),
    );
    expect(routes.length).toBeGreaterThanOrEqual(6);
    const asked = [...routes.map(({ path }) => path), '/log/checkpoint', '/log/vkey'];
    for (const path of asked) {
      for (const as of ['admin', 'officer', 'decide', 'collect', undefined]) {
        const { text } = await town.ask('GET', path, as === undefined ? {} : { as });
        for (const word of [FILM, HERS, SHE, 'case-viewer', ...TITLES]) {
          expect(text, `${path} as ${as}`).not.toContain(word);
        }
      }
    }
    const { text } = await town.ask('POST', '/v1/learn', { as: 'admin' });
    // What drifted is told by names of ours, which are of no thing.
    const drift = z.array(z.string().regex(/^(nothing|(before|week) (lists|popularity|lost))$/));
    // Settings are few numbers of a grid, and how many they rest on is told in hundreds.
    const kind = z.string().regex(/^(blend|item-item)(-erased)?\/1( [a-z]+=[\d.]+)+$/);
    const learned = z.strictObject({ model: z.string(), kind, items: z.int(), drift });
    expect(learned.safeParse(JSON.parse(text)).error).toBeUndefined();
  });

  it('are no figure: figures have labels of the shop alone, none of a thing or a person', async () => {
    const { text } = await town.ask('GET', '/metrics', { as: 'admin' });
    const names = [...text.matchAll(/^fineline_\w+\{([^}]*)\}/gm)].flatMap(([, labels = '']) =>
      [...labels.matchAll(/(\w+)="/g)].map(([, name]) => name),
    );
    const ours = [
      'placement',
      'what',
      'against',
      'route',
      'status',
      'le',
      'quantile',
      'space',
      'kind',
      'type',
      'version',
    ];
    const theirs = ['major', 'minor', 'patch'];
    for (const name of new Set(names)) expect([...ours, ...theirs]).toContain(name);
  });

  it('what came of a list for one person moves no number, however often, nor for nineteen', async () => {
    for (let n = 0; n < 19; n += 1) {
      const person = n === 0 ? SHE : `case-viewer-${n}`;
      const list = await decideAt(town, { slot: SLOTS.home, person });
      const item = itemsOf(list)[0]!;
      const about = { decision: list.decision };
      const events = ['impression', 'click', 'dismiss'].map((kind) => ({
        ...(did({ person, kind, items: [item] }) as object),
        ...about,
      }));
      const taken = await town.send([...events, did({ person, kind: 'purchase', items: [item] })]);
      expect(taken).toMatchObject({ accepted: 4 });
      if (person === SHE) {
        const again = Array.from({ length: EVENINGS }, () => ({
          ...(did({ person, kind: 'click', items: [item] }) as object),
          ...about,
        }));
        expect(await town.send(again)).toMatchObject({ accepted: EVENINGS });
      }
      const told = [...(await outcomes())].filter(([name]) =>
        /impressions|clicks|conversions|dismissals/.test(name),
      );
      for (const [name, value] of told) expect(value, name).toBe(quiet.get(name) ?? 0);
    }
  });

  it('count people and leavers in steps of many, never one by one', async () => {
    const figures = async (): Promise<readonly number[]> => {
      const { text } = await town.ask('GET', '/metrics', { as: 'admin' });
      return ['fineline_people', 'fineline_erased', 'fineline_people_in_memory'].map((name) =>
        Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]),
      );
    };
    for (const value of await figures()) expect(value % 20).toBe(0);
    expect((await town.ask('DELETE', '/v1/people/case-viewer-52', { as: 'officer' })).status).toBe(200);
    expect((await figures())[1]).toBe(0);
  });

  it('are no joke in public: fifty-three are few, and copy says only what was released', async () => {
    const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
    const last = day(town.nowMs());
    town.pass(86_400_000);
    const period = { from: day(town.nowMs() - 60 * 86_400_000), to: last };
    const ask = { ask: 'people-per-item', items: [FILM, HERS, SNACK], ...period, rowsPerPersonMax: 2 };
    // All the budget of a year on one question: less noise than that is not to be had.
    const made = await town.ask('POST', '/v1/releases', { as: 'officer', body: { ...ask, rho: 0.1 } });
    expect(made.status, made.text).toBe(201);
    const { id, release } = releaseAnswer.parse(made.json);
    const rows = new Map(release.rows.map(({ row, people }) => [row, people]));
    // Fifty-three, four standard deviations of 3.9 and a hundred: the noise does not bridge that.
    expect([rows.get(FILM), rows.get(HERS)]).toEqual(['few', 'few']);
    // Whoever asks again, for less or on another day, hears the very same.
    const again = await town.ask('POST', '/v1/releases', { as: 'officer', body: ask });
    expect([again.status, again.json]).toEqual([200, made.json]);
    const narrower = { ...ask, items: [FILM], rho: 0.05 };
    expect((await town.ask('POST', '/v1/releases', { as: 'officer', body: narrower })).status).toBe(409);
    const joke = `To the {people:${id}/${FILM}} people who watched one film: who hurt you?`;
    for (const text of [joke, joke.replace(/\{.*\}/, '{people:53}'), joke.replace(/\{.*\}/, '{viewers}')]) {
      const told = await town.ask('POST', '/v1/copy', { as: 'admin', body: { text, language: 'en' } });
      expect(told.status, told.text).toBe(422);
    }
    const { releases } = ledgerAnswer.parse((await town.ask('GET', '/v1/releases')).json);
    expect(releases).toEqual([{ id, release }]);
    expect(JSON.stringify(releases)).not.toMatch(/case-she|case-viewer/);
  });

  it('can be told of when they are many: a number in copy is as rough as its noise', async () => {
    town.pass(60 * 86_400_000);
    const day = new Date(town.nowMs() - 2 * 86_400_000).toISOString().slice(0, 10);
    const crowd = Array.from({ length: 140 }, (_, n) => `case-crowd-${n}`);
    const timeMs = Date.parse(`${day}T12:00:00Z`);
    for (let at = 0; at < crowd.length; at += 70) {
      await town.send(
        crowd
          .slice(at, at + 70)
          .flatMap((person) => [
            consentLine(person),
            did({ person, kind: 'purchase', items: [SNACK], timeMs }),
          ]),
      );
    }
    // Another year, another budget: σ² is 5.
    const body = { ask: 'people-total', from: day, to: day, rho: 0.1 };
    const made = await town.ask('POST', '/v1/releases', { as: 'officer', body });
    const { id, release } = releaseAnswer.parse(made.json);
    expect(release.total).toBeGreaterThan(125);
    const copy = { text: `{people:${id}} people had popcorn.`, language: 'de' };
    const { json } = await town.ask('POST', '/v1/copy', { as: 'admin', body: copy });
    expect(copyAnswer.parse(json).text).toMatch(/^etwa (130|140|150) people had popcorn\.$/);
  });

  it('shape no list of anybody else: what one person alone bought is named to nobody', async () => {
    await town.send([
      consentLine('case-neighbour'),
      did({ person: 'case-neighbour', kind: 'purchase', items: ['tea-earl-grey'] }),
      did({ person: 'case-neighbour', kind: 'view', items: [FILM] }),
    ]);
    const lists = [];
    for (const slot of Object.values(SLOTS)) {
      const context = { items: [FILM] };
      for (const person of ['case-neighbour', SHE, undefined]) {
        lists.push(await decideAt(town, { slot, context, ...(person === undefined ? {} : { person }) }));
      }
    }
    expect(lists.flatMap(itemsOf)).not.toContain(HERS);
    // Fifty-three are enough to learn from; that is what the film is good for.
    expect(lists.flatMap(factsBehind)).toContain(FILM);
  });
});
