// What the words of `fineline policy` do.

export { applyPolicy } from './apply.ts';
export { checkPolicy } from './check.ts';
export { diffPolicies } from './diff.ts';
export { explainPolicy } from './explain.ts';
export { simulate } from './simulate.ts';
export { tellProxies } from './proxies.ts';
