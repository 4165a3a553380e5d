// Goal: a server that is named by its address shows a certificate of that address, and no other will do.
// A real handshake stands in test/deploy/nats.test.ts.

import type { PeerCertificate } from 'node:tls';
import { expect, it } from 'vitest';
import { identityAmong } from './identity.ts';

/** As Node hands it over, as far as it is looked at. */
const certificateOf = (subjectaltname: string): PeerCertificate =>
  ({ subject: { CN: 'x' }, subjectaltname }) as PeerCertificate;

it('[N22] looks for the addresses of the settings where no name was told', () => {
  const check = identityAmong(['10.0.0.1:4222', 'tls://[fd00::1]:4222', 'a.example:4222']);
  expect(check('localhost', certificateOf('IP Address:10.0.0.1'))).toBeUndefined();
  expect(check('localhost', certificateOf('IP Address:FD00:0:0:0:0:0:0:1'))).toBeUndefined();
  expect(check('localhost', certificateOf('DNS:localhost'))).toBeUndefined();
  expect(check('localhost', certificateOf('IP Address:10.0.0.9'))).toBeInstanceOf(Error);
  expect(check('localhost', certificateOf('DNS:a.example'))).toBeInstanceOf(Error);
  expect(check('a.example', certificateOf('DNS:a.example'))).toBeUndefined();
  expect(check('a.example', certificateOf('IP Address:10.0.0.1'))).toBeInstanceOf(Error);
});
