// Consent strings that others published, with what the publishers' own decoders say of them. Facts, not code.
//
// Specification of the TCF: github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework,
// of the GPP: github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform. Tests of the encoders:
// github.com/InteractiveAdvertisingBureau/iabtcf-es and github.com/IABTechLab/iabgpp-es.

import type { Choices } from './tc-strings.ts';

export interface PublishedTcString extends Choices {
  /** Where it stands: the specification, or a test of the encoders of the same bureau. */
  readonly source: string;
  readonly text: string;
  readonly day: string;
  readonly disclosesVendors: boolean;
  readonly hasPublisher: boolean;
  /** Purposes of the publisher's own that were consented to, when there are any. */
  readonly publisher?: readonly number[];
}

export const PUBLISHED_TC_STRINGS: readonly PublishedTcString[] = [
  {
    source: 'the example of the specification (TC String Format)',
    text: 'CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA',
    consents: [],
    legitimateInterests: [],
    day: '2025-06-03',
    disclosesVendors: true,
    hasPublisher: true,
  },
  {
    source: 'the example of the specification without its last segment',
    text: 'CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA',
    consents: [],
    legitimateInterests: [],
    day: '2025-06-03',
    disclosesVendors: true,
    hasPublisher: false,
  },
  {
    source: 'GPP Core/Consent String Specification, example 1',
    text: 'CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA',
    consents: [],
    legitimateInterests: [],
    day: '2022-04-20',
    disclosesVendors: false,
    hasPublisher: false,
  },
  {
    source: 'iabtcf-es, cmpapi/test/ReportedIssues: real, of 2020',
    text: 'CO5dPi4O5dPx2B7DvCENA2CgAAAAAAAAAAAAGewAAM8gAAAA.YAAAAAAAAAAA',
    consents: [],
    legitimateInterests: [],
    day: '2020-09-09',
    disclosesVendors: false,
    hasPublisher: true,
  },
  {
    source: 'iabtcf-es, core/test/ReportedIssues: 808 vendors',
    text: [
      'CO4VGswO4VGswAfZCBDEAzCsAP_AAH_AAAigGUNf_X9fb2vj-_599_t0eY1f9_63t-wzjheMs-8NyZ-X_J4Wv2MyvB',
      '34JqQKGRgkunLBAQdtHGncTQgBwIlViTLMY02MjzNKJrJEilsbe2dYGH9vn8XT_ZKZ70-_v__7v3___33_5Ayhr_6_',
      'r7e18f3_Pvv9ujzGr_v_W9v2GccLxln3huTPy_5PC1-xmV4O_BNSBQyMEl05YICDto407iaEAOBEqsSZZjGmxkeZpR',
      'NZIkUtjb2zrAw_t8_i6f7JTPen39___d-___--__ICgKAOAAcAA4AFAAjgB6AEYALcGACAW0AtoJAHAAOAAcACgARw',
      'A9ACMAFuFABALaAW0GgDgAHAAOABQAI4AegBGAC3DgAgFtALaEQBwADgAHAAoAEcAPQAjABbiQAQC2gFtCoA4ABwAD',
      'gAUACOAHoARgAtxYAIBbQC2hkAcAA4ABwAKABHAD0AIwAW40AEAtoBbQ6AOAAcAA4AFAAjgB6AEYALceACAW0AtohA',
      'HAAOAAcACgARwA9ACMAFuRABALaAW0SgDgAHAAOABQAI4AegBGAC3JgAgFtALaKQBwADgAHAAoAEcAPQAjABblQAQC',
      '2gFtA',
    ].join(''),
    consents: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    legitimateInterests: [2, 3, 4, 5, 6, 7, 8, 9, 10],
    day: '2020-08-18',
    disclosesVendors: false,
    hasPublisher: false,
  },
  {
    source: 'iabtcf-es, core/test/ReportedIssues: TCF 2.3, of 2026',
    text: [
      'CQd924AQd924AASACCENCNFsAP_gAEIAACiQL6QBAAGAAOANmAcAF9IAIADgAA.IL6AAAAAAAAAAAAAAAAAAAAAAAA',
      'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.YIAAAAAAAAAA',
    ].join(''),
    consents: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    legitimateInterests: [2, 7],
    day: '2026-01-13',
    disclosesVendors: true,
    hasPublisher: true,
    publisher: [6],
  },
  {
    source: 'iabgpp-es, section/TcfEuV2.test: all three segments',
    text: 'CPTtLAAPTtLAAAKAAAENAAFgALwAAEAAAAAAAOgAgABgAAAA.IAoAAgABgAAEAQAAEAAA.d4AACEAAAAAA',
    consents: [1, 3, 4, 5, 6],
    legitimateInterests: [2],
    day: '2022-02-01',
    disclosesVendors: true,
    hasPublisher: true,
  },
  {
    source: 'iabgpp-es, section/TcfEuV2.test: filled up with zeros',
    text: [
      'COv_eg6Ov_eg6AOADBENAaCgAP_AAH_AACiQAVEUQQoAIQAqIoghAAQgAA.YAAAAAAAAAAAAAAAAAA.IGLtV_T9fb2',
      'vj-_Z99_tkeYwf95y3p-wzhheMs-8NyZeH_B4Wv2MyvBX4JiQKGRgksjLBAQdtHGlcTQgBwIlViTLMYk2MjzNKJrJE',
      'ilsbO2dYGD9Pn8HT3ZCY70-vv__7v3ff_3g',
    ].join(''),
    consents: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    legitimateInterests: [2, 3, 4, 5, 6, 7, 8, 9, 10],
    day: '2020-03-09',
    disclosesVendors: true,
    hasPublisher: true,
  },
  {
    source: 'iabgpp-es, section/TcfEuV2.test: 1,166 vendors',
    text: [
      'CPi8wgAPi8wgAAOACBENCuCoAP_AAEfAACiQJHNd_H__bX9n-f7_6ft0eY1f9_r37uQzDhfNk-8F3L_W_LwX_2E7NF',
      '36tq4KmR4ku1LBIUNtHMnUDUmxaokVrzHsak2cpzNKJ_BkknsZe2dYGF9vm5tj-QKZ7_5_d3f52T_9_9v-39z33913',
      'v3d93-_13LjdV5_9H_v9fR_b8_Kf9_5-_4v8_____3_e______8AEEggCTDVuIAuxLHAm0DCKBECMKwkKoFABBQDC0',
      'QGADg4KdlYBPrCBAAgFAEYEQIcAUYEAgAAAgCQiACQIsEAAAIgEAAIAEQiEABAwCCgAsDAIAAQDQMUQoABAkIMiAiK',
      'UwICIEggJbKhBKC6Q0wgCrLACgkRsFAAiAAAUgACAsHAMESAlYsECTFG-QAjBCgFEqFaAGGgAwABBI4RABgACCRwqA',
      'DAAEEjgA',
    ].join(''),
    consents: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    legitimateInterests: [2, 6, 7, 8, 9, 10],
    day: '2022-11-24',
    disclosesVendors: false,
    hasPublisher: false,
  },
];

