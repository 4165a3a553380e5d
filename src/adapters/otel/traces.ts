// Traces as OpenTelemetry has them, sent as JSON over HTTP. Which span is under way is kept by Node for each
// chain of calls, so a question to a store finds the request that asked it. Where several people's entries
// are written in one go, the span of that write belongs to the request that began it.

import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Traces } from '../../engine/ports.ts';
import type { TraceSettings } from './settings.ts';

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;
/** Spans that wait at most, some 1 MB; what comes on top is dropped. */
const WAITING_MAX = 2048;
const CLOSE_MS_MAX = 3000;

export interface Serving {
  readonly version: string;
  /** Tells processes of one name apart; a random UUID, as their conventions ask for. */
  readonly instance: string;
}

export function openTraces({ ratio, service }: TraceSettings, { version, instance }: Serving): Traces {
  const exporter = new OTLPTraceExporter();
  const provider = new TracerProvider({
    // Nothing is found out of machine, process or user.
    resource: resourceFromAttributes({
      'service.name': service,
      'service.version': version,
      'service.instance.id': instance,
    }),
    sampler: new TraceIdRatioBasedSampler(ratio),
    spanProcessors: [new BatchSpanProcessor({ exporter, maxQueueSize: WAITING_MAX })],
  });
  const tracer = provider.getTracer('fineline', version);
  const underWay = new AsyncLocalStorage<Context>();

  return {
    begin: ({ name, kind, attributes }) => {
      const parent = underWay.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { kind: KINDS[kind], attributes }, parent);
      const within = trace.setSpan(parent, span);
      return {
        run: (work) => underWay.run(within, work),
        set: (key, value) => void span.setAttribute(key, value),
        fail: (code) => {
          span.setAttribute('error.type', code);
          span.setStatus({ code: SpanStatusCode.ERROR });
        },
        end: () => span.end(),
      };
    },
    close: async () => {
      const ended = provider.shutdown().catch(() => undefined);
      await Promise.race([ended, sleep(CLOSE_MS_MAX, undefined, { ref: false })]);
    },
  };
}
