// What the tests need beyond npm, as Debian packages. Installed where that is allowed (root with apt-get);
// elsewhere the message names package and command, and the run stops, because a test that silently leaves
// something out would lie.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ readonly binary: string, readonly package: string, readonly why: string }} DebianNeed
 *   `binary` is looked for on PATH, an absolute path is looked at; `package` brings it; `why` completes
 *   "needed for …".
 */

const FONTS = '/usr/share/fonts';

/**
 * What today's tests need: a browser for the storefront, letters for the languages it speaks, and the servers
 * of a cluster.
 * @type {readonly DebianNeed[]}
 */
export const DEBIAN_NEEDS = [
  { binary: 'chromium', package: 'chromium', why: 'the browser tests' },
  { binary: 'firefox-esr', package: 'firefox-esr', why: 'decisions in a browser that is not made like Node' },
  { binary: 'pg_ctlcluster', package: 'postgresql', why: 'the store on PostgreSQL' },
  {
    binary: `${FONTS}/truetype/noto/NotoNaskhArabic-Regular.ttf`,
    package: 'fonts-noto-core',
    why: 'pages in Arabic and Hebrew',
  },
  {
    binary: `${FONTS}/opentype/noto/NotoSansCJK-Regular.ttc`,
    package: 'fonts-noto-cjk',
    why: 'pages in Chinese',
  },
  { binary: 'nats-server', package: 'nats-server', why: 'the event stream on three servers' },
  { binary: 'openssl', package: 'openssl', why: 'a certificate for one of them' },
];

/**
 * The machine as seen from here; tests hand in another.
 * @typedef {object} Machine
 * @property {(binary: string) => boolean} has
 * @property {boolean} isRoot
 * @property {(args: readonly string[]) => boolean} aptGet runs apt-get, true when it succeeded
 */

/** @type {Machine} */
export const THIS_MACHINE = {
  has: isOnPath,
  isRoot: process.getuid?.() === 0,
  aptGet: (args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0,
};

/**
 * Installs what is missing; returns a message when that is impossible, undefined when all is there.
 * @param {readonly DebianNeed[]} needs
 * @param {Machine} machine
 * @param {(line: string) => void} say
 */
export function ensureDebian(needs, machine, say) {
  const missing = needs.filter((need) => !machine.has(need.binary));
  if (missing.length === 0) return undefined;
  const packages = missing.map((need) => need.package);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const reasons = missing.map(
    (need) => `  ${need.package} (brings \`${need.binary}\`), needed for ${need.why}`,
  );
  const advice = (/** @type {string} */ why) =>
    [
      `The tests need Debian packages that are not installed, and ${why}:`,
      ...reasons,
      `Run as root: ${command}`,
    ].join('\n');
  if (!machine.has('apt-get')) return advice('this machine has no apt-get (install them its own way)');
  if (!machine.isRoot) return advice('only root may install them');
  say(`Installing Debian packages for the tests: ${packages.join(', ')}`);
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  // The package lists of a fresh container are empty or stale: fetch them when the first attempt fails.
  if (machine.aptGet(install) || (machine.aptGet(['update']) && machine.aptGet(install))) return undefined;
  return advice('apt-get failed (is the machine offline?)');
}

/** @param {string} binary */
function isOnPath(binary) {
  if (path.isAbsolute(binary)) return existsSync(binary);
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    if (folder === '') continue;
    try {
      accessSync(path.join(folder, binary), constants.X_OK);
      return true;
    } catch {
      // not in this folder
    }
  }
  return false;
}