export interface PublishedGppString {
  readonly source: string;
  readonly text: string;
  /** Of each section, in order. */
  readonly kinds: readonly string[];
}

export const PUBLISHED_GPP_STRINGS: readonly PublishedGppString[] = [
  {
    source: 'Consent String Specification: EU TCF alone',
    text: 'DBABMA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA',
    kinds: ['tcfeu'],
  },
  {
    source: 'Consent String Specification: EU TCF and US Privacy',
    text: 'DBACNYA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN',
    kinds: ['tcfeu', 'us'],
  },
  {
    source:
      'Consent String Specification: Canadian TCF and US Privacy, with a string of the EU in Canada’s place',
    text: 'DBABjw~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN',
    kinds: ['unreadable', 'us'],
  },
  {
    source: 'no section at all',
    text: 'DBAA',
    kinds: [],
  },
  {
    source: 'iabgpp-es, section/UsNat.test: version 1',
    text: 'DBABLA~BAAAVVVVUQA.QA',
    kinds: ['us'],
  },
  {
    source: 'iabgpp-es, section/UsNat.test: version 1, no opt-out',
    text: 'DBABLA~BVQqAAAAAgA.QA',
    kinds: ['us'],
  },
  {
    source: 'iabgpp-es, section/UsNat.test: version 2',
    text: 'DBABLA~CAAAVVVVVVRA.QA',
    kinds: ['us'],
  },
  {
    source: 'iabgpp-es, section/UsNat.test: version 2 in the layout of version 1, which we do not trust',
    text: 'DBABLA~CAAAAAAAAQA.QA',
    kinds: ['unreadable'],
  },
  {
    source: 'written by the same encoder: opted out of sale, with Global Privacy Control',
    text: 'DBABLA~CAAQAAAAAABA.YA',
    kinds: ['us'],
  },
  {
    source: 'iabgpp-es, GppModel.test: EU TCF, Canadian TCF, US Privacy',
    text: [
      'DBACOeA~CPSG_8APSG_8ANwAAAENAwCgAAAAAAAAAAAAAAAAAAAA.IAAA.YAAAAAAAAAAA~BPSG_8APSG_8AAyACAE',
      'NGdCgf_gfgAfgfgBhADVqxGAD0AILVgAA.fHHHA4444ao~1YNN',
    ].join(''),
    kinds: ['tcfeu', 'tcfca', 'us'],
  },
  {
    source: 'iabgpp-es, GppModel.test: fourteen sections',
    text: [
      'DBACOcGA~CPSG_8APSG_8ANwAAAENAAFgAAAAAAAAAAAAAAAAAAAA.IAAA.YAAAAAAAAAAA~BPSG_8APSG_8AAAAAA',
      'ENAACAAAAAAAAAAAAAAAAAAA.YAAAAAAAAAA~1---~BAAAAAAAAQA.QA~BAAAAABA.QA~BAAAABA~BAAAAEA.QA~BA',
      'AAAAQA~BAAAAAEA.QA~BAAAAABA~BAAAAABA.QA~BAAAAAABAA.QA~BAAAAAQA.QA~BAAAAAABAA.QA~BAAAAAQA.Q',
      'A~BAAAAAQA.QA~BAAAAABA.QA~BAAAAAAAQA.QA~BAAAAAQA.QA~BAAAAAQA.QA~BQAA.QA~BQAA.AAA~BQAA.AAA~',
      'BQAA.AAA',
    ].join(''),
    kinds: ['tcfeu', 'tcfca', ...Array.from({ length: 22 }, () => 'us')],
  },
];
