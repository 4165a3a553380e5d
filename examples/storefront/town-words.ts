// The town’s own words, in the storefront’s languages: they are the same seven.

export { BANNER, BANNER_NOTICE_ID } from '../../data/town/notices.ts';
export { NOTICE_ID as LIST_NOTICE_ID } from '../../data/town/formats.ts';
export { productWords, stepWord } from '../../data/town/words.ts';
