// Goal: who we are is shown as the file says it now, and a password is replaced without stopping anybody.
// Method: the client's own keys, and one real server that is started again with another password.

import { afterEach, describe, expect, it } from 'vitest';
import { nkeys } from '@nats-io/transport-node';
import { type NatsServers, startNats } from '../../../test/support/nats-servers.ts';
import { WITHIN, message } from '../../../test/support/nats-streams.ts';
import { areCredentials, authenticatorOf } from './credentials.ts';
import { openNatsStream } from './stream.ts';

let servers: NatsServers | undefined;
afterEach(async () => {
  await servers?.close();
  servers = undefined;
});

/** As `nsc generate creds` writes it; what stands in the JWT is the servers' to judge. */
const credsOf = (jwt: string, seed: string): string => `-----BEGIN NATS USER JWT-----
${jwt}
------END NATS USER JWT------

-----BEGIN USER NKEY SEED-----
${seed}
------END USER NKEY SEED------
`;

describe('credentials', () => {
  it('[N21] are a line or a file of NATS, and nothing else', () => {
    for (const good of ['shop:secret', ' shop:se:cret\n', credsOf('a.b.c', 'SUA')])
      expect(areCredentials(good), good).toBe(true);
    for (const bad of ['', 'shop', 'shop:', ':secret', 'user: shop\npassword: x', 'sh op:secret'])
      expect(areCredentials(bad), bad).toBe(false);
  });

  it('[N21] of NATS sign what the server asks', () => {
    const user = nkeys.createUser();
    const text = credsOf('eyJ.abc.def', new TextDecoder().decode(user.getSeed()));
    const shown = authenticatorOf(() => text)('nonce') as { readonly jwt: string; readonly sig: string };
    expect(shown.jwt).toBe('eyJ.abc.def');
    const signature = Uint8Array.from(Buffer.from(shown.sig, 'base64url'));
    expect(nkeys.fromPublic(user.getPublicKey()).verify(new TextEncoder().encode('nonce'), signature)).toBe(
      true,
    );
  });

  it('[N21] are read anew at each connection; a file that is none leaves those of before', async () => {
    const login = { count: 1, user: 'shop', password: 'one' };
    servers = await startNats(login);
    let text = 'shop:one';
    const small = { replicas: 1, partitions: 1, bytesMax: 2 ** 20, acknowledgeMs: 1000 };
    const options = { ...small, servers: servers.urls, credentials: () => text };
    const stream = await openNatsStream(options);
    expect(await stream.publish([message(1)])).toEqual(['new']);
    const again = async (): Promise<string> =>
      stream.publish([message(1)]).then(
        ([ack]) => ack ?? '',
        () => 'down',
      );
    text = '';
    await servers.kill(0);
    await servers.start(0);
    await expect.poll(again, WITHIN).toBe('new');
    login.password = 'two';
    await servers.kill(0);
    await servers.start(0);
    // The client has been refused by then, more than once.
    expect([await again(), await again()]).toEqual(['down', 'down']);
    const other = { ...options, credentials: () => 'shop:one' };
    await expect(openNatsStream(other)).rejects.toMatchObject({ code: 'stream-refused', retry: 'never' });
    text = 'shop:two\n';
    await expect.poll(again, WITHIN).toBe('new');
    await stream.close();
  });
});
