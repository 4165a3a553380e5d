// `npm run check`: everything about the repository that can be judged without running it. Arguments choose
// checks by a part of their name: `npm run check -- imports size`.

import path from 'node:path';
import { allChecks } from './check/all.ts';
import { runChecks } from './check/check.ts';

const root = path.dirname(import.meta.dirname);
const wanted = process.argv.slice(2);
const checks = allChecks(root).filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
const { passed, failed } = await runChecks(checks, (line) => console.log(line));
if (checks.length === 0) console.log(`No check has a name with: ${wanted.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
