// What consent strings say, once they are decoded: the words of their formats, without ours. What follows
// from them stands in consent/. A string is read and obeyed; none is ever made, changed or passed on.

/** Purposes of the Transparency and Consent Framework, 1–24, for which a bit is set. */
export interface TcfChoices {
  readonly consents: readonly number[];
  /** Shown, resting on legitimate interest, and not objected to. */
  readonly legitimateInterests: readonly number[];
}

/** What a TC string says of one vendor. */
export interface TcfVendor {
  readonly consented: boolean;
  readonly legitimateInterest: boolean;
  /** Whether the person was shown this vendor at all. */
  readonly disclosed: boolean;
  /** Purposes the publisher forbids this vendor (restriction type 0). */
  readonly forbidden: readonly number[];
}

/** A TC string of version 2. */
export interface TcfReading extends TcfChoices {
  /** Last change by the person, milliseconds since 1970; since 2.2 by the day. */
  readonly updatedMs: number;
  /** Whether the segment that TCF 2.3 asks for is there. */
  readonly disclosesVendors: boolean;
  /** False where purpose 1 was not put to the person, so that its bit says nothing. */
  readonly asksPurposeOne: boolean;
  /** The choices for the publisher's own purposes, when the string has that segment. */
  readonly publisher?: TcfChoices;
  /** Of the vendor asked for. */
  readonly vendor?: TcfVendor;
}

/**
 * A part of a GPP string. Numbers are those of the format: opt-outs 0 not applicable, 1 opted out, 2 did not;
 * consents 0 not applicable, 1 no consent, 2 consent.
 */
export type GppSection =
  | { readonly kind: 'tcfeu'; readonly text: string }
  | ({ readonly kind: 'tcfca' } & TcfCaChoices)
  | {
      readonly kind: 'us';
      /** Of sale, of sharing, of targeted advertising. */
      readonly optOuts: readonly number[];
      /** For each kind of sensitive data. */
      readonly sensitive: readonly number[];
      /** For each age of a known child. */
      readonly children: readonly number[];
      /** For uses beyond what the data were given for. */
      readonly secondary: readonly number[];
      readonly gpc: boolean;
    }
  | { readonly kind: 'unreadable' };

/** Purposes by express and by implied consent: Canada's TCF knows no legitimate interest. */
export interface TcfCaChoices {
  readonly express: readonly number[];
  readonly implied: readonly number[];
  readonly publisher?: { readonly express: readonly number[]; readonly implied: readonly number[] };
}

export interface GppReading {
  readonly sections: readonly GppSection[];
}
