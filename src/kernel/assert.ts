// Owns: how a bug stops the unit of work. Of the three kinds of errors (refusal, fault, bug) this is the
// last: a programmer was wrong, so there is nothing to answer and nothing to retry. Assertions stay on in
// production, because a personalisation engine that continues on a broken assumption can say something
// about a person that it must not say.

/** A broken assumption of our own code. Never caught to continue; the surface answers 500 and logs it. */
export class Bug extends Error {
  override readonly name = 'Bug';
}

/**
 * Stops with a `Bug` unless `condition` holds, and narrows its type when it does. The message is the sentence
 * that should have been true: `assert(k > 0, 'k is positive')`.
 */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Bug(`assertion failed: ${message}`);
}

/**
 * The end of a total `switch` over a union: does not compile while a case is missing, stops with a `Bug`
 * when a value from outside the types arrives at run time. The value itself is not put in the message: it
 * may be personal.
 */
export function unreachable(value: never): never {
  throw new Bug(`unreachable case of type ${typeof value}`);
}
