// Owns: showing the servers who we are, from a file that is read anew at each connection, so that a password
// can be replaced without stopping a node.

import {
  type Authenticator,
  credsAuthenticator,
  usernamePasswordAuthenticator,
} from '@nats-io/transport-node';

/** A `.creds` file of NATS says so in its first line. */
const JWT = /^-+BEGIN NATS USER JWT-+$/m;

/** Whether a text is what such a file holds: a line USER:PASSWORD, or user JWT and seed of NATS. */
export function areCredentials(text: string): boolean {
  return JWT.test(text) || /^[^:\s]+:\S+$/.test(text.trim());
}

/**
 * @param read the text of the file; one that is no credentials, or throws, leaves those of before in place,
 *   and where there are none the servers are told none.
 */
export function authenticatorOf(read: () => string): Authenticator {
  let last = '';
  return (nonce) => {
    last = readOr(read, last);
    if (JWT.test(last)) return credsAuthenticator(new TextEncoder().encode(last))(nonce);
    const line = last.trim();
    const at = line.indexOf(':');
    return usernamePasswordAuthenticator(line.slice(0, Math.max(0, at)), line.slice(at + 1))(nonce);
  };
}

function readOr(read: () => string, last: string): string {
  try {
    const text = read();
    return areCredentials(text) ? text : last;
  } catch {
    return last;
  }
}
