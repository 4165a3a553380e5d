// The careless integrator: nobody who means harm, and the one who does most of it. They send every malformed
// consent, signal, source and event that exists in the wild. It succeeds when anything of it is taken for a
// yes or for true, or brings the server down.

import { type Attacker, type Outcome, tally } from './attacker.ts';
import { badConsents } from './bad-consents.ts';
import { badEvents } from './bad-events.ts';
import { badSignals } from './bad-signals.ts';
import { type Plan, carryOut } from './plans.ts';
import { ALL_YES, type Ask, type Asked, type Holes, type Stage, basketOf, did, send, yes } from './stage.ts';

export const INTEGRATOR: Attacker = {
  name: 'integrator',
  attack: (options) => {
    // The second sends the choices of the first by another way.
    const plans = options.isQuick === true ? PLANS.filter((_, at) => at !== 1) : PLANS;
    return carryOut('careless integrator', plans, options);
  },
};

type Lenient = (asked: Asked) => Asked;

const believing = (lenient: Lenient): Holes => ({ front: (ask) => (asked) => ask(lenient(asked)) });

type Loose = Readonly<Record<string, unknown>>;

/** The messages of a body, whatever it takes to find some. */
function messagesIn(body: unknown): readonly Loose[] {
  let value = body;
  for (let depth = 0; typeof value === 'string' && depth < 3; depth += 1) {
    try {
      value = JSON.parse(value) as unknown;
    } catch {
      return [];
    }
  }
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return list.filter((one): one is Loose => one !== null && typeof one === 'object' && !Array.isArray(one));
}

/** Whose it seems to be, by any field that ever held a name. */
function whoIn(message: Loose): string | undefined {
  const found = [message['person'], message['userId'], message['user_id'], message['client_id']].find(
    (name) => typeof name === 'string' && name !== '',
  );
  return typeof found === 'string' ? found.trim().slice(0, 100) : undefined;
}

/** As if truthy meant yes: whoever mentions somebody and anything like consent has their consent. */
function takesForYes(asked: Asked): Asked {
  if (!asked.path.startsWith('/v1/events')) return asked;
  const body = messagesIn(asked.body).map((message) => {
    const person = whoIn(message);
    return person === undefined ? message : yes(person);
  });
  return { ...asked, path: '/v1/events?source=town-web', body };
}

/** As if what is missing or odd could be filled in. */
function fillsIn(asked: Asked): Asked {
  if (!asked.path.startsWith('/v1/events')) return asked;
  const body = messagesIn(asked.body).map((message) => {
    if (message['fineline'] === 'consent') return message;
    return did(whoIn(message) ?? 'somebody', 'purchase', ['coat-1']);
  });
  return { method: 'POST', path: '/v1/events?source=town-web', key: asked.key, body };
}

/** As if only signals that can be read were signals. */
function passesOver(asked: Asked): Asked {
  const { context, ...body } = (asked.body ?? {}) as Loose;
  if (asked.path !== '/v1/decide') return asked;
  const { place } = (context ?? {}) as Loose;
  return { ...asked, headers: {}, body: { ...body, context: { place } } };
}

const WHOLE_YES = { grants: ALL_YES, notice: { id: 'notice-1', language: 'en' } };

