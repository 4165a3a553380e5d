// How a client asks: any node, with patience of its own, and again at another one until somebody answers.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/kernel/random.ts';
import type { Book } from './book.ts';
import type { FaultyNode } from './node.ts';

export interface Keys {
  readonly collect: string;
  readonly decide: string;
  readonly officer: string;
  readonly admin: string;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly key: keyof Keys;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly node: number;
  readonly sentMs: number;
  readonly ackedMs: number;
}

/** A client gives up on a node after this long; the node may still do it. */
const PATIENCE_MS = 2500;
const AGAIN_MS = 40;
/** Answers that mean: not now. */
export const LATER: ReadonlySet<number> = new Set([408, 409, 429, 503, 507]);

export interface Asking {
  readonly nodes: readonly FaultyNode[];
  readonly keys: Keys;
  readonly book: Book;
  /** No client goes on when this says so; what was not answered stays so until `settle`. */
  readonly isOver: () => boolean;
}

/** Once. `undefined`: no answer came, and nobody knows what became of it. */
export async function askOnce(
  { nodes, keys, book }: Asking,
  at: number,
  { method, path, key, body }: Request,
): Promise<Answer | undefined> {
  const headers = { authorization: `Bearer ${keys[key]}`, 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const sentMs = performance.now();
  book.counts.requests += 1;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`${nodes[at]!.url()}${path}`, { method, headers, signal, ...sent });
    const text = await response.text();
    return { status: response.status, text, node: at, sentMs, ackedMs: performance.now() };
  } catch {
    book.counts.unanswered += 1;
    return undefined;
  }
}

/**
 * Until an answer is `final`, at one node after the other. `unsure` hears of each try that may be done later.
 * `undefined`: the round is over before that.
 */
export async function askUntil(
  asking: Asking,
  random: Random,
  request: Request,
  { final, unsure = () => undefined }: { final: (answer: Answer) => boolean; unsure?: () => void },
): Promise<Answer | undefined> {
  while (!asking.isOver()) {
    const answer = await askOnce(asking, random.below(asking.nodes.length), request);
    if (answer !== undefined && final(answer)) return answer;
    if (answer === undefined || answer.status >= 500) unsure();
    if (answer !== undefined) {
      asking.book.counts.refused += 1;
      if (answer.status >= 400 && !LATER.has(answer.status)) {
        const { status, text } = answer;
        asking.book.found('failed', `${request.method} ${request.path}: ${status} ${text.slice(0, 300)}`);
        return undefined;
      }
    }
    await sleep(AGAIN_MS + random.below(AGAIN_MS));
  }
  return undefined;
}
