// Goal: a yes or a no that lost a race of several engines over one store is said as it was meant, or not at
// all. Method: writes that are overtaken on their way into the store.

import { describe, expect, it } from 'vitest';
import { allowAll, buy, changes, say } from '../../test/support/house.ts';
import { factsOf, overtaken, shown, three } from '../../test/support/racing.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { intake } from './intake.ts';

describe('choices that lost a race', () => {
  it('[E164] a yes that lost its race does not come after a no that was said in between', async () => {
    const [one, two] = await three();
    await allowAll(one, 'gil');
    await buy(one, 'gil', ['tea-1']);
    overtaken(one, () => say(two, 'gil', changes('withdrawn')));
    await expect(say(one, 'gil', changes('given'))).rejects.toMatchObject({ code: 'conflict', retry: 'now' });
    expect(factsOf(await shown(two, 'gil'))).toBe(0);
    expect(factsOf(await shown(one, 'gil'))).toBe(0);
    await say(one, 'gil', changes('given'));
    expect(factsOf(await shown(two, 'gil')), 'said again, by who now knows').toBe(1);
  });

  it('[E164] nor one that lost it while another notice was taken up, which may not carry it', async () => {
    const [one, two] = await three();
    await buy(one, 'gil', ['tea-1']);
    overtaken(one, async () => {
      await buy(two, 'gil', ['lamp-2']);
      one.engine.core.notices = { ...one.engine.core.notices };
    });
    await expect(say(one, 'gil', changes('given'))).rejects.toMatchObject({ code: 'conflict', retry: 'now' });
    expect(factsOf(await shown(two, 'gil'))).toBe(0);
  });

  it('[E164] a no that lost its race is said all the same, whatever came in between', async () => {
    const [one, two] = await three();
    await allowAll(one, 'hal');
    await buy(one, 'hal', ['tea-1']);
    overtaken(one, () => say(two, 'hal', changes('given', ['purchases'], ['recommend'])));
    const both = [...changes('given', ['reviews']), ...changes('withdrawn', ['purchases', 'interactions'])];
    await expect(say(one, 'hal', both)).rejects.toMatchObject({ code: 'conflict' });
    expect(factsOf(await shown(two, 'hal')), 'its no was kept').toBe(0);
  });

  it('[E164] an old yes in a batch of events is judged again after a lost race', async () => {
    const [one, two] = await three();
    await buy(one, 'ida', ['tea-1']);
    const late = {
      fineline: 'consent',
      source: 'web-shop',
      person: 'ida',
      time: new Date(one.nowMs() - 1000).toISOString(),
      notice: { id: 'notice-1', language: 'en' },
      grants: [{ category: 'purchases', purpose: 'recommend', state: 'given' }],
    };
    overtaken(one, () => say(two, 'ida', changes('withdrawn', ['purchases'])));
    const taken = await intake(one.engine, [late], { signals: NO_SIGNALS });
    expect(taken).toMatchObject({ consents: 0, refused: { 'consent-state-stale': 1 } });
    expect(factsOf(await shown(two, 'ida'))).toBe(0);
  });
});