const PLANS: readonly Plan[] = [
  {
    tried: 'sends malformed choices: words for yes, look-alikes, missing notices, foreign tools, broken JSON',
    success: 'a yes kept, or a 5xx',
    without: 'an intake to which truthy means yes',
    chance: 0,
    holes: believing(takesForYes),
    run: async (stage) => {
      const counted = tally();
      let last = 0;
      const cases = badConsents(() => `careless-${(last += 1)}`);
      for (const { person, body } of cases) {
        const { status, text } = await collect(stage, { body });
        const path = `/v1/people/${person}/consent`;
        const consent = await stage.ask({ method: 'GET', path, key: stage.keys.officer });
        const isKept = consent.text.includes('"state":"given"');
        counted.add(
          isKept || status >= 500,
          `${status} ${JSON.stringify(body).slice(0, 300)} ${text.slice(0, 200)}`,
        );
      }
      return counted.outcome();
    },
  },
  {
    tried: 'sends malformed choices to PUT …/consent, as a shop’s own centre would',
    success: 'a yes kept, or a 5xx',
    without: 'an intake to which truthy means yes',
    chance: 0,
    holes: believing((asked) => (asked.method === 'PUT' ? { ...asked, body: WHOLE_YES } : asked)),
    run: async (stage) => {
      const counted = tally();
      let last = 0;
      for (const { person, body } of badConsents(() => `centre-${(last += 1)}`)) {
        const [message] = messagesIn(body);
        if (message?.['fineline'] !== 'consent') continue;
        // Of a line these two fields mean something here; a source or a time may not be sent at all.
        const { fineline: _fineline, person: _person, ...rest } = message;
        const path = `/v1/people/${person}/consent`;
        const { status } = await stage.ask({ method: 'PUT', path, key: stage.keys.collect, body: rest });
        const consent = await stage.ask({ method: 'GET', path, key: stage.keys.officer });
        const isKept = consent.text.includes('"state":"given"');
        counted.add(isKept || status >= 500, `${status} ${JSON.stringify(body).slice(0, 300)}`);
      }
      return counted.outcome();
    },
  },
  {
    tried: 'sends GPC, TCF, GPP and ATT cut, double-encoded, of old versions, as numbers, in other alphabets',
    success: 'a list that rests on facts in spite of it, or a 5xx',
    without: 'signals that are passed over when they cannot be read',
    chance: 0,
    holes: believing(passesOver),
    run: signalsPassedOver,
  },
  {
    tried:
      'sends malformed events: times, amounts, sources, names, prototypes, encodings, keys in the address',
    success: 'an event kept, or a 5xx',
    without: 'an intake that fills in what is missing or odd',
    chance: 0,
    holes: believing(fillsIn),
    run: async (stage) => {
      await send(stage, [yes('somebody')]);
      const counted = tally();
      for (const { body, headers = {}, path = '', isKeyInPath = false } of badEvents('somebody')) {
        const { collect: key } = stage.keys;
        const full = `/v1/events${path}${isKeyInPath ? key : ''}`;
        const asked = { method: 'POST', path: full, headers, body, ...(isKeyInPath ? {} : { key }) };
        const { status, json, text } = await stage.ask(asked);
        const isKept = Number(json?.['accepted'] ?? 0) > 0;
        counted.add(
          isKept || status >= 500,
          `${status} ${path} ${JSON.stringify([headers, body]).slice(0, 300)} ${text.slice(0, 200)}`,
        );
      }
      return counted.outcome();
    },
  },
];

function collect({ ask, keys }: Stage, more: Pick<Asked, 'body'>): ReturnType<Ask> {
  return ask({ method: 'POST', path: '/v1/events', key: keys.collect, ...more });
}

/** Somebody in California, where silence is a yes until a signal says otherwise. */
async function signalsPassedOver(stage: Stage): Promise<Outcome> {
  const place = { country: 'US', region: 'CA' };
  const person = 'gil';
  await send(stage, [did(person, 'purchase', basketOf(0))], 'source=town-web&country=US&region=CA');
  const rests = async (
    asked: Partial<Asked>,
    placement: string,
    context: object,
  ): Promise<boolean | number> => {
    const body = { person, placement, context: { place, ...context } };
    const path = '/v1/decide';
    const answer = await stage.ask({ method: 'POST', path, key: stage.keys.decide, body, ...asked });
    if (answer.status >= 500) return true;
    return answer.text.includes('"kind":"fact"');
  };
  for (const placement of ['home', 'advert']) {
    if ((await rests({}, placement, {})) !== true)
      throw new Error(`${placement} rests on no fact without a signal`);
  }
  const counted = tally();
  for (const { what, placement, context = {}, headers = {} } of badSignals()) {
    counted.add((await rests({ headers }, placement, context)) === true, `${placement}: ${what}`);
  }
  return counted.outcome();
}
