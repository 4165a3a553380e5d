// The engineer with one API key, or with a token of their own: asks every route with it, bends tokens, tries
// names of people to see which are customers, and looks for what was held back.

import { base64url, fromBase64url, utf8, utf8Text } from '../../../src/kernel/bytes.ts';
import { type Attacker, type Options, type Outcome, tally, toldApart } from './attacker.ts';
import { type Plan, carryOut } from './plans.ts';
import { MAY, ROUTES, bodyOf, pathOf } from './rights.ts';
import { type Asked, type Holes, type Stage, basketOf, did, send, yes } from './stage.ts';
import { withHeld } from './telling.ts';

type Front = NonNullable<Holes['front']>;

export const ENGINEER: Attacker = {
  name: 'engineer',
  attack: (options) =>
    carryOut(
      'engineer with one key',
      [ROUTES_TRIAL, TOKENS_TRIAL, NAMES_TRIAL, INTAKE_TRIAL, HELD_TRIAL],
      options,
    ),
};

/** Whatever is sent, a key that may stands behind it. */
const openDoor: Front =
  (ask, { keys }) =>
  async (asked) => {
    const first = await ask(asked);
    if (first.status < 400) return first;
    for (const key of Object.values(keys)) {
      const answer = await ask({ ...asked, key });
      if (answer.status < 400) return answer;
    }
    return first;
  };

const ROUTES_TRIAL: Plan = {
  tried: 'asks every route with each key, no key, and the token of somebody else, wherever that may not be',
  success: 'an answer of 2xx',
  without: 'a door that looks at no key',
  chance: 0,
  holes: { front: openDoor },
  run: async (stage) => {
    const decided = await stage.ask({
      method: 'POST',
      path: '/v1/decide',
      key: stage.keys.decide,
      body: { person: 'crowd-1', placement: 'home' },
    });
    const decision = String(decided.json?.['decision']);
    const credentials = { ...stage.keys, token: await stage.token('crowd-2'), none: undefined };
    const counted = tally();
    for (const route of ROUTES) {
      for (const [who, key] of Object.entries(credentials)) {
        if (MAY[route]?.includes(who) === true) continue;
        const asked = { ...pathOf(route, { id: 'crowd-1', decision }), key, body: bodyOf(route) };
        const { status } = await stage.ask(asked);
        counted.add(status < 300, `${who}: ${route} answered ${status}`);
      }
    }
    return counted.outcome();
  },
};

const uncheckedTokens: Front =
  (ask, { keys }) =>
  async (asked) => {
    const person = personIn(asked.key ?? '');
    if (person === undefined) return ask(asked);
    return asked.path.endsWith(`/${person}`) ? ask({ ...asked, key: keys.officer }) : ask(asked);
  };

const TOKENS_TRIAL: Plan = {
  tried: 'bends a token until it opens somebody else: other payloads, signatures cut, flipped, reused, none',
  success: 'an answer about the victim',
  without: 'tokens whose signature nobody checks',
  chance: 0,
  holes: { front: uncheckedTokens },
  run: async (stage) => {
    const counted = tally();
    const victim = 'crowd-1';
    for (const [what, key] of await bentTokens(stage, victim)) {
      const { text } = await stage.ask({ method: 'GET', path: `/v1/people/${victim}`, key });
      counted.add(text.includes(`"person":"${victim}"`), what);
    }
    return counted.outcome();
  },
};

/** Whose a token says it is. */
function personIn(token: string): string | undefined {
  const bytes = fromBase64url(/^flp_([^.]*)/.exec(token)?.[1] ?? '');
  try {
    const claims: unknown = JSON.parse(bytes === undefined ? '' : utf8Text(bytes));
    return (claims as { readonly person?: string }).person;
  } catch {
    return undefined;
  }
}

/** Tokens that name the victim, or nearly, with every signature at hand. */
async function bentTokens(stage: Stage, victim: string): Promise<readonly (readonly [string, string])[]> {
  const own = await stage.token('crowd-2');
  const [payload = '', mac = ''] = own.slice('flp_'.length).split('.');
  const claims = JSON.parse(utf8Text(fromBase64url(payload) ?? new Uint8Array())) as Record<string, unknown>;
  const macs = [
    mac,
    mac.slice(0, 20),
    '',
    '.',
    `${mac}.${mac}`,
    base64url(new Uint8Array(32)),
    mac.toLowerCase(),
  ];
  const payloads = [
    { ...claims, person: victim },
    { ...claims, exp: 9e9, person: victim },
    { person: victim, controller: 'town', exp: 9e9, iat: 0 },
    { ...claims, controller: 'other', person: victim },
    { ...claims, role: 'admin', person: victim },
  ].map((one) => base64url(utf8(JSON.stringify(one))));
  const crossed = payloads.flatMap((one) =>
    macs.map((sign) => ['payload and signature', `flp_${one}.${sign}`] as const),
  );
  const doubled = `{"person":"${victim}",${utf8Text(fromBase64url(payload) ?? new Uint8Array()).slice(1)}`;
  const twice = [['person said twice', `flp_${base64url(utf8(doubled))}.${mac}`]] as const;
  const flipped = Array.from({ length: mac.length }, (_, at) => {
    const other = mac[at] === 'A' ? 'B' : 'A';
    const bent = base64url(utf8(JSON.stringify({ ...claims, person: victim })));
    return [
      'one character of the signature',
      `flp_${bent}.${mac.slice(0, at)}${other}${mac.slice(at + 1)}`,
    ] as const;
  });
  return [...crossed, ...twice, ...flipped];
}

