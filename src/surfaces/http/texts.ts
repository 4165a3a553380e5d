// What the documentation says of each line of the contract: one idea to a sentence, for somebody who has
// never seen the rest.

export const TEXTS = {
  collect:
    'Events and choices in any intake format. 202: something new was kept, and is on disk. 200: ' +
    'nothing was new. One bad message is named with its place; the others go in. Choices rule the next ' +
    'decision, and so do events, but for those that “waiting” counts: they are confirmed by three servers, ' +
    'and act once they are written. 429 and 503 say when to send it again; nothing counts twice.',
  decide:
    'Items for one slot, each with the reasons that add up to its score, or nothing. The purpose ' +
    'comes from the settings of the placement. What was held back is not in the answer: a page may be ' +
    'looked at by others. Sec-GPC is honoured.',
  readConsent: 'Their grants, and for every category and purpose whether it is allowed now, and why not.',
  changeConsent:
    'Taken whole or refused whole; where the notice carries no yes, or something was said since (see ' +
    'after below), the noes beside it are kept. It rules the next decision, is witnessed in the log, and ' +
    'the receipt opens it. Who was erased comes back only by their own token.',
  readPerson: 'Every fact with its origin, basis, end, and the purposes that may use it now.',
  exportPerson: 'The above and the whole journal, in one JSON document with standard terms.',
  erasePerson:
    'Keys, facts, decisions and their share in the statistics go at once. The answer says what went ' +
    'and what stays sealed, with a receipt.',
  join:
    'A guest and an account, or two people of a household. It holds once the other side has done the ' +
    'same; either side can end it.',
  part: 'Ends a join from this side, at once.',
  restrict:
    'The fact is kept for what it was given for and used for nothing else, from the next decision on: no ' +
    'list, no statistics. Keys of facts stand in the answer of GET /v1/people/{id}.',
  mintToken:
    'For a shop to hand to a person who has signed in. It opens this person and nobody else. Nothing ' +
    'is kept of it.',
  why:
    'Decided again from its record: what each fact contributed, what would change without it. Only ' +
    'the own token is also told what was held back. For everybody else the decision does not exist.',
  receipt:
    'A C2SP tlog-proof that opens the decision: check it offline with "fineline verify". 404 with ' +
    'Retry-After until it is logged.',
  log:
    'C2SP tlog-tiles: checkpoint, tile/…, vkey, and successions where another key followed the first. ' +
    'Salted commitments only; anybody may copy it.',
  notices:
    'Every registered notice with its texts and what it asks for, older versions too. A yes counts only in ' +
    'front of one. The canonical JSON of {v: 1, id, version, controller, texts, asks}, with partners ' +
    'where there are any, has the SHA-256 ' +
    'given here, and its leaf is in the log.',
  releases:
    'The whole ledger, newest first, and what the year has spent. What is not in it was not released. The ' +
    'canonical JSON of a release has the SHA-256 given as its id, and its leaf is in the log.',
  publish:
    'Counts people who allow the purpose, adds noise, says few where few stand behind, keeps it and only ' +
    'then answers. 201: new; 200: asked before, and the answer is the same for good. See docs/releases.md.',
  copy:
    'Fills {people:RELEASE} with the total of a release and {people:RELEASE/ROW} with a row, as “about ' +
    '2,300”. Whatever else stands in braces is refused, and so is a number of few or too rough a one.',
  putItems: 'Public things, nothing about people. Sensitive classes are found and added.',
  learn:
    'Makes a model of what people allowed to be learned from, and takes it into service. It also ' +
    'happens by itself.',
  audiences:
    'Each audience of the policy in words, whether there are enough people in it to be written to, and ' +
    'roughly how many. Counted through the door once a day; nobody is written down as belonging to one.',
  proxies:
    'Found from people who allowed the purpose guard, and held back from everybody like the class they ' +
    'betray. Things, not people; no number that fewer than 20 people stand behind.',
  review:
    'No class was found for them, and nothing that could have told one spoke: no known category, no ' +
    'word in a language of the lists. By category, since one look settles a category. What was looked at ' +
    'goes into the policy: under sensitive.add, or under sensitive.reviewed.',
  thing:
    'What the catalogue found, by which label, number or word, and what holds under the policy. Text and ' +
    'word are as the shop and the lists write them.',
  health: 'Yes, if it answers.',
  ready:
    '200 while it serves; 503 while it stops or its store does not answer. "recovered" tells whether ' +
    'everybody is counted again after a start; serving does not wait for that. "events" tells how the ' +
    'event stream is, where there is one.',
  metrics: 'How many, how fast, how large. Never who.',
  gpc: 'As the specification asks (w3c.github.io/gpc).',
  openapi: 'Made from the schemas that validate.',
  docs: 'Made from the same table.',
} as const;
