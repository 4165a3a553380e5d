// Two versions of Fineline for a test of upgrades, each a folder with a launcher: this one, a later one made
// of it, and an earlier one out of the history.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** The last commit before nodes caught up with one another, and before upgrades were tried. */
const EARLIER = '6afed20';

const launcherIn = (dir: string): string => join(dir, 'bin', 'fineline.mjs');

/**
 * What a later version is to those before it: another number, and a table more with a column more in both
 * databases. Answers its launcher.
 */
export function laterVersion(dir: string): string {
  mkdirSync(dir);
  for (const name of ['src', 'bin', 'package.json'])
    cpSync(join(ROOT, name), join(dir, name), { recursive: true });
  cpSync(join(ROOT, 'scripts', 'install'), join(dir, 'scripts', 'install'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  const sql = join(dir, 'src', 'adapters', 'postgres', 'sql');
  const entries = "ALTER TABLE entries ADD COLUMN later text NOT NULL DEFAULT 'later'";
  writeFileSync(join(sql, 'data-later.sql'), `${entries};\nCREATE TABLE later (id integer PRIMARY KEY);\n`);
  writeFileSync(join(sql, 'keys-later.sql'), "ALTER TABLE keys ADD COLUMN later text DEFAULT 'later';\n");
  const migrations = join(dir, 'src', 'adapters', 'postgres', 'migrations.ts');
  const text = readFileSync(migrations, 'utf8');
  const later = text.replace(/^ {2}(data|keys): \[(.*)\],$/gmu, "  $1: [$2, '$1-later.sql'],");
  if (later.split('-later.sql').length !== 3) throw new Error('the steps of migrations.ts are elsewhere now');
  writeFileSync(migrations, later);
  return launcherIn(dir);
}

/** Answers its launcher; throws what to do where the history does not reach back so far. */
export function earlierVersion(dir: string): string {
  mkdirSync(dir);
  const archive = spawnSync('git', ['archive', '--format=tar', EARLIER], { cwd: ROOT, maxBuffer: 2 ** 30 });
  if (archive.status !== 0) {
    const remedy = 'The whole run needs the history: “git fetch --unshallow”.';
    throw new Error(`There is no commit ${EARLIER} here. ${remedy}`);
  }
  const unpacked = spawnSync('tar', ['-x', '-C', dir], { input: archive.stdout });
  if (unpacked.status !== 0) throw new Error(`tar: ${unpacked.stderr.toString()}`);
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  return launcherIn(dir);
}
