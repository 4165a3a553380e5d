// Campaigns of `contact` in a policy file.

import { err, ok } from '../kernel/result.ts';
import type { CampaignRule } from './contact.ts';
import { parseCampaignId } from './ids.ts';
import { type Parsed, parseNumber, parseWord, problem } from './parse.ts';
import { type Read, readList, readerOf } from './reading.ts';

const CAMPAIGNS_MAX = 20;
/** More than a shop of a million people would send to each. */
const CONTACTS_MAX = 10_000_000;

/** Example: `[{id: welcome, to: newcomers, contactsPerWeekMax: 200, freedToo: true}]`. */
export function readCampaigns(value: unknown): Read<readonly CampaignRule[]> {
  const read = readList(value, { countMax: CAMPAIGNS_MAX, read: readCampaign });
  if (!read.ok) return read;
  const ids = read.value.map(({ id }) => id);
  const twice = ids.findIndex((id, at) => ids.indexOf(id) < at);
  if (twice === -1) return read;
  return err([problem(`${twice}/id`, 'another name than those before', 'Write each campaign once.')]);
}

function readCampaign(value: unknown): Read<CampaignRule> {
  const names = ['id', 'to', 'contactsPerWeekMax', 'freedToo'];
  const opened = readerOf(value, { what: '', names });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const id = reader.take('id', parseCampaignId);
  const to = reader.take('to', (word, field) => parseWord(word, ['newcomers'], field));
  const contactsPerWeekMax = reader.take('contactsPerWeekMax', (entry, field) =>
    parseNumber(entry, { field, min: 0, max: CONTACTS_MAX, whole: true }),
  );
  const freedToo = reader.take('freedToo', parseYes, false);
  if (id === undefined || to === undefined || contactsPerWeekMax === undefined || freedToo === undefined)
    return reader.done<CampaignRule>(undefined);
  return reader.done({ id, to: 'newcomers', contactsPerWeekMax, freedToo });
}

function parseYes(value: unknown, field: string): Parsed<boolean> {
  if (typeof value === 'boolean') return ok(value);
  return err(problem(field, 'true or false', 'Write true if it may use contacts that were freed.'));
}
