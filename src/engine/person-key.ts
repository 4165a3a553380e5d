// The name of a person in stores and statistics.

declare const personKeyBrand: unique symbol;
/**
 * 32 hex digits: keyed hash of controller and person id. Without the pepper of the key store it names nobody.
 */
export type PersonKey = string & { readonly [personKeyBrand]: true };
