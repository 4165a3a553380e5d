// Owns: values of `keys.state`.

export const LIVE = 0;
export const ERASED = 1;
