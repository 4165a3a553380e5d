// Goal: a campaign for newcomers reaches nobody else, and no more people than it may. Method: worked
// examples.

import { describe, expect, it } from 'vitest';
import type { ContactRules } from '../facts/contact.ts';
import { parseCampaignId } from '../facts/ids.ts';
import { type Contacting, NO_ANSWERS, pressureOf } from './pressure.ts';
import { must } from './testing.ts';

const WELCOME = must(parseCampaignId('welcome'));
const RULES: ContactRules = {
  caps: [],
  quietHours: { fromMinute: 0, toMinute: 0, channels: ['push'] },
  backOff: { silentMax: 50, gapDays: 1, gapDaysMax: 1 },
  campaigns: [{ id: WELCOME, to: 'newcomers', contactsPerWeekMax: 2, freedToo: false }],
};
const NOW: Contacting = {
  own: [],
  joined: [],
  forgottenMs: Number.NEGATIVE_INFINITY,
  answers: NO_ANSWERS,
  channel: 'email',
  campaign: WELCOME,
  nowMs: 0,
  localMinutes: () => [720],
  leafOf: () => 0,
  standing: 'newcomer',
  room: { sent: 1, most: 2 },
};
const stop = (more: Partial<Contacting>) => pressureOf(RULES, { ...NOW, ...more }).stop;

describe('a campaign for newcomers', () => {
  it('[D36] reaches whoever never bought, as long as there is room', () => {
    expect(stop({})).toBeUndefined();
    expect(stop({ room: { sent: 2, most: 2 } })).toEqual({ by: 'campaign-full', number: 2 });
    expect(stop({ room: { sent: 2, most: 3 } })).toBeUndefined();
  });

  it('[D36] reaches nobody who bought, or of whom nobody can say, or while nobody has counted', () => {
    expect(stop({ standing: 'customer' })).toEqual({ by: 'not-newcomer', number: 0 });
    expect(stop({ standing: 'unknown' })).toEqual({ by: 'not-newcomer', number: 0 });
    const { standing: _, ...nothingSaid } = NOW;
    expect(pressureOf(RULES, nothingSaid).stop?.by).toBe('not-newcomer');
    expect(stop({ room: undefined })).toEqual({ by: 'campaign-full', number: -1 });
  });

  it('[D36] binds contacts of this campaign alone', () => {
    const other = must(parseCampaignId('sale'));
    expect(stop({ campaign: other, standing: 'customer' })).toBeUndefined();
    expect(stop({ campaign: undefined, standing: 'customer' })).toBeUndefined();
    expect(stop({ channel: 'web', standing: 'customer' })).toBeUndefined();
  });
});
