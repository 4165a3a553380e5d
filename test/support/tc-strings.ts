// Consent strings for tests: published ones, with where they come from, and ones made by the encoders of the
// Interactive Advertising Bureau. Nothing but tests makes a consent string.

import {
  type GVL,
  PurposeRestriction,
  RestrictionType,
  Segment,
  SegmentEncoder,
  TCModel,
} from '@iabtcf/core';

/** Vendors on the list of these tests. */
export const VENDORS = 40;

export interface Choices {
  readonly consents: readonly number[];
  readonly legitimateInterests: readonly number[];
}

/** What a test says in a TC string; what it leaves out is nobody and nothing. */
export interface TcString extends Partial<Choices> {
  readonly updatedMs?: number;
  readonly asksPurposeOne?: boolean;
  readonly vendorConsents?: readonly number[];
  readonly vendorInterests?: readonly number[];
  /** Absent: the string has no such segment. */
  readonly disclosed?: readonly number[];
  /** Purposes the publisher does not allow a vendor. */
  readonly forbidden?: readonly { readonly vendor: number; readonly purpose: number }[];
  /** Absent: the string has no such segment. */
  readonly publisher?: Choices;
}

const PURPOSES = Array.from({ length: 11 }, (_, at) => at + 1);

/** All that a person can say yes to, on the first of February 2026. */
export const SAYS_YES: TcString = {
  consents: PURPOSES,
  legitimateInterests: [2, 7, 8, 9, 10, 11],
  updatedMs: Date.UTC(2026, 1, 1),
  asksPurposeOne: true,
  vendorConsents: [7],
  vendorInterests: [7],
  disclosed: [7],
};

/** A TC string as the encoder of @iabtcf/core writes it. */
export function tcString(said: TcString): string {
  const model = new TCModel();
  const date = new Date(said.updatedMs ?? Date.UTC(2026, 1, 1));
  model.cmpId = 300;
  model.cmpVersion = 1;
  model.isServiceSpecific = true;
  model.purposeOneTreatment = said.asksPurposeOne === false;
  model.purposeConsents.set([...(said.consents ?? [])]);
  model.purposeLegitimateInterests.set([...(said.legitimateInterests ?? [])]);
  model.vendorConsents.set([...(said.vendorConsents ?? [])]);
  model.vendorLegitimateInterests.set([...(said.vendorInterests ?? [])]);
  model.vendorsDisclosed.set([...(said.disclosed ?? [])]);
  model.publisherConsents.set([...(said.publisher?.consents ?? [])]);
  model.publisherLegitimateInterests.set([...(said.publisher?.legitimateInterests ?? [])]);
  for (const { vendor, purpose } of said.forbidden ?? [])
    model.publisherRestrictions.add(vendor, new PurposeRestriction(purpose, RestrictionType.NOT_ALLOWED));
  const vendorIds = new Set(Array.from({ length: VENDORS }, (_, at) => at + 1));
  model.publisherRestrictions.gvl = { vendorIds } as unknown as GVL;
  model.created = date;
  model.lastUpdated = date;
  const segments = [
    Segment.CORE,
    ...(said.disclosed === undefined ? [] : [Segment.VENDORS_DISCLOSED]),
    ...(said.publisher === undefined ? [] : [Segment.PUBLISHER_TC]),
  ];
  return segments.map((segment) => SegmentEncoder.encode(model, segment)).join('.');
}
