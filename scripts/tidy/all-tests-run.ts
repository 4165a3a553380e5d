// Every test runs: a skipped test looks like a passed one, and a focused one silences all others.

import { lineAt, visit } from './syntax.ts';
import { testCallsOf } from './titles.ts';
import { isCode, isTest } from './tree.ts';
import type { Finding, SourceFile, TidyCheck } from './tree.ts';

const NOT_RUN = /\.(skip|only|todo|skipIf|runIf|fails)\b|^(fit|xit|xtest|xdescribe|fdescribe)\b/;

export const allTestsRun: TidyCheck = {
  name: 'no test is skipped, focused or left to do',
  find: (tree) =>
    tree.files
      .filter((file) => isTest(file.path) || (file.path.startsWith('test/') && isCode(file.path)))
      .flatMap((file) => [...declared(file), ...fromInside(file)]),
};

function declared(file: SourceFile): readonly Finding[] {
  return testCallsOf(file)
    .filter((call) => NOT_RUN.test(call.callee))
    .map((call) => ({
      path: file.path,
      line: call.line,
      message: `${call.callee}: let the test run, or delete it`,
    }));
}

/** Options ({ skip: true }) and the context of a running test (context.skip()). */
function fromInside(file: SourceFile): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (offset: number, what: string): void => {
    findings.push({
      path: file.path,
      line: lineAt(file, offset),
      message: `${what}: let the test run, or delete it`,
    });
  };
  visit(file, {
    Property: (node) => {
      const isOption = node.key.type === 'Identifier' && /^(skip|only|todo|fails)$/.test(node.key.name);
      if (isOption && node.value.type === 'Literal' && node.value.value === true)
        add(node.start, 'a test option');
    },
    CallExpression: (node) => {
      if (node.callee.type !== 'MemberExpression' || node.callee.object.type !== 'Identifier') return;
      const isContext = /^(ctx|context|t|task)$/.test(node.callee.object.name);
      if (isContext && file.text.slice(node.callee.property.start, node.callee.property.end) === 'skip') {
        add(node.start, 'skip() from inside');
      }
    },
  });
  return findings;
}
