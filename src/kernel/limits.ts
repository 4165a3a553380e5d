// Owns: every bound of the engine, in one place, so that the HTTP schemas, the parsers, the stages and the
// storage agree on them. Names end in their unit or in what is counted; each states why this number.
// Relations between bounds are asserted when the module loads: a change that breaks one stops the program
// before it touches data.

import { assert } from './assert.ts';

export const LIMITS = {
  // What arrives.
  /** Characters of any id (person, item, event, order): a UUID has 36, a SHA-256 in hexadecimal 64. */
  idLengthMax: 128,
  /** Events in one request: at about 1 KB each they fill the body bound. */
  eventsPerBatchMax: 1000,
  /**
   * Order lines in one event. Of 25,900 real wholesale orders we test with, 49 are longer, and 3 of those
   * name a customer (542 at most): an importer cuts such an order into several events.
   */
  linesPerEventMax: 500,
  /**
   * Characters of free text (review, chat line): long reviews are cut by their sender, not stored in
   * part.
   */
  textLengthMax: 1000,
  /** Characters of a title or a label: Google Merchant allows 150, schema.org names run longer. */
  titleLengthMax: 300,
  /** Levels of a category path: Google's taxonomy has 7. */
  categoryDepthMax: 8,
  /** Characters of a URL: what browsers, proxies and sitemaps agree to carry. */
  urlLengthMax: 2048,
  /**
   * Characters of a consent string (TCF, GPP): with 1,600 vendors and a restriction for each purpose about
   * 4,000. A longer one is not read, and objects.
   */
  consentStringLengthMax: 10_000,
  /**
   * Characters of a notice in one language: a minute of reading English has about 1,000. What is far longer
   * is refused without being measured.
   */
  noticeLengthMax: 4000,
  /** Pieces in one order line: the real orders reach 80,995; beyond a million it is a typing error. */
  quantityMax: 1_000_000,
  /**
   * A price in the currency's smallest unit: ten thousand million euro, exact in a double with room to
   * add.
   */
  priceMinorMax: 1e12,
  /**
   * Bytes of a request body: one megabyte parses in milliseconds, so one request cannot hold a worker for
   * long.
   */
  bodyBytesMax: 1_048_576,
  /** Nesting of JSON from outside: event formats need 6 to 8; deeper is an attack on the stack. */
  jsonDepthMax: 32,
  /** Nesting of JSON that we write: what came in, wrapped by our own records. */
  canonicalDepthMax: 64,
  /** Bytes of one CSV line: a missing quote must not swallow the rest of the file. */
  csvLineBytesMax: 65_536,
  /** How far ahead of us a sender's clock may be, in milliseconds: ten minutes. */
  clockSkewMsMax: 600_000,
  /** Age of an event in days: twenty years, so that public research data can be imported. */
  eventAgeDaysMax: 7300,
  /** Pieces of one thing in stock, and percent of its margin: beyond is a slip of the pen. */
  stockMax: 10_000_000,
  marginPercentMax: 100,
  /** Items of a catalogue: what one process is built to serve; 24 bits would hold the index of 16 million. */
  catalogueItemsMax: 1_000_000,
  /** Sellers of a market in one process: each has an engine and a worker of its own (docs/market.md). */
  marketSellersMax: 50,

  // What is kept of one person.
  /** Declared traits (size, diet, language): more than a person would look through and keep right. */
  traitsPerPersonMax: 64,
  /** Facts in a profile: about 100 KB at 50 bytes each, which is decrypted for every cold decision. */
  factsPerPersonMax: 2000,
  /**
   * Items of one person that count towards statistics: bounds what one person can move
   * (docs/statistics.md).
   */
  contributionItemsMax: 200,
  /** Orders of one person that tell what is bought together, the newest: a year of weekly shopping. */
  ordersPerPersonMax: 50,
  /** Looks at things of one person that tell what is looked at next, the newest: some twenty sessions. */
  looksPerPersonMax: 100,
  /** Entries in a person's journal of admitted events: a shopper who does 27 things a day for ten years. */
  journalEntriesPerPersonMax: 100_000,
  /** Exposures remembered for caps and joins: the longest window is 30 days, at 17 a day. */
  exposuresPerPersonMax: 512,
  /** Weeks of one person that count for what a contact brings: bounds what one person can move. */
  trialsPerPersonMax: 20,
  /** Identities joined to one person (devices, cards, accounts). */
  linksPerPersonMax: 8,
  /** Years a grant may last before it must be asked for again. */
  grantYearsMax: 5,

  // What is decided and told.
  /** Items in one decision: a page of a shop. */
  decisionItemsMax: 100,
  /** Items the page itself tells about (the product looked at, the basket). */
  contextItemsMax: 50,
  /** Things held back that a person is shown at once; the count beyond is told as a number. */
  heldListedMax: 200,
  /** Of these, things of which nothing is told but that they do not belong beside what is looked at. */
  notRelatedListedMax: 20,
  /** Least number of people behind a learned number, inside the server. */
  peopleInsideMin: 3,
  /** Least number of people behind a number that leaves the server. */
  peopleOutsideMin: 20,

  // What is proved.
  /** Bytes of a log leaf, always: version, type, 32-byte HMAC. */
  leafBytes: 34,
} as const;

/** Relations that must hold between bounds; called at load, and with broken copies in the tests. */
export function assertLimits(limits: { readonly [name in keyof typeof LIMITS]: number }): void {
  for (const value of Object.values(limits)) {
    assert(Number.isSafeInteger(value) && value > 0, 'every limit is a positive safe integer');
  }
  assert(limits.leafBytes === 1 + 1 + 32, 'a leaf is a version byte, a type byte and an HMAC-SHA256');
  assert(limits.peopleInsideMin >= 2, 'a statistic of one person is that person');
  assert(limits.peopleInsideMin <= limits.peopleOutsideMin, 'what leaves the server hides in a larger group');
  assert(limits.contributionItemsMax <= limits.factsPerPersonMax, 'what counts is taken from what is kept');
  assert(limits.factsPerPersonMax <= limits.journalEntriesPerPersonMax, 'facts are folded from the journal');
  assert(limits.contextItemsMax <= limits.decisionItemsMax, 'a context is no longer than a list');
  assert(
    limits.decisionItemsMax <= limits.exposuresPerPersonMax,
    'one list fits into the exposures remembered',
  );
  assert(
    limits.canonicalDepthMax >= limits.jsonDepthMax + 8,
    'what may come in can be written inside a record',
  );
  assert(limits.csvLineBytesMax <= limits.bodyBytesMax, 'a line that can be imported can be sent');
  assert(limits.idLengthMax <= limits.titleLengthMax, 'an id can stand in for a missing title');
  assert(
    Number.isSafeInteger(limits.priceMinorMax * limits.linesPerEventMax),
    'the sum of an event is exact in a double',
  );
  assert(limits.catalogueItemsMax < 2 ** 24, 'item indices are exact in a Float32Array');
}

assertLimits(LIMITS);
