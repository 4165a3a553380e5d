/*
 * What goes to another thread is data. Rows that are computed when they are read are none; but they know the
 * call that made them, and the same call makes the same rows anywhere.
 */

/** The name of a function (jobs.ts) and what it was given. */
export type Call = { readonly maker: string; readonly given: readonly unknown[] };

/** Something with functions in it that may know its call. */
type Made = { readonly call?: Call };

export type Makers = Readonly<Record<string, (...given: never[]) => unknown>>;

/** How a typed array is told: as it is, or as the same numbers elsewhere. */
export type Arrays = (array: ArrayBufferView) => ArrayBufferView;

/**
 * The same value with calls in place of what they made; what is there twice is one thing, before and after.
 * Nothing where something in it is a function, or has one, that no call is known for.
 */
export function told(value: unknown, arrays: Arrays = (one) => one): { readonly value: unknown } | undefined {
  const tell = remembered(arrays, (one: object): unknown => {
    const { call } = one as Made;
    if (call !== undefined) return { call: { maker: call.maker, given: call.given.map(tell) } };
    if (Array.isArray(one)) return one.map(tell);
    return Object.fromEntries(Object.entries(one).map(([name, of]) => [name, tell(of)]));
  });
  try {
    return { value: tell(value) };
  } catch (error) {
    if (error === UNTELLABLE) return undefined;
    throw error;
  }
}

const UNTELLABLE = new Error('a function whose call nobody knows');

/** The value that was told, with each call made again. */
export function heard(value: unknown, makers: Makers): unknown {
  const hear = remembered(
    (array) => array,
    (one: object): unknown => {
      const { call } = one as Made;
      if (call !== undefined) {
        const make = makers[call.maker] as ((...given: unknown[]) => unknown) | undefined;
        if (make === undefined) throw new Error(`Nobody knows how to make ${call.maker}.`);
        return make(...call.given.map(hear));
      }
      if (Array.isArray(one)) return one.map(hear);
      return Object.fromEntries(Object.entries(one).map(([name, of]) => [name, hear(of)]));
    },
  );
  return hear(value);
}

/** What `turn` makes of each object, once; what is none stays as it is. */
function remembered(arrays: Arrays, turn: (one: object) => unknown): (value: unknown) => unknown {
  const seen = new Map<object, unknown>();
  return (value) => {
    if (typeof value === 'function') throw UNTELLABLE;
    if (typeof value !== 'object' || value === null) return value;
    if (ArrayBuffer.isView(value)) return arrays(value);
    if (!seen.has(value)) seen.set(value, turn(value));
    return seen.get(value);
  };
}
