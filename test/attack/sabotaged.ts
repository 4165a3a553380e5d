// Copies of the stages with one line changed, and what the attack or a unit test says of them. A copy for the
// attack is made of links to one tree from which the types were taken off beforehand. What does not rest on
// the changed file is a symbolic link, so that it is loaded once for all copies: loading everything for each
// copy would cost most of the time.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Tally, attackWorld, newTally } from '../../bench/attack/attack.ts';
import { ROOT, loadStages } from '../../bench/attack/stages.ts';
import { createSubject } from '../../bench/attack/subject.ts';
import type { Sabotage } from './sabotage.ts';

/** What the attack loads; no stage imports anything else. */
const SOURCES = 'src/{kernel,facts,consent,profile,learn,decide,deliver}/**/*.ts';

export interface Noticed {
  /** Rules that were broken, or the test that failed. */
  readonly by: readonly string[];
  /** Decisions until the expected rule was broken, or all that were made. */
  readonly decisions: number;
}

export interface ChangedFile {
  readonly file: string;
  readonly text: string;
}

export interface Workshop {
  /**
   * Attacks a changed copy, world by world, until the expected rule is broken. `undefined`: nothing is
   * changed, and nothing may be noticed.
   */
  attack(
    sabotage: Sabotage | undefined,
    options: { readonly worlds: number; readonly from: number },
  ): Promise<Noticed>;
  /** Attacks a copy in which a file has another text, until any rule is broken or something throws. */
  attackText(
    changedFile: ChangedFile,
    options: { readonly worlds: number; readonly from: number },
  ): Promise<string | undefined>;
  /** Runs a unit test on a changed copy. */
  test(sabotage: Sabotage, test: string): Noticed;
  /** Whether one of the tests below a folder fails, or does not end, with another text of a file. */
  failsWith(changedFile: ChangedFile, tests: string): boolean;
  close(): void;
}

/** The source with the line changed; throws when the list no longer fits the code. */
export function changed(text: string, { file, old, now }: Sabotage): string {
  const found = text.split(old).length - 1;
  if (found === 1 && !old.includes('\n')) return text.replace(old, () => now);
  const words = found === 0 ? 'does not stand' : `stands ${found} times`;
  throw new Error(`${file}: “${old}” ${words} there; the list of sabotages has to follow the code`);
}

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'fineline-sabotage-'));
  // Sources are modules wherever they lie.
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const plain = join(folder, 'plain');
  const importers = new Map<string, string[]>();
  const files = globSync(SOURCES, { cwd: ROOT }).filter((file) => !/\.(test|fuzz)\.ts$/.test(file));
  for (const file of files) {
    const script = scriptOf(sourceOf(file));
    write(join(plain, scriptName(file)), script);
    for (const name of importedBy(file, script))
      importers.set(name, [...(importers.get(name) ?? []), scriptName(file)]);
  }
  let count = 0;

  function copyForAttack(changedFile: ChangedFile | undefined): string {
    count += 1;
    const tree = join(folder, `copy-${count}`);
    const own = changedFile === undefined ? [] : restingOn(scriptName(changedFile.file), importers);
    for (const file of files) {
      const to = join(tree, scriptName(file));
      mkdirSync(dirname(to), { recursive: true });
      const link = own.includes(scriptName(file)) ? linkSync : symlinkSync;
      link(join(plain, scriptName(file)), to);
    }
    if (changedFile === undefined) return tree;
    const to = join(tree, scriptName(changedFile.file));
    // The link goes first: behind it lies the file that all copies share.
    unlinkSync(to);
    writeFileSync(to, scriptOf(changedFile.text));
    return tree;
  }

  const failsWith = testingIn(folder);

  return {
    attack: async (sabotage, { worlds, from }) => {
      const tally = newTally();
      const changedFile =
        sabotage === undefined
          ? undefined
          : { file: sabotage.file, text: changed(sourceOf(sabotage.file), sabotage) };
      const subject = createSubject(await loadStages(copyForAttack(changedFile), '.js'));
      for (let world = 0; world < worlds && !isCaught(sabotage, tally); world += 1)
        attackWorld(subject, from + world, tally);
      return { by: [...tally.broken.keys()], decisions: tally.decisions };
    },
    attackText: async (changedFile, { worlds, from }) => {
      const tally = newTally();
      try {
        const subject = createSubject(await loadStages(copyForAttack(changedFile), '.js'));
        for (let world = 0; world < worlds && tally.broken.size === 0; world += 1)
          attackWorld(subject, from + world, tally);
      } catch (error) {
        return `threw: ${String(error).split('\n')[0] ?? ''}`;
      }
      return [...tally.broken.keys()][0];
    },
    test: (sabotage, test) => {
      const text = changed(sourceOf(sabotage.file), sabotage);
      return { by: failsWith({ file: sabotage.file, text }, test) ? [test] : [], decisions: 0 };
    },
    failsWith,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs tests on copies of the sources with another text of one file. */
function testingIn(folder: string): Workshop['failsWith'] {
  let count = 0;
  return ({ file, text }, test) => {
    count += 1;
    const tree = join(folder, `tested-${count}`);
    // Tests of the engine bring their shops from `test`.
    for (const name of ['src', 'test']) cpSync(join(ROOT, name), join(tree, name), { recursive: true });
    for (const name of ['package.json', 'tsconfig.json', 'vitest.config.ts'])
      cpSync(join(ROOT, name), join(tree, name));
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    writeFileSync(join(tree, file), text);
    const has = fails(tree, test);
    rmSync(tree, { recursive: true });
    return has;
  };
}

function importedBy(file: string, script: string): readonly string[] {
  return [...script.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => join(dirname(file), path));
}

/** A file and everything that imports it, also by others. */
function restingOn(file: string, importers: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set([file]);
  for (const one of found) for (const importer of importers.get(one) ?? []) found.add(importer);
  return [...found];
}

function sourceOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function scriptName(file: string): string {
  return file.replace(/\.ts$/, '.js');
}

function scriptOf(source: string): string {
  return stripTypeScriptTypes(source).replaceAll(/(from '[^']+)\.ts'/g, "$1.js'");
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Whatever else it breaks: the rule that the list names is the one that has to notice. */
function isCaught(sabotage: Sabotage | undefined, { broken }: Tally): boolean {
  if (sabotage === undefined) return broken.size > 0;
  return typeof sabotage.caughtBy === 'string' && broken.has(sabotage.caughtBy);
}

const ENDLESS_MS = 300_000;

/** A test failed, or did not end; a run that could not begin is no notice. */
function fails(tree: string, test: string): boolean {
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const { status, stdout, error } = spawnSync(process.execPath, [vitest, 'run', '--root', tree, test], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    timeout: ENDLESS_MS,
    killSignal: 'SIGKILL',
  });
  if (error !== undefined) return 'code' in error && error.code === 'ETIMEDOUT';
  return status !== 0 && /Tests +[1-9]\d* failed/.test(stdout);
}
