// A rule without a test is a wish; a test that names no rule of the specification tests nobody's promise.
// Every numbered rule of a SPEC.md stands in the title of a test, and every number in a title stands in a
// SPEC.md: the one of its folder for tests beside the code, any for tests under test/.

import path from 'node:path';
import { testCallsOf } from './titles.ts';
import { isCode, isTest } from './tree.ts';
import type { Finding, SourceFile, TidyCheck, Tree } from './tree.ts';

/** A rule begins a list item: `- **D12** The list is …`. */
const RULE = /^- \*\*([A-Z]{1,3}\d+)\*\*/;
/** A title names rules in brackets: `[D12] …`, `[D12, D13] …`. */
const NAMED = /\[([A-Z]{1,3}\d+(?:,\s*[A-Z]{1,3}\d+)*)\]/g;

interface Place {
  readonly id: string;
  readonly path: string;
  readonly line: number;
}

export const specRules: TidyCheck = {
  name: 'rules of SPEC.md and titles of tests name each other',
  find: (tree) => {
    const rules = tree.files.filter((file) => path.posix.basename(file.path) === 'SPEC.md').flatMap(rulesOf);
    const named = tree.files.filter(holdsTests).flatMap(namedIn);
    return [...doubles(rules), ...untested(rules, named), ...unknown(rules, named, tree)];
  },
};

function holdsTests(file: SourceFile): boolean {
  return isTest(file.path) || (file.path.startsWith('test/') && isCode(file.path));
}

function rulesOf(file: SourceFile): readonly Place[] {
  return file.text.split('\n').flatMap((text, index) => {
    const id = RULE.exec(text)?.[1];
    return id === undefined ? [] : [{ id, path: file.path, line: index + 1 }];
  });
}

function namedIn(file: SourceFile): readonly Place[] {
  return testCallsOf(file).flatMap((call) =>
    [...call.title.matchAll(NAMED)].flatMap((match) =>
      (match[1] ?? '').split(/,\s*/).map((id) => ({ id, path: file.path, line: call.line })),
    ),
  );
}

function doubles(rules: readonly Place[]): readonly Finding[] {
  const first = new Map<string, Place>();
  return rules.flatMap((rule) => {
    const earlier = first.get(rule.id);
    first.set(rule.id, earlier ?? rule);
    if (earlier === undefined) return [];
    const message = `rule ${rule.id} is taken by ${earlier.path}:${earlier.line}; use a free number`;
    return [{ path: rule.path, line: rule.line, message }];
  });
}

function untested(rules: readonly Place[], named: readonly Place[]): readonly Finding[] {
  return rules.flatMap((rule) => {
    const folder = `${path.posix.dirname(rule.path)}/`;
    const isTested = named.some(
      (test) => test.id === rule.id && (test.path.startsWith(folder) || test.path.startsWith('test/')),
    );
    const message = `rule ${rule.id} has no test; write one whose title begins with [${rule.id}]`;
    return isTested ? [] : [{ path: rule.path, line: rule.line, message }];
  });
}

function unknown(rules: readonly Place[], named: readonly Place[], tree: Tree): readonly Finding[] {
  return named.flatMap((test) => {
    const spec = specFor(test.path, tree);
    const known = rules.some((rule) => rule.id === test.id && (spec === undefined || rule.path === spec));
    if (known) return [];
    const message = `names ${test.id}, which is no rule of ${spec ?? 'any SPEC.md'}; correct it, or add it`;
    return [{ path: test.path, line: test.line, message }];
  });
}

/** The nearest SPEC.md above a test; undefined under test/ and scripts/, which speak for the whole. */
function specFor(file: string, tree: Tree): string | undefined {
  if (!file.startsWith('src/')) return undefined;
  for (let folder = path.posix.dirname(file); folder !== '.'; folder = path.posix.dirname(folder)) {
    if (tree.paths.has(`${folder}/SPEC.md`)) return `${folder}/SPEC.md`;
  }
  return undefined;
}
