// What whoever runs a process can follow of its work, request by request. Names and attributes come from our
// own tables (routes, ports, codes of faults), so nothing of anybody can get into one. Part of ports.ts.

export interface SpanStart {
  /** Of few forms: `POST /v1/decide`, `people.append`. */
  readonly name: string;
  /** `server`: a request of somebody's; `client`: a question to a store, the log or the learner. */
  readonly kind: 'server' | 'client';
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** One that is not ended is never told. */
export interface Span {
  /** Does the work as a part of this span: spans that begin within are its own. */
  run<T>(work: () => T): T;
  set(name: string, value: string | number): void;
  /** It failed, and how: a code of a fault or a status, never a message. */
  fail(code: string): void;
  end(): void;
}

export interface Traces {
  /** A part of the span that is under way, if one is. */
  begin(start: SpanStart): Span;
  /** Sends what waits, for a bounded time. Nothing may be begun afterwards. */
  close(): Promise<void>;
}
