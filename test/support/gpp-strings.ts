// GPP strings for tests, as the encoder of the Interactive Advertising Bureau writes them (@iabgpp/cmpapi).
// Nothing but tests makes a consent string.

import { GppModel } from '@iabgpp/cmpapi';

/** The sections of states by the names of that encoder, and their ids. */
export const STATES: readonly (readonly [name: string, id: number])[] = [
  'usnat',
  'usca',
  'usva',
  'usco',
  'usut',
  'usct',
  'usfl',
  'usmt',
  'usor',
  'ustx',
  'usde',
  'usia',
  'usne',
  'usnh',
  'usnj',
  'ustn',
  'usmn',
  'usmd',
  'usin',
  'usky',
  'usri',
].map((name, at) => [name, at + 7] as const);

export type Fields = Readonly<Record<string, unknown>>;

/** What a section holds when nothing was said, by field. */
export function fieldsOf(section: string): Fields {
  const model = new GppModel();
  // A section comes into being with its first field.
  model.setFieldValue(section, fieldOf(section), empty(section));
  return model.getSection(section) as Fields;
}

function fieldOf(section: string): string {
  if (section === 'uspv1') return 'OptOutSale';
  return section.startsWith('tcf') ? 'CmpId' : 'SaleOptOut';
}

function empty(section: string): unknown {
  return section === 'uspv1' ? '-' : 0;
}

/** A GPP string with these sections. */
export function gppString(sections: Readonly<Record<string, Fields>>): string {
  const model = new GppModel();
  for (const [section, fields] of Object.entries(sections)) {
    for (const [field, value] of Object.entries({ [fieldOf(section)]: empty(section), ...fields }))
      model.setFieldValue(section, field, value);
  }
  return model.encode();
}

/** A GPP string with this TC string in it, which stays as it is. */
export function gppAround(tcf: string): string {
  return `DBABMA~${tcf}`;
}
