// Owns: the shape of an expected outcome that may be a refusal. A plain tagged union rather than a class with
// methods: it survives JSON, `postMessage` and structural equality in tests, and a `switch` reads as prose.

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Err<E> = { readonly ok: false; readonly error: E };

/** Either a value or the reason why there is none. Refusals travel as values; they are never thrown. */
export type Result<T, E> = Ok<T> | Err<E>;

/** `ok(3)` is `{ ok: true, value: 3 }`. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** `err('too long')` is `{ ok: false, error: 'too long' }`. */
export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}
