// A collector of traces for tests: takes what is sent to it by OTLP over HTTP, and keeps the very bytes.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SentSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: Pick<SentSpan, 'attributes'>;
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

export interface Collector {
  readonly url: string;
  /** All that was sent, word for word. */
  text(): string;
  spans(): readonly SentSpan[];
  /** Names of what is said of the sender. */
  resource(): readonly string[];
  close(): void;
}

/** `answers: false`: it takes everything and never says so. */
export async function startCollector({ answers = true } = {}): Promise<Collector> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      bodies.push(`${request.url}\n${JSON.stringify(request.headers)}\n${body}`);
      if (answers) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const sent = (): readonly Sent[] => bodies.map((text) => JSON.parse(text.split('\n')[2] ?? '') as Sent);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    text: () => bodies.join('\n'),
    spans: () =>
      sent().flatMap(({ resourceSpans }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    resource: () => [
      ...new Set(
        sent().flatMap(({ resourceSpans }) =>
          resourceSpans.flatMap(({ resource }) => resource.attributes.map(({ key }) => key)),
        ),
      ),
    ],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
