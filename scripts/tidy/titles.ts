// The titles of tests, read from the syntax: it('…'), test.each(…)('…'), describe('…').

import type { Expression } from 'oxc-parser';
import { lineAt, visit } from './syntax.ts';
import type { SourceFile } from './tree.ts';

/** One call that declares a test or a suite. */
export interface TestCall {
  /** `it`, `test.each`, `describe.skip` … */
  readonly callee: string;
  /** The title; the fixed parts of it when it is a template. */
  readonly title: string;
  readonly line: number;
}

const DECLARES = /^(it|test|describe|suite|bench|fit|xit|xtest|xdescribe|fdescribe)$/;

export function testCallsOf(file: SourceFile): readonly TestCall[] {
  const calls: TestCall[] = [];
  visit(file, {
    CallExpression: (node) => {
      const callee = calleeName(node.callee);
      const root = callee?.split('.')[0];
      const first = node.arguments[0];
      if (callee === undefined || root === undefined || !DECLARES.test(root) || first === undefined) return;
      const title = first.type === 'SpreadElement' ? undefined : titleOf(first);
      if (title !== undefined) calls.push({ callee, title, line: lineAt(file, node.start) });
    },
  });
  return calls;
}

/** `it` · `it.skip` · `test.each` for both `test.each([…])` and `test.each([…])('…')`. */
function calleeName(callee: Expression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'CallExpression') return calleeName(callee.callee);
  if (callee.type === 'TaggedTemplateExpression') return calleeName(callee.tag);
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined;
  const object = calleeName(callee.object);
  return object === undefined || !('name' in callee.property)
    ? undefined
    : `${object}.${callee.property.name}`;
}

function titleOf(argument: Expression): string | undefined {
  if (argument.type === 'Literal') return typeof argument.value === 'string' ? argument.value : undefined;
  if (argument.type === 'BinaryExpression' && argument.left.type !== 'PrivateIdentifier') {
    return (titleOf(argument.left) ?? '') + (titleOf(argument.right) ?? '');
  }
  if (argument.type !== 'TemplateLiteral') return undefined;
  return argument.quasis.map((part) => part.value.cooked ?? '').join('…');
}
