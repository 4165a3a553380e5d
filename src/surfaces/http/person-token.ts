// A person's token: signed, short-lived, and good for one person at one controller. It is checked without
// asking any store, so that a token of somebody else, or of nobody, costs and tells the same.
//
//     flp_ base64url(canonical JSON {controller, exp, iat, jti, person}) . base64url(HMAC-SHA256)

import { assert } from '../../kernel/assert.ts';
import { base64url, equalBytes, fromBase64url, utf8, utf8Text } from '../../kernel/bytes.ts';
import { canonicalJson, parseJson } from '../../kernel/canonical.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { hmacKey, hmacWith } from '../../kernel/sha256.ts';
import { MINUTE_MS, SECOND_MS } from '../../kernel/time.ts';
import { type PersonId, parsePersonId } from '../../facts/ids.ts';
import { parseObject } from '../../facts/parse.ts';

/** A day: a page that a person leaves open over night still works, a token that was lost soon does not. */
export const TOKEN_MINUTES_MAX = 1440;

const PREFIX = 'flp_';
/** Ids of 128 characters take at most six bytes each in JSON, a third more in base64. */
const TOKEN_LENGTH_MAX = 3000;
const JTI_BYTES = 16;

export interface TokenRequest {
  readonly person: PersonId;
  readonly ttlMinutes: number;
  readonly nowMs: number;
}

export interface PersonTokens {
  mint(request: TokenRequest): { readonly token: string; readonly expiresMs: number };
  /** Whose token it is; `undefined` when it is not ours, altered, for another controller, or over. */
  personOf(token: string, nowMs: number): PersonId | undefined;
}

/**
 * `secrets`: 32 bytes each that are used for nothing else; the first signs, all open. The same array as long
 * as they stay.
 */
export function createPersonTokens(options: {
  readonly secrets: () => readonly Uint8Array[];
  readonly controller: string;
  readonly entropy: { bytes(count: number): Uint8Array };
}): PersonTokens {
  let used: readonly Uint8Array[] = [];
  let keys: readonly ReturnType<typeof hmacKey>[] = [];
  const macsOf = (payload: string): readonly Uint8Array[] => {
    const secrets = options.secrets();
    if (secrets !== used) keys = secrets.map((secret) => hmacKey(secret));
    used = secrets;
    return keys.map((key) => hmacWith(key, utf8(`${PREFIX}${payload}`)));
  };

  return {
    mint: ({ person, ttlMinutes, nowMs }) => {
      const iat = Math.floor(nowMs / SECOND_MS);
      const exp = iat + Math.min(ttlMinutes, TOKEN_MINUTES_MAX) * (MINUTE_MS / SECOND_MS);
      const jti = base64url(options.entropy.bytes(JTI_BYTES));
      const payload = base64url(
        utf8(canonicalJson({ person, controller: options.controller, exp, iat, jti })),
      );
      const [mac] = macsOf(payload);
      assert(mac !== undefined, 'somebody signs tokens');
      return { token: `${PREFIX}${payload}.${base64url(mac)}`, expiresMs: exp * SECOND_MS };
    },
    personOf: (token, nowMs) => {
      if (!token.startsWith(PREFIX) || token.length > TOKEN_LENGTH_MAX) return undefined;
      const [payload = '', mac = '', ...more] = token.slice(PREFIX.length).split('.');
      const given = fromBase64url(mac);
      if (more.length > 0 || given === undefined) return undefined;
      if (!macsOf(payload).some((one) => equalBytes(given, one))) return undefined;
      return readClaims(payload, options.controller, nowMs);
    },
  };
}

function claimsOf(payload: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = fromBase64url(payload);
  const json = bytes === undefined ? undefined : parseJson(utf8Text(bytes));
  const claims = json?.ok === true ? parseObject(json.value, 'token') : undefined;
  return claims?.ok === true ? claims.value : undefined;
}

/**
 * The controller that a token names, before anybody has looked at its signature: good for choosing who looks,
 * and for nothing else.
 */
export function controllerClaimed(token: string): string | undefined {
  if (!token.startsWith(PREFIX) || token.length > TOKEN_LENGTH_MAX) return undefined;
  const [payload = ''] = token.slice(PREFIX.length).split('.');
  const named = claimsOf(payload)?.['controller'];
  return typeof named === 'string' ? named : undefined;
}

function readClaims(payload: string, controller: string, nowMs: number): PersonId | undefined {
  const claims = claimsOf(payload);
  if (claims === undefined || claims['controller'] !== controller) return undefined;
  const { exp, iat } = claims;
  if (typeof exp !== 'number' || typeof iat !== 'number') return undefined;
  if (!(nowMs < exp * SECOND_MS) || iat * SECOND_MS > nowMs + LIMITS.clockSkewMsMax) return undefined;
  const person = parsePersonId(claims['person']);
  return person.ok ? person.value : undefined;
}
