// Owns: the error that says the world failed (disk full, connection lost, key store shut). Unlike a refusal
// it is thrown, because nobody between the adapter and the surface can do anything about it; unlike a bug
// it tells the caller whether trying again makes sense.

/** `never`: needs a person; `later`: try again after a pause; `now`: try again at once (a lost race). */
export type Retry = 'never' | 'later' | 'now';

/**
 * A failure of the world. `code` is a literal that machines switch on and never changes its meaning; the
 * message is for people and says what failed and what to do.
 *
 *     throw new Fault('disk-full', 'the data folder is full: free some space', { retry: 'later' });
 */
export class Fault<Code extends string = string> extends Error {
  override readonly name = 'Fault';
  readonly code: Code;
  readonly retry: Retry;
  /** Seconds after which trying again makes sense, where the world said so. */
  readonly afterSeconds: number | undefined;

  constructor(
    code: Code,
    message: string,
    options: { readonly retry: Retry; readonly cause?: unknown; readonly afterSeconds?: number },
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.retry = options.retry;
    this.afterSeconds = options.afterSeconds;
  }
}

/** True for a `Fault`, and for a `Fault` of this code when one is given. */
export function isFault<Code extends string = string>(error: unknown, code?: Code): error is Fault<Code> {
  return error instanceof Fault && (code === undefined || error.code === code);
}
