// What would make the same input give other bytes elsewhere: the clock, the dice, the functions whose last
// bits differ between engines, the machine's language and time zone. The core asks `kernel` (exp, log …) or
// is handed the value (now, random).

import type { CallExpression, Expression } from 'oxc-parser';
import { lineAt, visit } from './syntax.ts';
import { isCode, isTest } from './tree.ts';
import type { Finding, SourceFile, TidyCheck } from './tree.ts';

const CORE = /^src\/(?!adapters\/|presets\/|surfaces\/|main\.ts)/;

/**
 * The part of Math that IEEE 754 or plain integer arithmetic fixes to the last bit; all else is approximated.
 */
const EXACT_MATH = new Set(
  (
    'abs ceil clz32 floor fround imul max min round sign sqrt trunc ' +
    'E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2'
  ).split(' '),
);

/** The one file of the core that may read the clock. */
const CLOCK = 'src/kernel/clock.ts';

/** Where powers of whole big numbers, which are exact, are at home; types are not seen here. */
const KERNEL = 'src/kernel/';

/** Methods whose answer depends on the language or the time zone of the machine. */
const LOCAL = /^(localeCompare|toLocale\w*|getTimezoneOffset|get(FullYear|Month|Date|Day|Hours|Minutes))$/;

export const bannedCalls: TidyCheck = {
  name: 'the core uses no clock, dice, inexact maths or locale',
  find: (tree) =>
    tree.files
      .filter((file) => CORE.test(file.path) && isCode(file.path) && !isTest(file.path))
      .flatMap(findIn),
};

function findIn(file: SourceFile): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (offset: number, message: string): void => {
    findings.push({ path: file.path, line: lineAt(file, offset), message });
  };
  const mathMembers = new Set<number>();
  visit(file, {
    MemberExpression: (node) => {
      const member = memberName(node.property, node.computed);
      if (node.object.type === 'Identifier') {
        if (node.object.name === 'Math') mathMembers.add(node.object.start);
        const fault = memberFault(node.object.name, member);
        if (fault !== undefined && !(file.path === CLOCK && member === 'now')) add(node.start, fault);
      }
      if (LOCAL.test(member)) {
        add(
          node.property.start,
          `${member} depends on the machine's locale; compare code units, use UTC fields`,
        );
      }
    },
    Identifier: (node) => {
      if (node.name === 'Math' && !mathMembers.has(node.start)) {
        add(
          node.start,
          'Math may be used by member only (Math.floor(x)), so that this check can see what is used',
        );
      }
    },
    NewExpression: (node) => {
      if (isDate(node.callee) && node.arguments.length === 0)
        add(node.start, 'new Date() reads the clock; take nowMs as an input');
    },
    CallExpression: (node: CallExpression) => {
      if (isDate(node.callee)) add(node.start, 'Date() reads the clock; take nowMs as an input');
    },
    BinaryExpression: (node) => {
      if (node.operator === '**' && !isExactPower(node.left) && !file.path.startsWith(KERNEL)) {
        add(node.start, '** is approximated like Math.pow; multiply, or use pow of kernel/maths.ts');
      }
    },
  });
  return findings;
}

function memberFault(object: string, member: string): string | undefined {
  if (object === 'Date' && member === 'now') return 'Date.now() reads the clock; take nowMs as an input';
  if (object === 'performance') return 'performance reads the clock; measure in bench/ or an adapter';
  if (object !== 'Math' || EXACT_MATH.has(member)) return undefined;
  if (member === 'random')
    return 'Math.random() cannot be replayed; take a Random of kernel/random.ts as an input';
  return `Math.${member} differs between engines in its last bits; use kernel/maths.ts`;
}

function memberName(property: { type: string; name?: unknown; value?: unknown }, computed: boolean): string {
  const name = computed ? property.value : property.name;
  return typeof name === 'string' ? name : '[computed]';
}

function isDate(callee: Expression): boolean {
  return callee.type === 'Identifier' && callee.name === 'Date';
}

/** Powers of two are a matter of the exponent bits, exact in every engine; other powers are not. */
function isExactPower(base: { type: string; value?: unknown }): boolean {
  return base.type === 'Literal' && base.value === 2;
}
