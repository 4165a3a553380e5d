// What must never be true of a decision, one sentence each, with the rule of the documents that says so: the
// numbers are those of the stages' SPEC.md, `policy` is docs/policy.md.

export const RULES = {
  // Facts: what is read, scores, bars or is named as a reason.
  silence: ['G2', 'a fact is used though nobody was asked, or nobody answered'],
  refused: ['G3', 'a fact is used though the last word on it was a no'],
  'run-out': ['G3', 'a fact is used on a yes that has run out'],
  'not-begun': ['G3', 'a fact is used on a yes that begins in the future'],
  torn: ['G5', 'a fact is used though the record of what was said has a gap'],
  restored: ['G5', 'a fact is used though the key store remembers more withdrawals, or nobody of the name'],
  lost: ['G26', 'a fact is used on a yes of before a loss, or on silence after it'],
  minor: ['G7', 'a fact of somebody below the age of consent is used'],
  'ads-minor': ['G7', 'a fact of somebody below the age for profiled advertising advertises or writes'],
  signal: ['G8', 'a fact is used against Global Privacy Control'],
  'own-law': ['G12', 'a fact is used because one of two laws that apply would allow it'],
  'purpose-out': ['G30', 'a fact is used for a purpose that the policy leaves out'],
  'category-out': ['G30', 'a fact is used for a purpose for which the policy does not name its category'],
  'other-controller': ['P6', 'a fact of another controller is used'],
  'source-gone': ['P6', 'a fact is used whose source is not registered'],
  'source-bought': ['P6', 'a fact is used whose source is not first-party'],
  'source-foreign': ['P6', 'a fact is used whose source is another controller’s'],
  expired: ['P7', 'a fact is used beyond its own end'],
  'profile-end': ['P7', 'a fact is used beyond the time that a profile may live'],
  'times-unreadable': ['P7', 'a fact is used whose times cannot be read'],
  'category-false': ['P8', 'a fact is used that names another category than its own'],
  'set-aside': ['P9', 'a fact is used that its person set aside'],
  'sensitive-fact': ['P5', 'a fact about a thing of a sensitive class is used that nobody declared'],
  'shadow-fact': ['P5', 'a fact about a proxy, or a thing that nobody can judge, is used'],
  'law-forbids-declaring': ['P5', 'a declaration opens a class where the law knows none'],
  'declared-shared': ['D32', 'a fact of a declared class is used where others may look on'],
  'declared-never': ['D32', 'a fact of a declared class is used that the policy never shows'],
  'unknown-fact': ['P5', 'a fact about a thing that the catalogue does not know is used'],
  'joined-first': ['P4', 'a fact of a joined identity is used that the first person does not allow'],
  'joined-other': ['P4', 'a fact of a joined identity is used that the other does not allow'],
  'joined-sensitive': ['P4', 'a fact of a joined identity about a sensitive thing is used'],
  'category-unread': ['D13', 'a fact is read of a category that neither scores nor bars'],
  'not-true': ['D13', 'a fact scores of which nothing is left, or whose kind does not score'],
  'facts-max': ['D13', 'more than a hundred facts score'],
  'disliked-scores': ['D18', 'a fact scores about a thing that the person said no to'],
  'not-order': ['P19', 'a fact speaks for a next basket that is in none of the person’s own newest orders'],
  'not-session': ['P41', 'a fact speaks for a next click that was not looked at in the session that lasts'],
  'joined-next': ['P19', 'a fact of a joined identity speaks for what comes next'],
  'bar-without-fact': ['P1', 'a thing is barred for something that may not be known'],
  // Things: what is shown.
  'sold-out': ['D4', 'a thing is shown that is not sold now'],
  unlisted: ['D4', 'a thing is shown that the catalogue does not know'],
  'class-catalogue': ['D5', 'a thing of a class by the catalogue is shown that nothing opened'],
  'class-item': ['D25', 'a thing of a class by the policy’s items is shown that nothing opened'],
  'class-path': ['D25', 'a thing of a class by the policy’s paths is shown that nothing opened'],
  'class-proxy': ['D27', 'a proxy is shown where its class is not'],
  'class-unjudged': ['D27', 'a thing is shown of which nobody can say that it tells nothing'],
  'class-never': ['D26', 'a thing of a class under neverInContext is shown'],
  'onlooker-default': ['D5', 'a class is shown where others look on by our default'],
  'onlooker-channel': ['D26', 'a class is shown where others look on by the policy’s channels'],
  'onlooker-placement': ['D5', 'a class is shown where others look on by the placement'],
  'context-speaks': ['D5', 'a thing in front of the person speaks though its class is not open here'],
  variant: ['D81', 'a variant is shown of what is in front of the person, was bought or was refused'],
  'variant-twice': ['D81', 'a list has two variants of one product'],
  outside: ['D80', 'a thing is shown outside the part of the catalogue that was asked for'],
  'in-context': ['D4', 'a thing is shown that lies in front of the person'],
  bought: ['D8', 'a thing is shown that was bought'],
  'not-due': ['D64', 'a thing is shown in a next basket that was bought and is not due'],
  'barred-due': ['D64', 'a thing that is due again is barred from a next basket for having been bought'],
  returned: ['D8', 'a thing is shown that was returned'],
  disliked: ['D8', 'a thing is shown that was disliked'],
  dismissed: ['D8', 'a thing is shown that was dismissed within thirty days'],
  'disliked-kind': ['D18', 'a thing is shown of a leaf of which two others were said no to'],
  'cap-item': ['D7', 'a thing is shown more often than capPerItem'],
  'cap-person': ['D7', 'a placement speaks more often than capPerPerson'],
  'cap-contact': ['D29', 'a person is shown more over some channels than a cap of contact allows'],
  'cap-campaign': ['D29', 'a campaign comes to a person more often than a cap of contact allows'],
  'cap-leaf': ['D29', 'a thing is shown of a leaf that was shown often enough'],
  'backed-off': ['D30', 'somebody is spoken to too soon after contacts that they did not answer'],
  'learned-stop': ['D35', 'somebody is contacted in a state in which nobody is'],
  quiet: ['D31', 'somebody is spoken to in hours that are quiet where they may be'],
  'audience-out': ['D50', 'something is said to somebody who is not in the audience of the slot'],
  'audience-few': ['D50', 'something is said to an audience of few, or that nobody counted'],
  'audience-tells': ['D51', 'something is said to an audience that names what tells'],
  'subject-name': ['D54', 'a subject is not its text with names of the first thing of the list'],
  'subject-class': ['D54', 'a subject names a thing that tells'],
  'same-leaf': ['D6', 'a complement comes from the leaf that is looked at'],
  unrelated: ['D6', 'a complement is pulled by the context by less than 0.05'],
  'not-with': ['D28', 'a complement is shown that goes with nothing in front of the person'],
  far: ['D19', 'a complement is pulled less than 0.4 times as strongly as what is pulled most'],
  'basket-context': ['D60', 'what is in front of the person speaks for a next basket'],
  'other-model': ['D66', 'something speaks for what comes next that its model does not say'],
  'repeat-other': ['D61', 'what a purchase repeats is another thing than what was bought'],
  'next-score': ['D67', 'what comes next has another score than all that may speak add up to'],
  unlearned: ['D63', 'something comes next where nothing was learned of that'],
  'leaf-max': ['D3', 'a list has more of one leaf than perLeafMax'],
  'items-max': ['D3', 'a list is longer than itemsMax'],
  limit: ['D3', 'a list is longer than was asked for'],
  twice: ['D3', 'a thing stands twice in a list'],
  'left-out': ['D43', 'a thing is shown that the placement leaves out'],
  'pins-alone': ['D41', 'a message holds nothing but what the shop placed'],
  'pins-half': ['D41', 'more than half of a list is placed'],
  'pin-untold': [
    'D41',
    'a thing says that the shop placed it and the policy does not, or stands there unearned',
  ],
  favour: ['D42', 'a thing is favoured by more than it has, or that the policy does not favour'],
  'few-people': ['L8', 'a thing is shown, or a reason given, that fewer than minPeople people stand behind'],
  // Answers.
  'spoken-to': ['D16', 'something is said first to somebody for whom no View may be opened'],
  sum: ['D2', 'reasons do not add up to the score'],
  'reason-unknown': ['D2', 'the answer gives a reason that is no fact, no context and no popularity'],
  'tells-more': ['I16', 'the answer holds another field than things, scores, reasons and why it is empty'],
  propensity: ['D10', 'the propensity is no probability, or not 1 where nothing is drawn'],
  'empty-unsaid': ['D11', 'an empty answer without one of the eleven reasons, or a list with one'],
  'says-cap': ['D11', 'the answer says person-cap and no cap was reached that may be known'],
  'says-stop': ['D11', 'the answer says that contact is enough and nothing stopped it'],
  'says-audience': ['D11', 'the answer says not-in-audience to somebody who is in it'],
  'says-no-model': ['D11', 'the answer says no-model and there is one'],
  'says-not-allowed': ['D11', 'the answer says not-allowed to somebody who may be spoken to'],
  'says-guarded': ['D11', 'the answer says guarded and no guard had anything to take'],
  'says-unrelated': ['D11', 'the answer says nothing-related and something was'],
  // Admission.
  'kept-source': ['G22', 'an event is kept that no registered first-party source of ours sent'],
  'kept-future': ['G23', 'an event is kept that lies more than ten minutes ahead'],
  'kept-old': ['G23', 'an event is kept that is more than twenty years old, or past its end'],
  'kept-useless': ['G24', 'an event is kept that neither the contract nor a purpose may use'],
  'kept-long': ['G24', 'an event is kept for longer than its basis or its sender allows'],
  'kept-basis': ['G24', 'an event is kept on the contract that the order does not need'],
  'kept-traits': ['G25', 'an event brings traits that its kind does not cover'],
} as const satisfies Readonly<Record<string, readonly [where: string, what: string]>>;

export type RuleName = keyof typeof RULES;

export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[];

/** What the oracle says of one case. */
export interface Verdict {
  /** The rule could have been broken here: it is all that stands between a candidate and the answer. */
  concerns(rule: RuleName): void;
  breaks(rule: RuleName, what: string): void;
}

/** Why nothing may be said at all, if so. */
export type Silence = 'not-allowed' | AudienceRule | ContactRule | 'person-cap' | undefined;

/** What stops a contact, whatever would be in it. */
export type ContactRule = 'cap-contact' | 'cap-campaign' | 'backed-off' | 'learned-stop' | 'quiet';

/** Why a slot is not for somebody. */
export type AudienceRule = 'audience-out' | 'audience-few' | 'audience-tells';

/** How an answer words each. */
export const SAID_OF: Readonly<Record<ContactRule, string>> = {
  'cap-contact': 'contact-cap',
  'cap-campaign': 'campaign-cap',
  'backed-off': 'backed-off',
  'learned-stop': 'learned-stop',
  quiet: 'quiet-hours',
};
