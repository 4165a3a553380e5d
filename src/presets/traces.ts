// Traces of a process, where its variables ask for them.

import { randomUUID } from 'node:crypto';
import { type Variables, traceSettingsOf } from '../adapters/otel/settings.ts';
import type { Traces } from '../engine/ports.ts';

/** `undefined`: nobody asked. Fault `bad-settings` with the name of the variable and what may stand there. */
export async function openTracesOf(variables: Variables, version: string): Promise<Traces | undefined> {
  const settings = traceSettingsOf(variables);
  if (settings === undefined) return undefined;
  // A process that nobody wants to follow does without a library of a megabyte.
  const { openTraces } = await import('../adapters/otel/traces.ts');
  return openTraces(settings, { version, instance: randomUUID() });
}
