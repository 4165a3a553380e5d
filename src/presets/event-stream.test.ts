// Goal: an address of NATS is understood or refused, and a password in it is told to nobody.

import { describe, expect, it } from 'vitest';
import { natsFrom } from './event-stream.ts';

describe('an address of the event stream', () => {
  it('[Y10] names servers, user and TLS', () => {
    expect(natsFrom('nats://10.0.0.1')).toEqual({ servers: ['10.0.0.1:4222'], connection: {} });
    const both = natsFrom('nats://shop:p%40ss@a.example:1, tls://b.example:2');
    expect(both.servers).toEqual(['a.example:1', 'b.example:2']);
    expect(both.connection).toEqual({ user: 'shop', pass: 'p@ss', tls: {} });
  });

  it('[Y10] is refused when it is none, without a word of it', () => {
    for (const bad of ['', 'a.example', 'http://shop:secret@a.example', 'nats://', 'nats://a,secret']) {
      expect(() => natsFrom(bad)).toThrow(/looks like nats:\/\/HOST/);
      expect(() => natsFrom(bad)).not.toThrow(/secret|http/);
    }
  });
});
