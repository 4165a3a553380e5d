// Goal: what is told of a policy is what holds, each line with where it comes from.

import { describe, expect, it } from 'vitest';
import { STRICT, readPolicy } from '../presets/policy-file.ts';
import { readSettings } from '../presets/settings-file.ts';
import { SETTINGS } from '../../test/support/house.ts';
import { type Telling, tellPolicy } from './policy-told.ts';

const TEXT = `
policy: 1
purposes: { recommend: [purchases], improve: [purchases] }
channels: { email: { publicity: own-screen, reason: read in the app } }
sensitive:
  add: [{ class: own-hats, paths: [Hats > Felt] }]
  except: [{ class: alcohol, items: [v1], reason: vinegar is no wine }]
  neverInContext: [health]
placements:
  - { id: home, purpose: recommend, channels: [web], strategy: for-you, itemsMax: 7 }
`;

function toldOf(telling: Telling): readonly string[] {
  return tellPolicy(telling).map(({ section, name, text, from }) => `${section} ${name}: ${text} [${from}]`);
}

function fromText(text: string): Telling {
  const read = readPolicy(text);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return { ...read.value, origin: 'file', place: { country: 'DE' } };
}

describe('a policy in words', () => {
  it('[E34] names what the file says, what is a default, and what the law says', () => {
    const told = toldOf(fromText(TEXT));
    for (const line of [
      'numbers minPeople: at least 3 people stand behind every learned number [default]',
      'purposes recommend: may read purchases [file]',
      'purposes recommend: only with the person’s own yes (EU@2026-07-25) [law]',
      'purposes contact: not used: nothing is read for it [file]',
      'classes own-hats: also: Hats > Felt [file]',
      'classes alcohol: not: v1; reason given: vinegar is no wine [file]',
      'classes proxies: no leaf is named, so things that betray one are not looked for [default]',
      'slots home: at most 7 things [file]',
      'slots home: one thing at most 20 in 168 h to one person [default]',
    ])
      expect(told).toContain(line);
    const email = told.find((line) => line.startsWith('channels email'));
    expect(email).toMatch(/^channels email: own-screen: .*; reason given: read in the app \[file\]$/);
    expect(told.find((line) => line.startsWith('channels web'))).toMatch(/\[default\]$/);
    const health = told.find((line) => line.startsWith('classes health'));
    expect(health).toMatch(/whatever is in front of the person \[file\]$/);
    expect(told.find((line) => line.startsWith('classes grief'))).toMatch(
      /on a screen of one’s own \[default\]$/,
    );
  });

  it('[E34] names the leaves whose proxies are looked for', () => {
    const told = toldOf(
      fromText(`policy: 1
purposes: { recommend: [purchases], guard: [purchases] }
placements: []
proxies: { paths: [Pharmacy > Diabetes], falseRate: 0.025 }
`),
    );
    expect(told.filter((line) => line.includes('proxies'))).toEqual([
      'classes proxies: what betrays these is held back like them: Pharmacy > Diabetes [file]',
      'classes proxies: found from 1000 who allow guard, or more; at most 2.5 % of them wrong [file]',
      'classes proxies: what goes with these a little, in many things, stays in the model (no erase) [file]',
    ]);
  });

  it('[E34] the strict policy comes from nowhere else, under the strictest law', () => {
    const told = toldOf({ ...STRICT, origin: 'default' });
    expect(told.filter((line) => !/\[(default|law)\]$/.test(line))).toEqual([]);
    expect(told.find((line) => line.startsWith('law pack'))).toContain('place unknown');
  });

  it('[E34] old settings are told to be what they are', () => {
    const told = toldOf(readSettings(SETTINGS, 'settings'));
    expect(told).toContain('purposes advertise: may read every category (not narrowed) [default]');
    expect(told.filter((line) => line.endsWith('[old-settings]')).length).toBeGreaterThan(10);
  });
});
