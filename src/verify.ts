// What an auditor installs: everything to check receipts, checkpoints and histories of any Fineline, offline,
// in Node or a browser, and nothing else (`fineline/verify`).

export * from './prove/verify.ts';
