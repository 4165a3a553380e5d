// A page that recomputes the golden files with the very sources of the core, types taken out, and sends home
// what came out: for any browser, however it is started.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const ROOT = new URL('../../', import.meta.url);
const SERVED = /^\/(src|test\/support|vectors)(\/[\w-]+)+\.(ts|json)$/;

export interface Compared {
  readonly name: string;
  readonly got: string;
  readonly expected: string;
}

export interface Recomputed {
  readonly agent: string;
  readonly decided: readonly Compared[];
  readonly kernel: { readonly count: number; readonly differences: readonly string[] };
  readonly proved: readonly Compared[];
}

/** With `changed` in the address every fact of a decision is a 1,024th stronger than in the file. */
const PAGE = `<!doctype html><title>vectors</title><script type="module">
const vectors = async (name) => (await fetch('/vectors/' + name + '.json')).json();
async function recompute() {
  const { recomputedDecisions } = await import('/test/support/decide-vectors-check.ts');
  const { runKernelVectors } = await import('/src/kernel/kernel-vectors.ts');
  const { recomputed } = await import('/test/support/prove-vectors-check.ts');
  const decide = await vectors('decide');
  if (location.search.includes('changed'))
    for (const { cases } of decide.shops)
      for (const { input } of cases) for (const fact of input.facts) fact.weight += 2 ** -10;
  return {
    agent: navigator.userAgent,
    decided: recomputedDecisions(decide),
    kernel: runKernelVectors(await vectors('kernel')),
    proved: await recomputed(await vectors('prove'), async ({ publicKey, message, signature }) => {
      const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
      return crypto.subtle.verify('Ed25519', key, signature, message);
    }),
  };
}
const body = await recompute().then(JSON.stringify, (error) => String(error) + error.stack);
await fetch('/came-out' + location.search, { method: 'POST', body });
</script>`;

export interface Visit {
  readonly address: string;
  /** What the browser sends that goes there; text that is no JSON when it could not. */
  readonly cameOut: Promise<string>;
}

export interface VectorsPage {
  readonly visit: (how?: 'changed') => Visit;
  readonly close: () => void;
}

export async function serveVectorsPage(): Promise<VectorsPage> {
  const waiting = new Map<string, (sent: string) => void>();
  const server = createServer((request, answer) => {
    const [path = '', which = ''] = (request.url ?? '').split('?');
    if (path === '/came-out') {
      void text(request).then((sent) => {
        answer.end();
        waiting.get(which)?.(sent);
      });
    } else if (path === '/') answer.setHeader('content-type', 'text/html').end(PAGE);
    else if (SERVED.test(path)) {
      const source = readFileSync(new URL(path.slice(1), ROOT), 'utf8');
      const isTyped = path.endsWith('.ts');
      answer.setHeader('content-type', isTyped ? 'text/javascript' : 'application/json');
      answer.end(isTyped ? stripTypeScriptTypes(source) : source);
    } else answer.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    visit: (how) => {
      const which = `${waiting.size}${how ?? ''}`;
      const cameOut = new Promise<string>((resolve) => {
        waiting.set(which, resolve);
      });
      return { address: `http://127.0.0.1:${port}/?${which}`, cameOut };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
