// What a list is made from, beside the weights of a model.

/** What is known of one person (or session) at the moment of a decision. */
export type Occasion = {
  readonly facts: Uint32Array;
  /** Strength of each fact. */
  readonly values: Float64Array;
  /** How much the person repeats each fact's item; empty where repeats have no term of their own. */
  readonly own: Float64Array;
  /** Items that may not be recommended. */
  readonly barred: Uint32Array;
};

/** Popularity as a dense term and the items in its order (descending; ties by index). */
export type Popularity = { readonly values: Float64Array; readonly order: Uint32Array };