/** Half of the names are customers, half were never seen. */
async function namesToldApart(
  stage: Stage,
  options: Options,
  asks: (name: string) => Promise<readonly Asked[]>,
): Promise<Outcome> {
  const people = options.isQuick === true ? 10 : options.people;
  const answers: { isOne: boolean; answer: string }[] = [];
  for (let n = 0; n < people; n += 1) {
    await send(stage, [yes(`here-${n}`), did(`here-${n}`, 'purchase', basketOf(n))]);
  }
  for (let n = 0; n < 2 * people; n += 1) {
    const name = n % 2 === 0 ? `here-${n / 2}` : `away-${(n - 1) / 2}`;
    const told: string[] = [];
    for (const asked of await asks(name)) {
      const { status, text, headers } = await stage.ask(asked);
      told.push(`${status} ${text} ${headers}`.replaceAll(name, 'NAME'));
    }
    answers.push({ isOne: n % 2 === 0, answer: told.join('\n') });
  }
  return toldApart(answers);
}

/** Answers with the names of all who are there, as a directory would. */
const tellsWhoIsThere: Front =
  (ask, { keys }) =>
  async (asked) => {
    const answer = await ask(asked);
    const name = /^\/v1\/people\/([^/]+)/.exec(asked.path)?.[1] ?? nameIn(asked.body);
    if (name === undefined) return answer;
    const { status } = await ask({ method: 'GET', path: `/v1/people/${name}`, key: keys.officer });
    return status === 200 ? answer : { ...answer, status: 204 };
  };

function nameIn(body: unknown): string | undefined {
  const [first] = Array.isArray(body) ? (body as readonly unknown[]) : [body];
  const name = (first as { readonly person?: unknown } | undefined)?.person;
  return typeof name === 'string' ? name : undefined;
}

const NAMES_TRIAL: Plan = {
  tried: 'tries names with a token of their own, and with no key, on every route about a person',
  success: 'telling a customer from a name that nobody has',
  without: 'answers that differ for who is there',
  chance: 0.5,
  holes: { front: tellsWhoIsThere },
  run: async (stage, options) => {
    const key = await stage.token('outsider');
    const routes = ROUTES.filter((route) => route.includes('{id}') && !route.startsWith('POST'));
    return namesToldApart(stage, options, async (name) =>
      [key, undefined].flatMap((with_) =>
        routes.map((route) => ({
          ...pathOf(route, { id: name, decision: 'x' }),
          key: with_,
          body: bodyOf(route),
        })),
      ),
    );
  },
};

const INTAKE_TRIAL: Plan = {
  tried: 'sends a look at something in somebody’s name with the collect key, and reads the answer',
  success: 'telling a customer who said yes from a name that nobody has',
  without: 'answers that differ for who is there',
  chance: 0.5,
  gap: 16,
  holes: { front: tellsWhoIsThere },
  run: async (stage, options) =>
    namesToldApart(stage, options, async (name) => [
      {
        method: 'POST',
        path: '/v1/events?source=town-web',
        key: stage.keys.collect,
        body: [did(name, 'view', ['coat-1'])],
      },
    ]),
};

const tellsEverybody: Front = (ask, { memory }) => withHeld(ask, memory.engine);

const HELD_TRIAL: Plan = {
  tried: 'asks why a decision came out so with every key, to see what was held back',
  success: 'an answer with it',
  without: 'an explanation that tells everybody',
  chance: 0,
  holes: { front: tellsEverybody },
  run: async (stage, { people }) => {
    const counted = tally();
    for (let n = 0; n < people; n += 1) {
      const body = { person: `crowd-${n % 60}`, placement: 'home' };
      const decided = await stage.ask({ method: 'POST', path: '/v1/decide', key: stage.keys.decide, body });
      counted.add(decided.text.includes('"held"'), 'the answer to POST /v1/decide');
      const path = `/v1/why/${String(decided.json?.['decision'])}`;
      for (const [role, key] of Object.entries(stage.keys)) {
        const { text } = await stage.ask({ method: 'GET', path, key });
        counted.add(text.includes('"held"'), role);
      }
    }
    return counted.outcome();
  },
};
