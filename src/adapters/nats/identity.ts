// Owns: whose certificate a server may show. The client tells Node names alone: of a server that is named by
// its address Node would look for "localhost" in the certificate. So the addresses of the settings are
// looked for then; any of them will do, because all are servers of one cluster.

import { isIP } from 'node:net';
import { type PeerCertificate, checkServerIdentity } from 'node:tls';

/** What Node looks for when it was told no name. */
const NO_NAME = 'localhost';

export type IdentityCheck = (name: string, certificate: PeerCertificate) => Error | undefined;

/** @param servers `HOST:PORT` or `nats://HOST:PORT`. */
export function identityAmong(servers: readonly string[]): IdentityCheck {
  const addresses = servers.map(hostOf).filter((host) => isIP(host) !== 0);
  return (name, certificate) => {
    const wrong = checkServerIdentity(name, certificate);
    if (wrong === undefined || name !== NO_NAME) return wrong;
    const isOurs = addresses.some((address) => checkServerIdentity(address, certificate) === undefined);
    return isOurs ? undefined : wrong;
  };
}

function hostOf(server: string): string {
  const bare = server.replace(/^\w+:\/\//, '').replace(/:\d+$/, '');
  return bare.replace(/^\[(.*)\]$/, '$1');
}
