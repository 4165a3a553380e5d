// A person's own: see, take along, change, join, erase. The pipeline has checked whose address it is; who
// does not exist and who may not be seen are answered with the same bytes.

import { isoInstant } from '../../../kernel/time.ts';
import { parseConsentRequest } from '../../../engine/intake.ts';
import type { ConsentMethod } from '../../../facts/grant.ts';
import { type PersonId, parsePersonId } from '../../../facts/ids.ts';
import { problem } from '../../../facts/parse.ts';
import { isRefusal } from '../../../facts/refusal.ts';
import type { Caller } from '../authorise.ts';
import { json } from '../exchange.ts';
import type { Ask, Handler, Host } from '../host.ts';
import { NOT_FOUND, type Refused, invalid, refused } from '../problem.ts';

const GONE = refused(
  'gone',
  'This person was erased. Only they can open the door again, with a token of their own.',
);

/** Reads `{id}`, asks, and answers what is known or that it is not. */
function ofPerson(
  ask: (host: Host, person: PersonId) => Promise<object | 'no-such-person' | 'erased' | 'erased-before'>,
) {
  return async (host: Host, { params }: Pick<Ask, 'params'>) => {
    const person = parsePersonId(params['id'], 'id');
    if (!person.ok) return invalid(person.error);
    const found = await ask(host, person.value);
    if (found === 'no-such-person') return NOT_FOUND;
    return typeof found === 'string' ? GONE : json(200, found);
  };
}

export const readPerson: Handler<'readPerson'> = ofPerson(({ engine }, person) => engine.describe(person));
export const readConsent: Handler<'readConsent'> = ofPerson(({ engine }, person) => engine.grants(person));
export const erasePerson: Handler<'erasePerson'> = ofPerson(({ engine }, person) => engine.erase(person));

export const exportPerson: Handler<'exportPerson'> = async (host, ask) => {
  const answered = await ofPerson(({ engine }, person) => engine.export(person))(host, ask);
  if ('problem' in answered) return answered;
  return {
    ...answered,
    headers: { ...answered.headers, 'content-disposition': 'attachment; filename="export.json"' },
  };
};

/** How somebody with this key may say that it was said. */
const METHODS: Readonly<
  Record<'collect' | 'decide' | 'officer' | 'admin' | 'person', readonly ConsentMethod[]>
> = {
  collect: ['api', 'banner', 'centre', 'signal'],
  decide: [],
  officer: ['officer'],
  admin: ['api', 'officer', 'import'],
  person: ['centre', 'banner', 'signal', 'api'],
};

export const changeConsent: Handler<'changeConsent'> = async ({ engine }, { params, body, caller }) => {
  const person = parsePersonId(params['id'], 'id');
  if (!person.ok) return invalid(person.error);
  const role = roleOf(caller);
  const methods = role === undefined ? [] : METHODS[role];
  const usual = methods[0];
  if (usual === undefined) return NOT_FOUND;
  const { after, ...choice } = body;
  const request = parseConsentRequest({ ...choice, method: body.method ?? usual });
  if (!request.ok) return invalid(request.error);
  if (!methods.includes(request.value.method)) {
    return invalid(problem('method', `one of ${methods.join(', ')}`, 'This key can claim no other way.'));
  }
  const kept = await engine.consent({
    person: person.value,
    ...request.value,
    after,
    byPerson: role === 'person',
  });
  if (kept === 'suppressed') return GONE;
  // Every no among the choices was kept: a no needs no notice.
  if (isRefusal(kept))
    return invalid(problem('notice', `one that carries these choices: ${kept.detail}`, REGISTER));
  return json(200, kept);
};

const REGISTER = 'No yes was kept; every no was. GET /v1/notices tells what is registered.';

function roleOf(caller: Caller): keyof typeof METHODS | undefined {
  if (caller.kind === 'anybody') return undefined;
  return caller.kind === 'key' ? caller.role : 'person';
}

export const join: Handler<'join'> = (host, ask) => link(host, ask, 'join');
export const part: Handler<'part'> = (host, ask) => link(host, ask, 'part');

async function link(host: Host, { params }: Pick<Ask, 'params'>, act: 'join' | 'part') {
  const person = parsePersonId(params['id'], 'id');
  if (!person.ok) return invalid(person.error);
  const other = parsePersonId(params['other'], 'other');
  if (!other.ok) return invalid(other.error);
  const done = await host.engine.link({ person: person.value, other: other.value, act });
  if (done === 'no-such-person') return NOT_FOUND;
  return done === 'kept' ? json(200, { kept: true }) : invalid(done);
}

export const restrict: Handler<'restrict'> = async ({ engine }, { params, body }) => {
  const person = parsePersonId(params['id'], 'id');
  if (!person.ok) return invalid(person.error);
  const act = body.restricted ? 'restrict' : 'lift';
  const done = await engine.restrict({ person: person.value, fact: body.fact, act });
  if (done === 'no-such-person') return NOT_FOUND;
  return done === 'kept' ? json(200, { kept: true }) : invalid(done);
};

/** Says nothing of whether the person is known: a shop may mint a token before anything is sent. */
export const mintToken: Handler<'mintToken'> = async ({ engine, tokens }, { params, body }) => {
  const person = parsePersonId(params['id'], 'id');
  if (!person.ok) return invalid(person.error) satisfies Refused;
  const { token, expiresMs } = tokens.mint({
    person: person.value,
    ttlMinutes: body.ttlMinutes,
    nowMs: engine.core.world.clock.nowMs(),
  });
  return json(200, { token, expires: isoInstant(expiresMs) });
};
