// What every end-to-end test asks of a server, with answers read by the schemas of the contract.

import { expect } from 'vitest';
import type { z } from 'zod';
import { decideAnswer, eventsAnswer } from '../../src/surfaces/http/answers.ts';
import { type Exported, exportSchema } from './e2e-life.ts';
import type { Answer, Running } from './e2e-running.ts';

export function okJson({ status, text }: Answer): unknown {
  expect(status, text).toBeLessThan(300);
  return JSON.parse(text);
}

export const pathOf = ({ name }: { readonly name: string }): string =>
  `/v1/people/${encodeURIComponent(name)}`;

export async function exportOf(server: Running, life: { readonly name: string }): Promise<Exported> {
  const answer = await server.http('GET', `${pathOf(life)}/export`, { key: server.keys.officer });
  return exportSchema.parse(okJson(answer));
}

export type Decided = z.infer<typeof decideAnswer>;

export async function decideFor(server: Running, person: string, placement = 'steady'): Promise<Decided> {
  const body = { person, placement };
  const answer = await server.http('POST', '/v1/decide', { key: server.keys.decide, body });
  return decideAnswer.parse(okJson(answer));
}

/** Whether any thing is there because of something the person did. */
export function usesFacts({ items }: Decided): boolean {
  return items.some(({ reasons }) => reasons.some(({ kind }) => kind === 'fact'));
}

export async function send(server: Running, body: readonly unknown[]): Promise<z.infer<typeof eventsAnswer>> {
  const answer = await server.http('POST', '/v1/events', { key: server.keys.collect, body });
  return eventsAnswer.parse(okJson(answer));
}
