// A way to a NATS server on which connections can go deaf, as nats-server 2.9.10 was seen to leave them after
// a reload: what is sent arrives, what is asked of the interface for streams is answered, and nothing else
// that the server hands over reaches the client: no acknowledgement, no message.

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface DeafProxy {
  readonly url: string;
  /**
   * Connections that are open; whichever comes later hears, unless `all`. `mute`: nor does what they publish
   * reach the server.
   */
  deafen(how?: { readonly all?: boolean; readonly mute?: boolean }): void;
  hear(): void;
  /** Connections that were made so far. */
  made(): number;
  close(): Promise<void>;
}

interface Line {
  isDeaf: boolean;
  isMute: boolean;
  end(): void;
}

const CRLF = Buffer.from('\r\n');
/** Of the interface for streams: its answers say what they are. */
const ANSWER = 'io.nats.jetstream.api';

/** `to`: an address of a server, `nats://HOST:PORT`. */
export async function deafProxy(to: string): Promise<DeafProxy> {
  const { hostname, port } = new URL(to);
  const lines = new Set<Line>();
  let [isDeaf, made] = [false, 0];
  const server = createServer((client) => {
    made += 1;
    const upstream = connect(Number(port), hostname);
    const line = lineOf(client, upstream, isDeaf);
    lines.add(line);
    for (const socket of [client, upstream])
      socket.on('error', line.end).on('close', () => {
        line.end();
        lines.delete(line);
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `nats://127.0.0.1:${address.port}`,
    deafen: ({ all = false, mute = false } = {}) => {
      isDeaf = all;
      for (const line of lines) [line.isDeaf, line.isMute] = [true, mute];
    },
    hear: () => {
      isDeaf = false;
      for (const line of lines) [line.isDeaf, line.isMute] = [false, false];
    },
    made: () => made,
    close: async () => {
      for (const line of lines) line.end();
      server.close();
      await once(server, 'close');
    },
  };
}

function lineOf(client: Socket, upstream: Socket, isDeaf: boolean): Line {
  const line: Line = {
    isDeaf,
    isMute: false,
    end: () => {
      client.destroy();
      upstream.destroy();
    },
  };
  passFrames(client, upstream, (frame) => !line.isMute || !isPublished(frame));
  passFrames(upstream, client, (frame) => !line.isDeaf || !isMessage(frame) || frame.includes(ANSWER));
  return line;
}

function passFrames(from: Socket, to: Socket, passes: (frame: Buffer) => boolean): void {
  let rest: Buffer = Buffer.alloc(0);
  from.on('data', (piece) => {
    rest = Buffer.concat([rest, piece]);
    for (let frame = frameIn(rest); frame !== undefined; frame = frameIn(rest)) {
      rest = rest.subarray(frame.length);
      if (passes(frame)) to.write(frame);
    }
  });
}

const beginOf = (frame: Buffer): string => frame.subarray(0, 12).toString();
const isMessage = (frame: Buffer): boolean => /^H?MSG /.test(beginOf(frame));
/** But what asks the interface for streams. */
const isPublished = (frame: Buffer): boolean => /^H?PUB (?!\$JS)/.test(beginOf(frame));
const hasPayload = (frame: Buffer): boolean => /^H?(?:MSG|PUB) /.test(beginOf(frame));

/** The first whole piece of the protocol: a line, or a line and the payload whose length it ends with. */
function frameIn(bytes: Buffer): Buffer | undefined {
  const end = bytes.indexOf(CRLF);
  if (end < 0) return undefined;
  const payload = hasPayload(bytes) ? Number(bytes.subarray(0, end).toString().split(' ').at(-1)) + 2 : 0;
  const length = end + 2 + payload;
  return bytes.length < length ? undefined : bytes.subarray(0, length);
}
