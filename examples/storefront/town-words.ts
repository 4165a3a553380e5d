// The town’s own words, in the storefront’s languages: they are the same seven.

export { productWords, stepWord } from '../../data/town/words.ts';
