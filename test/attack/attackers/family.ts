// The family member with the phone in hand, the television before them and the letter on the table. They read
// whatever is shown to one person, byte by byte, and know what is shown to that person's double, who did the
// same and has no secret. Any difference tells.

import { settingsOf } from '../../cases/support/settings.ts';
import { type Attacker, type Options, type Outcome, type Trial, tally } from './attacker.ts';
import { SENSITIVE, type Stage, basketOf, did, openStage, send, stock, yes } from './stage.ts';

/** The slots of the cases, and what else a shop speaks through. */
const SETTINGS = `${settingsOf('town')}
  - { id: till, purpose: recommend, channels: [till], strategy: for-you, itemsMax: 4, exploreRate: 0,
      perLeafMax: 3 }
  - { id: push, purpose: contact, channels: [push], strategy: for-you, itemsMax: 4, exploreRate: 0,
      perLeafMax: 3, capPerPerson: { impressionsMax: 1, windowHours: 168 } }
`;
const SLOTS = ['home', 'product', 'living-room', 'advert', 'email', 'letter', 'reward', 'till', 'push'];
/** What lies in front of the person: nothing, an ordinary thing, the secret thing. */
const CONTEXTS: readonly (readonly string[])[] = [
  [],
  ['coat-1', 'tea-2'],
  ['test-two'],
  ['vitamins-prenatal'],
];

export const FAMILY: Attacker = {
  name: 'family',
  attack: async (options) => {
    const guarded = await openStage({ settings: SETTINGS });
    const unguarded = await openStage({ settings: SETTINGS });
    try {
      await stock(guarded);
      await stock(unguarded, false);
      const trial: Trial = {
        attacker: 'family with the phone',
        tried:
          'reads pages, mails, pushes, letters and till slips of a person with a secret and their double: ' +
          'things, reasons, lengths, headers, “why” without a sign-in',
        success: 'a pair with any byte different',
        without: 'a catalogue without classes',
        unguarded: await pairsToldApart(unguarded, options),
        guarded: await pairsToldApart(guarded, options),
        chance: 0,
      };
      return [trial];
    } finally {
      await guarded.close();
      await unguarded.close();
    }
  },
};

async function pairsToldApart(stage: Stage, { people, isQuick = false }: Options): Promise<Outcome> {
  const counted = tally();
  for (let n = 0; n < (isQuick ? people / 7 : people); n += 1) {
    const secret = SENSITIVE.filter((_, at) => at !== n % (SENSITIVE.length + 1)).map(([id]) => id);
    await comesIn(stage, `pair-${n}-a`, basketOf(n), secret);
    await comesIn(stage, `pair-${n}-b`, basketOf(n), []);
    const shown = await everythingShown(stage, `pair-${n}-a`);
    const double = await everythingShown(stage, `pair-${n}-b`);
    const at = shown.findIndex((text, index) => text !== double[index]);
    counted.add(at >= 0, `pair ${n}: ${shown[at]?.slice(0, 300)} and ${double[at]?.slice(0, 300)}`);
  }
  return counted.outcome();
}

async function comesIn(
  stage: Stage,
  person: string,
  items: readonly string[],
  secret: readonly string[],
): Promise<void> {
  const messages = [yes(person), did(person, 'purchase', items)];
  const more = secret.flatMap((item) =>
    ['view', 'basket-add', 'purchase'].map((kind) => did(person, kind, [item], 'town-app')),
  );
  await send(stage, [...messages, ...more]);
}

/** All that anybody beside the person can see, without what names this one answer. */
async function everythingShown(stage: Stage, person: string): Promise<readonly string[]> {
  const out: string[] = [];
  for (const placement of SLOTS) {
    for (const items of CONTEXTS) {
      const body = { person, placement, context: { items } };
      const { ask, keys } = stage;
      const answer = await ask({ method: 'POST', path: '/v1/decide', key: keys.decide, body });
      out.push(`${placement} ${items.join('+')}: ${withoutNames(answer.text, person)} ${answer.headers}`);
      const path = `/v1/why/${String(answer.json?.['decision'])}`;
      for (const key of [undefined, keys.decide, keys.collect]) {
        const why = await ask({ method: 'GET', path, key });
        out.push(`why ${why.status} ${why.text} ${why.headers}`);
      }
    }
  }
  return out;
}

/** Names and signatures are drawn anew for every answer; how long they are is not. */
function withoutNames(text: string, person: string): string {
  return text
    .replaceAll(person, 'X')
    .replace(/"decision":"([^"]+)"/, (_, name: string) => `"decision":${name.length}`)
    .replace(/"receipt":.*$/, (receipt) => `"receipt":${receipt.length}`);
}
