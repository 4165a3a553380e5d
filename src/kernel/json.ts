// Owns: the type of what JSON can carry. Apart from its writer and its parser, so that both can use it.

export type JsonObject = { readonly [key: string]: Json };

/**
 * A JSON value. That numbers are finite and strings have no lone surrogate is checked when it is parsed
 * and written.
 */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/**
 * True for the arrays among the values with parts; `Array.isArray` alone does not narrow a readonly
 * array.
 */
export function isJsonArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
