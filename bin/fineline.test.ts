// Goal: the command starts under the Node that somebody has, however old, and hands over to the pinned one.
// Method: the launcher under the Node that npm itself runs on.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('starts under the Node that npm runs on (a name that only newer ones export stopped Node 20)', () => {
  const node = process.env['npm_node_execpath'] ?? process.execPath;
  const launcher = join(import.meta.dirname, 'fineline.mjs');
  const said = execFileSync(node, [launcher, 'version'], { encoding: 'utf8' });
  expect(said).toMatch(/^fineline \d+\.\d+\.\d+ \(Node 24\./);
});
