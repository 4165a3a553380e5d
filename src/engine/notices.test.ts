// Goal: what people are shown is on record before it carries a yes, and neither the shop nor a damaged disk
// makes a yes of what was none. Method: the whole engine; restarts, exchanged texts, documents taken away.

import { describe, expect, it } from 'vitest';
import { isRefusal } from '../facts/refusal.ts';
import type { Notice } from '../facts/notice.ts';
import type { Source } from '../facts/source.ts';
import { utf8, utf8Text } from '../kernel/bytes.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import {
  type House,
  SHOP,
  allowAll,
  changes,
  choice,
  collect,
  decide,
  event,
  look,
  openHouse,
  personId,
  sourceId,
  stock,
} from '../../test/support/house.ts';

const PLAIN: Notice = {
  id: 'plain',
  version: '1',
  controller: SHOP,
  texts: { en: 'May we use what you look at to choose what we show you? You can say no.' },
  asks: [{ purposes: ['recommend'], categories: ['browsing'] }],
};
const YES = changes('given', ['browsing'], ['recommend']);
const IN_FRONT = { notice: { id: 'plain', language: 'en' } };
const VIEWED = 'viewed|web-shop|tea-1';

const readsOf = async (house: House): Promise<readonly string[]> => (await decide(house, 'ann')).record.reads;

async function shop(): Promise<House> {
  const house = await openHouse();
  await stock(house);
  return house;
}

/** Ann said yes in front of `PLAIN` and looked at tea. */
async function withAnn(): Promise<House> {
  const house = await shop();
  await house.engine.registerNotice(PLAIN);
  const kept = await house.engine.consent(choice('ann', YES, IN_FRONT));
  expect(kept).toMatchObject({ record: { notice: { id: 'plain', language: 'en', version: '1' } } });
  await look(house, 'ann', ['tea-1']);
  expect(await readsOf(house)).toEqual([VIEWED]);
  await house.engine.flush();
  return house;
}

describe('a notice', () => {
  it('[E39] is kept, its hash is in the log, and the same again changes nothing', async () => {
    const house = await shop();
    await house.engine.registerNotice(PLAIN);
    await house.engine.registerNotice(PLAIN);
    await house.engine.maintain();
    const { documents, log, crypto } = house.world;
    const bytes = (await documents.get('notice', 'plain@1')) ?? utf8('');
    expect(utf8Text(bytes)).toContain(PLAIN.texts['en']);
    expect(await log.inclusion(documentLeafOf(crypto.sha256(bytes)))).toBeDefined();
    expect((await documents.list('notice')).map(({ id }) => id)).toEqual([
      'notice-1@1',
      'notice-classes@1',
      'plain@1',
    ]);
    const told = (await house.reopen()).engine.notices().find(({ id }) => id === 'plain');
    expect(told).toMatchObject({ texts: PLAIN.texts, inForce: true, readable: true });
  });

  it('[E39] is never another text, or asks for more, under the same id and version', async () => {
    const house = await withAnn();
    const others = [
      { texts: { en: 'May we?' } },
      { texts: { ...PLAIN.texts, de: 'Dürfen wir?' } },
      { asks: [{ purposes: ['recommend', 'advertise'], categories: ['browsing'] }] as const },
    ];
    for (const other of others) {
      const changed = house.engine.registerNotice({ ...PLAIN, ...other });
      await expect(changed).rejects.toMatchObject({
        code: 'notice-changed',
        message: expect.stringMatching(/plain@1 .*Give the new one a new version/) as unknown,
      });
    }
    expect(house.engine.notices().find(({ id }) => id === 'plain')?.texts).toEqual(PLAIN.texts);
  });

  it('[E39] that nobody can read is not registered; measure, value, bound and remedy are said', async () => {
    const house = await shop();
    const texts = { en: 'Notwithstanding applicable provisions, personalisation is authorised accordingly.' };
    await expect(house.engine.registerNotice({ ...PLAIN, texts })).rejects.toMatchObject({
      code: 'notice-unreadable',
      message: expect.stringMatching(
        /plain@1 .*texts\/en: .*Flesch.* -?[\d.]+, at least 60.*shorter/,
      ) as unknown,
    });
    expect(house.engine.core.notices.inForce.has('plain')).toBe(false);
    expect(await house.world.documents.get('notice', 'plain@1')).toBeUndefined();
  });

  it('[E39] of a new version is shown from then on; a yes to the one before stays', async () => {
    const house = await withAnn();
    await house.engine.registerNotice({
      ...PLAIN,
      version: '2',
      texts: { en: 'May we use what you look at?' },
    });
    for (const each of [house, await house.reopen()]) {
      expect(await readsOf(each)).toEqual([VIEWED]);
      const old = await each.engine.consent(
        choice('ben', YES, { notice: { ...IN_FRONT.notice, version: '1' } }),
      );
      expect(old).toMatchObject({ refused: 'notice-outdated' });
      expect(each.engine.notices().map(({ id, version, inForce }) => [id, version, inForce])).toEqual([
        ['notice-1', '1', true],
        ['notice-classes', '1', true],
        ['plain', '1', false],
        ['plain', '2', true],
      ]);
    }
  });
});

