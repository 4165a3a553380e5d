// Goal: whoever runs a shop can follow what a request asked and how long it took, and nothing of a person
// leaves with it. Method: the real server as a child process, and a collector that keeps every byte.

import { readFileSync } from 'node:fs';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { traceSettingsOf } from '../../src/adapters/otel/settings.ts';
import { type Collector, startCollector } from '../support/otlp-collector.ts';
import {
  type Ended,
  type Running,
  cli,
  orderCsv,
  startCli,
  tempPlace,
} from '../../src/surfaces/cli/testing.ts';

const place = tempPlace();
afterAll(() => place.dispose());

const PERSON = 'ada-lovelace-1815';
const THING = 'A SECRET THING';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PLANTED = [PERSON, THING, TRACE, 'Mozilla', '203.0.113.7', 'notice-1', 'ann@example.org'];

interface Served {
  readonly collector: Collector;
  readonly running: Running;
  ask(as: string, address: string, body?: unknown): Promise<{ status: number; text: string }>;
}

async function serve(home: string, answers: boolean): Promise<Served> {
  const collector = await startCollector({ answers });
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const running = startCli(['serve', '--port', '0', '--home', home, '--json'], { env });
  onTestFinished(() => {
    running.child.kill('SIGKILL');
    collector.close();
  });
  await running.seen('"address"');
  const { address } = JSON.parse(readFileSync(`${home}/server.json`, 'utf8')) as { readonly address: string };
  const keys = JSON.parse(readFileSync(`${home}/keys.json`, 'utf8')) as Readonly<Record<string, string>>;
  return {
    collector,
    running,
    ask: async (as, path, body) => {
      const method = body === undefined ? 'GET' : 'POST';
      const headers = {
        authorization: `Bearer ${keys[as]}`,
        'content-type': 'application/json',
        'user-agent': 'Mozilla/5.0',
        'x-forwarded-for': '203.0.113.7',
        traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
      };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(`${address}${path}`, { method, headers, ...sent });
      return { status: answer.status, text: await answer.text() };
    },
  };
}

const stop = async ({ child, ended }: Running): Promise<Ended> => {
  child.kill('SIGTERM');
  return ended;
};

const HOME = place.path('home');
const DATA = place.file('orders.csv', orderCsv({ orders: 60, people: 12, things: 20 }));

test('[OT1] [OT2] requests and what they asked are told, and nothing of whoever sent them', async () => {
  expect((await cli(['start', '--exit', '--home', HOME, '--data', DATA])).code).toBe(0);
  const { collector, running, ask } = await serve(HOME, true);
  const event = { kind: 'purchase', id: 'x1', person: PERSON, lines: [{ item: THING }] };
  expect((await ask('collect', '/v1/events?source=till', [event])).status).toBeLessThan(300);
  const decided = await ask('decide', '/v1/decide', { person: PERSON, placement: 'home' });
  expect(decided.status).toBe(200);
  expect((await ask('officer', `/v1/people/${PERSON}/export`)).status).toBe(200);
  expect((await ask('officer', '/v1/people/ann@example.org/nothing')).status).toBe(404);
  expect((await ask('decide', '/v1/decide', { person: PERSON, placement: 'nowhere' })).status).toBe(422);
  const { decision } = JSON.parse(decided.text) as { readonly decision: string };
  expect(await stop(running)).toMatchObject({ code: 0 });

  const spans = collector.spans();
  const decide = spans.filter(({ name }) => name === 'POST /v1/decide');
  expect(decide.map(({ kind }) => kind)).toEqual([2, 2]);
  expect(new Set(spans.filter(({ kind }) => kind === 2).map(({ name }) => name))).toEqual(
    new Set(['POST /v1/events', 'POST /v1/decide', 'GET /v1/people/{id}/export']),
  );
  // The write of the decision is a part of the request that asked for it.
  const first = decide[0]!;
  const parts = spans.filter(({ parentSpanId }) => parentSpanId === first.spanId);
  expect(parts.map(({ name }) => name)).toContain('people.append');
  expect(new Set(parts.map(({ traceId }) => traceId))).toEqual(new Set([first.traceId]));
  const keys = new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
  expect([...keys].toSorted()).toEqual(['http.request.method', 'http.response.status_code', 'http.route']);
  expect(collector.resource().toSorted()).toEqual(['service.instance.id', 'service.name', 'service.version']);
  const text = collector.text();
  for (const word of [...PLANTED, decision]) expect(text.includes(word), word).toBe(false);
});

test('[OT4] a collector that never answers holds up neither requests nor the stop', async () => {
  const { collector, running, ask } = await serve(HOME, false);
  for (let n = 0; n < 50; n += 1) {
    const { status } = await ask('decide', '/v1/decide', { person: PERSON, placement: 'home' });
    expect(status).toBe(200);
  }
  expect(await stop(running)).toMatchObject({ code: 0 });
  expect(collector.text()).toContain('POST /v1/decide');
});

test('[OT3] what cannot be followed ends the start; without an endpoint nothing is sent', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318', OTEL_TRACES_SAMPLER: 'sometimes' };
  const { code, err } = await cli(['serve', '--port', '0', '--home', HOME], { env });
  expect([code, err.includes('    at ')]).toEqual([expect.any(Number), false]);
  expect(code).not.toBe(0);
  expect(err.replaceAll(/\s+/g, ' ')).toContain(
    'OTEL_TRACES_SAMPLER: “sometimes” cannot be followed; expected always_on,',
  );
  const at = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' };
  const of = (more: Readonly<Record<string, string>>) => traceSettingsOf({ ...at, ...more });
  expect(traceSettingsOf({})).toBeUndefined();
  expect(traceSettingsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' })).toBeUndefined();
  expect(of({ OTEL_SDK_DISABLED: 'TRUE' })).toBeUndefined();
  expect(of({ OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined();
  expect(of({})).toEqual({ ratio: 1, service: 'fineline' });
  expect(
    of({
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_SERVICE_NAME: 'tea-shop',
    }),
  ).toEqual({ ratio: 0.25, service: 'tea-shop' });
  expect(of({ OTEL_TRACES_SAMPLER: 'always_off' })).toMatchObject({ ratio: 0 });
  for (const [name, value] of [
    ['OTEL_TRACES_SAMPLER', 'parentbased_jaeger_remote'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_TRACES_EXPORTER', 'zipkin'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'collector:4318'],
  ] as const)
    expect(() => of({ [name]: value }), name).toThrow(name);
  const ratio = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' };
  expect(() => of(ratio)).toThrow('a number from 0 to 1');
});
