// `!` says "trust me". It is needed in one place, reading a typed array inside a loop whose bound is checked,
// where a test per element costs time; elsewhere a missing value is a case of its own, or an assertion with a
// message.

import { lineAt, visit } from './syntax.ts';
import { isCode, isTest } from './tree.ts';
import type { Finding, SourceFile, TidyCheck } from './tree.ts';

export const nonNull: TidyCheck = {
  name: '`!` stands behind an element access only',
  find: (tree) =>
    tree.files
      .filter((file) => isCode(file.path) && !isTest(file.path) && !file.path.startsWith('test/'))
      .flatMap(findIn),
};

function findIn(file: SourceFile): readonly Finding[] {
  const findings: Finding[] = [];
  visit(file, {
    TSNonNullExpression: (node) => {
      if (node.expression.type === 'MemberExpression' && node.expression.computed) return;
      const message = 'the `!` hides a missing value; handle it, or assert() with a message';
      findings.push({ path: file.path, line: lineAt(file, node.start), message });
    },
  });
  return findings;
}
