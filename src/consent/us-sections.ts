// The sections of the states of the United States in a GPP string, and the national one: for each, what
// stands one behind the other, two bits a field. 22 layouts, as data.
//
// Format: github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform, folder Sections. Maryland,
// Indiana, Kentucky and Rhode Island are read as the Interactive Advertising Bureau's own encoder writes
// them; with the header that their text asks for, which that encoder does not write, they are unreadable.

import type { GppSection } from '../facts/consent-string.ts';
import { type BitReader, readBits } from '../kernel/bit-reader.ts';

/**
 * What a field of two bits is: agreement between companies, notice, opt-out, sensitive, child, secondary use.
 */
type Kind = 'agreement' | 'notice' | 'optOut' | 'sensitive' | 'child' | 'secondary';
type Fields = readonly (readonly [Kind, number])[];
/** What may stand behind the dot: Global Privacy Control, or consents to sensitive data. */
type Behind = 'gpc' | 'sensitive' | 'nothing';

interface Layout {
  readonly version: number;
  readonly core: Fields;
  readonly behind: Behind;
}

interface Counts {
  readonly notices?: number;
  readonly optOuts?: number;
  readonly sensitive: number;
  readonly children: number;
  readonly secondary?: 0 | 1;
  readonly version?: number;
  readonly behind?: Behind;
}

function layout(counts: Counts): Layout {
  const {
    notices = 3,
    optOuts = 2,
    sensitive,
    children,
    secondary = 1,
    version = 1,
    behind = 'gpc',
  } = counts;
  const core: Fields = [
    ['notice', notices],
    ['optOut', optOuts],
    ['sensitive', sensitive],
    ['child', children],
    ['secondary', secondary],
    ['agreement', 3],
  ];
  return { version, core, behind };
}

/** Since 2025 the agreement comes first, and sensitive data have a part of their own. */
function lateLayout(children: number, behind: Behind): Layout {
  const core: Fields = [
    ['agreement', 2],
    ['notice', 3],
    ['optOut', 2],
    ['child', children],
    ['secondary', 1],
  ];
  return { version: 1, core, behind };
}

/** By section id; the national section has two versions. */
const LAYOUTS: ReadonlyMap<number, readonly Layout[]> = new Map([
  [
    7,
    [
      layout({ notices: 6, optOuts: 3, sensitive: 12, children: 2 }),
      layout({ notices: 6, optOuts: 3, sensitive: 16, children: 3, version: 2 }),
    ],
  ],
  [8, [layout({ sensitive: 9, children: 2 })]],
  [9, [layout({ sensitive: 8, children: 1, secondary: 0, behind: 'nothing' })]],
  [10, [layout({ sensitive: 7, children: 1, secondary: 0 })]],
  [11, [layout({ notices: 4, sensitive: 8, children: 1, secondary: 0, behind: 'nothing' })]],
  [12, [layout({ sensitive: 8, children: 3, secondary: 0 })]],
  [13, [layout({ sensitive: 8, children: 3, behind: 'nothing' })]],
  [14, [layout({ sensitive: 8, children: 3 })]],
  [15, [layout({ sensitive: 11, children: 3 })]],
  [16, [layout({ sensitive: 8, children: 1 })]],
  [17, [layout({ sensitive: 9, children: 5 })]],
  [18, [layout({ notices: 4, sensitive: 8, children: 1, secondary: 0 })]],
  [19, [layout({ sensitive: 8, children: 1 })]],
  [20, [layout({ sensitive: 8, children: 3 })]],
  [21, [layout({ sensitive: 10, children: 5 })]],
  [22, [layout({ sensitive: 8, children: 1 })]],
  [23, [layout({ sensitive: 8, children: 1 })]],
  [24, [lateLayout(0, 'gpc')]],
  [25, [lateLayout(1, 'sensitive')]],
  [26, [lateLayout(1, 'sensitive')]],
  [27, [lateLayout(1, 'sensitive')]],
]);

/** Ids of the sections read here, 7 national to 27 Rhode Island. */
export const US_SECTIONS: readonly number[] = [...LAYOUTS.keys()];

const VERSION_BITS = 6;
const FIELD_BITS = 2;
const SENSITIVE_BEHIND = 8;
/** Type of the part that holds Global Privacy Control. */
const GPC_TYPE = 1;

const UNREADABLE: GppSection = { kind: 'unreadable' };

type Values = Record<Kind, number[]>;

export function readUsSection(id: number, text: string): GppSection {
  const [first = '', behind, ...more] = text.split('.');
  const bits = readBits(first);
  const version = bits?.take(VERSION_BITS);
  const found = LAYOUTS.get(id)?.find((one) => one.version === version);
  if (bits === undefined || found === undefined || more.length > 0) return UNREADABLE;
  const values: Values = { agreement: [], notice: [], optOut: [], sensitive: [], child: [], secondary: [] };
  takeFields(bits, found.core, values);
  if (!bits.endsHere()) return UNREADABLE;
  const gpc = behind === undefined ? false : readBehind(behind, found.behind, values);
  if (gpc === undefined) return UNREADABLE;
  const { optOut: optOuts, sensitive, child: children, secondary } = values;
  return { kind: 'us', optOuts, sensitive, children, secondary, gpc };
}

/** Whether it says Global Privacy Control; `undefined` when it cannot be read. */
function readBehind(text: string, kind: Behind, values: Values): boolean | undefined {
  const bits = readBits(text);
  if (bits === undefined || kind === 'nothing') return undefined;
  let gpc = false;
  if (kind === 'gpc') {
    if (bits.take(FIELD_BITS) !== GPC_TYPE) return undefined;
    gpc = bits.take(1) === 1;
  } else {
    takeFields(bits, [['sensitive', SENSITIVE_BEHIND]], values);
  }
  return bits.endsHere() ? gpc : undefined;
}

function takeFields(bits: BitReader, fields: Fields, values: Values): void {
  for (const [kind, count] of fields) {
    for (let field = 0; field < count; field += 1) values[kind].push(bits.take(FIELD_BITS));
  }
}