describe('a yes that its notice does not carry', () => {
  it('[E40] leaves no record, and the noes beside it count', async () => {
    const house = await shop();
    await allowAll(house, 'ann');
    await look(house, 'ann', ['tea-1']);
    const mixed = [
      ...changes('given', ['basket'], ['recommend']),
      ...changes('refused', ['browsing'], ['recommend']),
    ];
    const answer = await house.engine.consent(
      choice('ann', mixed, { notice: { id: 'nowhere', language: 'en' } }),
    );
    expect(answer).toMatchObject({ refused: 'notice-unknown' });
    expect(await readsOf(house)).toEqual([]);
    const said = await house.engine.grants(personId('ann'));
    expect(said).toMatchObject({ records: 2 });
    const only = await house.engine.consent(
      choice('ben', YES, { notice: { id: 'nowhere', language: 'en' } }),
    );
    expect(typeof only === 'object' && isRefusal(only)).toBe(true);
    expect(await house.engine.grants(personId('ben'))).toBe('no-such-person');
  });

  it('[E40] is counted by reason when an import brings it', async () => {
    const house = await shop();
    const imported = await house.engine.importConsents([
      choice('ann', YES, { notice: { id: 'nowhere', language: 'en' } }),
      choice('ben', YES, { notice: { id: 'notice-1', language: 'xx' } }),
      choice('eve', YES),
    ]);
    expect(imported).toEqual({
      kept: 1,
      suppressed: 0,
      refused: { 'notice-unknown': 1, 'notice-not-in-language': 1 },
    });
  });

  it('[E44] is none from the next start on, when its document is gone, damaged or too hard', async () => {
    const hard = { ...PLAIN, texts: { en: 'Notwithstanding provisions, personalisation is authorised.' } };
    const text = async (house: House) => utf8Text((await house.world.documents.get('notice', 'plain@1'))!);
    const spoil: readonly [string, (house: House) => Promise<string | undefined>][] = [
      ['gone', () => Promise.resolve(undefined)],
      ['damaged', async (house) => (await text(house)).slice(1)],
      ['of another shop', async (house) => (await text(house)).replace('"shop"', '"other"')],
      ['under another name', async (house) => (await text(house)).replace('"plain"', '"plane"')],
      ['of another version', async (house) => (await text(house)).replace('"version":"1"', '"version":"2"')],
      ['too hard', async (house) => (await text(house)).replace(PLAIN.texts['en']!, hard.texts.en)],
    ];
    for (const [how, made] of spoil) {
      const house = await withAnn();
      const { documents, clock } = house.world;
      const spoilt = await made(house);
      await documents.remove('notice', 'plain@1');
      if (spoilt !== undefined) await documents.put('notice', 'plain@1', utf8(spoilt), clock.nowMs());
      const after = await house.reopen();
      expect(await readsOf(after), how).toEqual([]);
      const left = after.engine.notices().map(({ id, readable }) => [id, readable]);
      expect(left, how).toEqual([
        ['notice-1', true],
        ['notice-classes', true],
        ...(how === 'too hard' ? [['plain', false]] : []),
      ]);
      expect((await decide(after, 'ann')).record.input.refused, how).toMatch(/^notice-/);
    }
  });
});

it('[E22] a notice that is registered again carries what it did, from the next decision on', async () => {
  const house = await withAnn();
  await house.world.documents.remove('notice', 'plain@1');
  const after = await house.reopen();
  expect(await readsOf(after)).toEqual([]);
  await after.engine.registerNotice(PLAIN);
  expect(await readsOf(after)).toEqual([VIEWED]);
});

const SOURCE: Source = {
  id: sourceId('leaflets'),
  controller: SHOP,
  origin: 'first-party',
  channel: 'web',
  basis: 'consent',
  noticeId: 'plain',
  description: 'leaflets',
};

const send = (house: House) =>
  collect(house, [event(house, 'view', 'ann', ['tea-2'], { source: 'leaflets' })]);

describe('a source', () => {
  it('[E42] whose notice is not registered is refused at intake and at read', async () => {
    const house = await shop();
    await allowAll(house, 'ann');
    await house.engine.registerSource(SOURCE);
    expect(await send(house)).toMatchObject({ admitted: 0, refused: { 'source-unregistered': 1 } });
    expect(house.engine.core.withoutNotice).toEqual([SOURCE]);
    await house.engine.registerNotice(PLAIN);
    expect(await send(house)).toMatchObject({ admitted: 1 });
    expect(await readsOf(house)).toEqual(['viewed|leaflets|tea-2']);
    await house.engine.flush();
    await house.world.documents.remove('notice', 'plain@1');
    const after = await house.reopen();
    expect(await readsOf(after)).toEqual([]);
    expect(await send(after)).toMatchObject({ refused: { 'source-unregistered': 1 } });
  });

  it.each(['third-party', 'sensor'] as const)(
    '[E43] that is %s is refused at intake, and what it sent as another at read',
    async (origin) => {
      const house = await shop();
      await allowAll(house, 'ann');
      await house.engine.registerSource({ ...SOURCE, noticeId: 'notice-1', origin });
      expect(await send(house)).toMatchObject({ admitted: 0, refused: { 'source-not-first-party': 1 } });
      house.advance(1000);
      await house.engine.registerSource({ ...SOURCE, noticeId: 'notice-1' });
      expect(await send(house)).toMatchObject({ admitted: 1 });
      expect(await readsOf(house)).toEqual(['viewed|leaflets|tea-2']);
      house.advance(1000);
      await house.engine.registerSource({ ...SOURCE, noticeId: 'notice-1', origin });
      expect(await readsOf(house)).toEqual([]);
      expect(await readsOf(await house.reopen())).toEqual([]);
    },
  );
});
