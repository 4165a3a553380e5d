// What the variables of OpenTelemetry ask for. Those that concern the sending itself (headers, timeout,
// compression, certificates) are read by its exporter.
// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/

import { Fault } from '../../kernel/fault.ts';

export interface TraceSettings {
  /** Of all traces this part is recorded, 0–1. */
  readonly ratio: number;
  readonly service: string;
}

export type Variables = Readonly<Record<string, string | undefined>>;

const SAMPLERS = ['always_on', 'always_off', 'traceidratio'] as const;

/** `undefined`: nothing is to be traced. Fault `bad-settings` with the name of the variable. */
export function traceSettingsOf(variables: Variables): TraceSettings | undefined {
  const of = (name: string): string => variables[name]?.trim() ?? '';
  const isAsked = of('OTEL_EXPORTER_OTLP_ENDPOINT') !== '' || of('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') !== '';
  if (!isAsked || of('OTEL_SDK_DISABLED').toLowerCase() === 'true') return undefined;
  if (of('OTEL_TRACES_EXPORTER') === 'none') return undefined;
  among('OTEL_TRACES_EXPORTER', of('OTEL_TRACES_EXPORTER'), ['otlp', '']);
  for (const name of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])
    assertAddress(name, of(name));
  for (const name of ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'])
    among(name, of(name), ['http/json', '']);
  const ratio = ratioOf(of('OTEL_TRACES_SAMPLER'), of('OTEL_TRACES_SAMPLER_ARG'));
  return { ratio, service: of('OTEL_SERVICE_NAME') || 'fineline' };
}

/** A trace begins here (OT2), so `parentbased_x` is `x`. */
function ratioOf(sampler: string, argument: string): number {
  const name = sampler.replace(/^parentbased_/u, '');
  among('OTEL_TRACES_SAMPLER', name, [...SAMPLERS, '']);
  if (name === 'always_off') return 0;
  if (name !== 'traceidratio' || argument === '') return 1;
  const ratio = Number(argument);
  if (ratio >= 0 && ratio <= 1) return ratio;
  throw badSetting('OTEL_TRACES_SAMPLER_ARG', argument, 'a number from 0 to 1');
}

function among(name: string, value: string, allowed: readonly string[]): void {
  const words = allowed.filter((word) => word !== '').join(', ');
  if (!allowed.includes(value)) throw badSetting(name, value, `${words}, or nothing`);
}

function assertAddress(name: string, value: string): void {
  if (value === '') return;
  const { protocol = '' } = URL.parse(value) ?? {};
  if (protocol !== 'http:' && protocol !== 'https:')
    // Not quoted: a password may stand in it.
    throw new Fault('bad-settings', `${name}: expected an address like http://localhost:4318`, {
      retry: 'never',
    });
}

function badSetting(name: string, value: string, expected: string): Fault {
  return new Fault('bad-settings', `${name}: “${value}” cannot be followed; expected ${expected}`, {
    retry: 'never',
  });
}
