// Whether the packages in node_modules are those of package-lock.json. The answer is one hash in a stamp
// file, so that the check costs a few milliseconds before every `npm start` and `npm test`.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const STAMP = 'node_modules/.fineline-lock';

/**
 * Hash of package-lock.json.
 * @param {string} root
 */
export function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Whether the stamp says that this very lock file is installed.
 * @param {string} root
 * @param {string} hash
 */
export function isStamped(root, hash) {
  const stamp = path.join(root, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash;
}

/**
 * @param {string} root
 * @param {string} hash
 */
export function writeStamp(root, hash) {
  writeFileSync(path.join(root, STAMP), `${hash}\n`);
}

/**
 * Whether someone ran `npm ci` or `npm install` by hand: npm leaves a lock file of what it installed.
 * Installing again would pull the packages from under whatever is running, for nothing. Optional packages of
 * other platforms may be absent.
 * @param {string} root
 */
export function isInstalledByHand(root) {
  const installed = packagesOf(path.join(root, 'node_modules/.package-lock.json'));
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  if (installed === undefined || wanted === undefined) return false;
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === '') continue;
    const present = installed[name];
    if (present === undefined ? entry.optional !== true : present.version !== entry.version) return false;
  }
  return Object.keys(installed).every((name) => wanted[name] !== undefined);
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesOf(file) {
  if (!existsSync(file)) return undefined;
  try {
    const lock = /** @type {{ packages?: Record<string, { version?: string, optional?: boolean }> }} */ (
      JSON.parse(readFileSync(file, 'utf8'))
    );
    return lock.packages;
  } catch {
    return undefined; // a half-written file of an interrupted npm: not installed
  }
}
