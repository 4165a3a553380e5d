// Goal: what a page or an app passes on of consent strings and of the phone is obeyed by the very request it
// came with. Method: the same question with and without it.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, YES, openShop, stock } from '../../../test/support/http-shop.ts';
import { SAYS_YES, tcString } from '../../../test/support/tc-strings.ts';
import { decideAnswer, eventsAnswer, whyAnswer } from './answers.ts';

// Of February 2026, as the encoder of the Interactive Advertising Bureau writes them.
const YES_TO_ALL = tcString(SAYS_YES);
const NO_TO_SIX = tcString({ ...SAYS_YES, consents: [1, 2, 3, 4, 5, 7, 8, 9, 10, 11] });

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await stock(shop);
});
afterAll(() => shop.close());

const decide = (body: unknown) => shop.ask('POST', '/v1/decide', { key: shop.keys.decide, body });
const decided = async (body: unknown) => decideAnswer.parse(await (await decide(body)).json());
const taken = async (body: unknown, query = '?source=web-shop') =>
  eventsAnswer.parse(
    await (await shop.ask('POST', `/v1/events${query}`, { key: shop.keys.collect, body })).json(),
  );
const whyOf = async (decision: string, key: string) =>
  whyAnswer.parse(await (await shop.ask('GET', `/v1/why/${decision}`, { key })).json());

describe('consent strings and the phone', () => {
  const rests = (answer: Awaited<ReturnType<typeof decided>>): boolean =>
    answer.items.flatMap(({ reasons }) => reasons).some(({ kind }) => kind === 'fact');

  it.each<[string, object, boolean]>([
    ['a TC string that denies purpose 6', { tcf: NO_TO_SIX }, false],
    ['a TC string that denies nothing', { tcf: YES_TO_ALL }, true],
    ['a GPP string around it', { gpp: `DBABMA~${NO_TO_SIX}` }, false],
    ['Global Privacy Control in a GPP string', { gpp: 'DBABLA~CAAQAAAAAABA.YA' }, false],
    ['an opt-out of sale in a GPP string', { gpp: 'DBABLA~CAAQAAAAAABA.QA' }, true],
    ['a phone that denies tracking', { att: 'denied' }, true],
    ['a number where a string is due', { tcf: 2 }, false],
    ['a string that is no string of its kind', { gpp: 'yes' }, false],
    ['a string of 100 KB', { tcf: 'C'.repeat(100_000) }, false],
    ['nothing in it', {}, true],
  ])('[H9] %s', async (_, signals, isUsed) => {
    const person = `signals-${randomUUID()}`;
    const place = { country: 'US', region: 'CA' };
    await taken(
      [{ kind: 'purchase', id: randomUUID(), person, lines: [{ item: 'coat' }] }],
      '?source=till&country=US&region=CA',
    );
    expect(rests(await decided({ person, placement: 'home', context: { place } }))).toBe(true);
    const answer = await decided({ person, placement: 'home', context: { place, signals } });
    expect(rests(answer)).toBe(isUsed);
    if (!isUsed) expect((await whyOf(answer.decision, shop.keys.officer)).refused).toBe('signal-objects');
    // From one request nothing stays.
    expect(rests(await decided({ person, placement: 'home', context: { place } }))).toBe(true);
  });

  it('[H9] refuses a word that is none, so that nobody believes it was heard', async () => {
    for (const signals of [{ usp: '1YNN' }, 'CQ', null, []]) {
      expect((await decide({ placement: 'home', context: { signals } })).status).toBe(422);
    }
  });

  it('[H8] with an event end what they deny for good, once', async () => {
    const person = `event-${randomUUID()}`;
    await taken({ fineline: 'consent', person, ...YES });
    const view = (more: object) => ({
      kind: 'view',
      id: randomUUID(),
      person,
      lines: [{ item: 'hat' }],
      ...more,
    });
    expect(await taken([view({}), view({ signals: { tcf: YES_TO_ALL } })])).toMatchObject({
      accepted: 2,
      consents: 0,
    });
    const denied = await taken([
      view({ signals: { tcf: NO_TO_SIX } }),
      view({ signals: { tcf: NO_TO_SIX } }),
    ]);
    expect(denied).toMatchObject({ consents: 1, problemsTotal: 0 });
    expect(rests(await decided({ person, placement: 'home' }))).toBe(false);
  });

  it('[H8] on a consent line outweigh a yes of the same line', async () => {
    const person = `line-${randomUUID()}`;
    const line = { fineline: 'consent', person, ...YES, signals: { tcf: NO_TO_SIX } };
    expect(await taken(line)).toMatchObject({ consents: 2 });
    await taken([{ kind: 'view', id: randomUUID(), person, lines: [{ item: 'hat' }] }]);
    expect(rests(await decided({ person, placement: 'home' }))).toBe(false);
    // The yes that the string takes back is not even written down.
    const [yes] = YES.grants;
    const alone = { ...line, person: `${person}-alone`, grants: [yes] };
    expect(await taken(alone)).toMatchObject({ consents: 1 });
    shop.memory.advance(1);
    expect(await taken({ ...line, signals: { tcf: YES_TO_ALL, att: 'authorized' } })).toMatchObject({
      consents: 1,
    });
  });
});
