// A way to a server that a test can cut: a socket of its own in front of the server's. What the server says
// can be kept from the client, so that a transaction is done and nobody hears of it.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PostgreSQL's name for the socket of its default port. */
const SOCKET = '.s.PGSQL.5432';

export interface Cutting {
  /** The same database, through here. */
  url(of: string): string;
  /**
   * Watches what clients send from now on. At the first piece that holds `text`: `before` cuts it off, so
   * that the server never sees it; `answer` lets it pass and cuts when the server answers, unheard.
   */
  cutAt(text: string, where: 'before' | 'answer'): void;
  /**
   * Keeps the next piece that holds `text`, and all that its client sends after it, on the way until the
   * answer is called; that resolves once there is such a piece.
   */
  holdAt(text: string): Promise<() => void>;
  /** How often it was cut. */
  cuts(): number;
  /** From now on nobody gets through. */
  refuse(isRefusing: boolean): void;
  close(): Promise<void>;
}

/** The folder of a server's socket, from the address of a database on it. */
export function serverDirOf(url: string): string {
  return new URL(url.replace('fineline@/', 'fineline@h/')).searchParams.get('host') ?? '';
}

type Caught = (release: () => void) => void;

interface HeldUp {
  readonly client: Socket;
  readonly upstream: Socket;
  readonly piece: Uint8Array;
  readonly caught: Caught;
}

function holdUp({ client, upstream, piece, caught }: HeldUp): void {
  client.pause();
  caught(() => {
    upstream.write(piece);
    client.resume();
  });
}

/** `serverDir`: folder of the server's socket. */
export async function cuttingProxy(serverDir: string): Promise<Cutting> {
  const dir = mkdtempSync(join(tmpdir(), 'fineline-cut-'));
  chmodSync(dir, 0o700);
  const open = new Set<Socket>();
  let plan: { readonly text: string; readonly where: 'before' | 'answer' } | undefined;
  let hold: { readonly text: string; readonly caught: Caught } | undefined;
  let cuts = 0;
  let isRefusing = false;

  const server = createServer((client) => {
    if (isRefusing) {
      client.destroy();
      return;
    }
    const upstream = connect(join(serverDir, SOCKET));
    let isDeaf = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
      open.delete(client);
    };
    open.add(client);
    client.on('error', end).on('close', end);
    upstream.on('error', end).on('close', end);
    client.on('data', (piece) => {
      if (hold !== undefined && piece.includes(hold.text)) {
        holdUp({ client, upstream, piece, caught: hold.caught });
        hold = undefined;
        return;
      }
      if (plan === undefined || !piece.includes(plan.text)) {
        upstream.write(piece);
        return;
      }
      const { where } = plan;
      plan = undefined;
      cuts += 1;
      if (where === 'before') end();
      else {
        isDeaf = true;
        upstream.write(piece);
      }
    });
    upstream.on('data', (piece) => {
      if (isDeaf) end();
      else client.write(piece);
    });
  });
  await new Promise<void>((resolve) => server.listen(join(dir, SOCKET), resolve));

  return {
    url: (of) => of.replace(encodeURIComponent(serverDir), encodeURIComponent(dir)),
    cutAt: (text, where) => {
      plan = { text, where };
    },
    holdAt: (text) => new Promise((caught) => (hold = { text, caught })),
    cuts: () => cuts,
    refuse: (refusing) => {
      isRefusing = refusing;
      if (refusing) for (const socket of open) socket.destroy();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
