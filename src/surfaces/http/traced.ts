// The span of a request: which line of the contract it was, and how it ended. Attributes as OpenTelemetry
// names those of HTTP servers (https://opentelemetry.io/docs/specs/semconv/http/http-spans/), without all
// that tells who asked: address, client, headers.

import type { Traces } from '../../engine/ports.ts';
import type { Reply } from './exchange.ts';
import type { Route } from './route.ts';

/** Of a line of the contract. */
interface Followed {
  readonly label: string;
  readonly route: Pick<Route, 'method' | 'path'>;
}

export async function tracedAnswer(
  traces: Traces,
  { label, route }: Followed,
  work: () => Promise<Reply>,
): Promise<Reply> {
  const attributes = { 'http.request.method': route.method, 'http.route': route.path };
  const span = traces.begin({ name: label, kind: 'server', attributes });
  const reply = await span.run(work);
  span.set('http.response.status_code', reply.status);
  if (reply.status >= 500) span.fail(String(reply.status));
  span.end();
  return reply;
}
