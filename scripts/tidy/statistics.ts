// Every learned thing has a contract: what it holds, about how many people, how somebody leaves it. A model
// is learned the moment its kind is written in the source, so each kind has a section in docs/statistics.md,
// each section a kind or a file that is there, and no question of a contract is left open.

import type { CallExpression, Expression, ObjectExpression } from 'oxc-parser';
import { lineAt, visit } from './syntax.ts';
import { isCode, isTest } from './tree.ts';
import type { Finding, SourceFile, TidyCheck, Tree } from './tree.ts';

const PAGE = 'docs/statistics.md';
/** The one mint of models; what it is given names the kind. */
const MINT = 'makeModel';

/** `item-item/1 a=0.6 …` is of the kind `item-item/1`: name, slash, version of the formula. */
const KIND = /^[a-z][a-z-]*\/\d+/;
/** What tests share stands beside the code under this name (src/decide/testing.ts). */
const FOR_TESTS = /\/testing(?:-[\w-]+)?\.ts$/;
/** A kind or a file in a heading, in backticks. */
const NAMED = /`([^`]+)`/g;
const SOURCE = /^(?:src|data)\/[\w./-]+\.ts$/;
/** What a contract answers, in this order. */
const QUESTIONS: readonly string[] = [
  'holds',
  'k inside',
  'k outside',
  'one person',
  'noise',
  'leaving',
  'old versions',
];

interface Place {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

export const statistics: TidyCheck = {
  name: 'every learned thing has a contract in docs/statistics.md',
  find: (tree) => {
    const { kinds, findings } = kindsOf(tree);
    const page = tree.files.find((file) => file.path === PAGE);
    const contracts = page === undefined ? [] : contractsOf(page);
    return [...findings, ...compare(kinds, contracts, tree), ...contracts.flatMap(openQuestions)];
  },
};

function kindsOf(tree: Tree): { readonly kinds: readonly Place[]; readonly findings: readonly Finding[] } {
  const kinds: Place[] = [];
  const findings: Finding[] = [];
  for (const file of tree.files.filter(({ path }) => serves(path))) {
    visit(file, {
      CallExpression: (node) => {
        if (node.callee.type !== 'Identifier' || node.callee.name !== MINT) return;
        const line = lineAt(file, node.start);
        if (isKept(node)) return;
        const kind = kindOf(node);
        if (kind === undefined) {
          const message = 'makes a model whose kind cannot be read here; write it as `kind: "name/1 …"`';
          findings.push({ path: file.path, line, message });
        } else kinds.push({ name: kind, path: file.path, line });
      },
    });
  }
  return { kinds, findings };
}

function serves(path: string): boolean {
  return path.startsWith('src/') && isCode(path) && !isTest(path) && !FOR_TESTS.test(path);
}

/** The model of before with other numbers, `{ ...model, weights }`: it keeps its kind, and its contract. */
function isKept({ arguments: [parts] }: CallExpression): boolean {
  if (parts?.type !== 'ObjectExpression' || propertyOf(parts, 'kind') !== undefined) return false;
  return parts.properties.some(({ type }) => type === 'SpreadElement');
}

function kindOf({ arguments: [parts] }: CallExpression): string | undefined {
  const value = parts?.type === 'ObjectExpression' ? propertyOf(parts, 'kind') : undefined;
  return value === undefined ? undefined : KIND.exec(textOf(value))?.[0];
}

function propertyOf(object: ObjectExpression, name: string): Expression | undefined {
  for (const property of object.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
    if (property.key.name === name) return property.value;
  }
  return undefined;
}

/** The text of a literal, or what stands before the first `${` of a template. */
function textOf(value: Expression): string {
  if (value.type === 'Literal' && typeof value.value === 'string') return value.value;
  return value.type === 'TemplateLiteral' ? (value.quasis[0]?.value.raw ?? '') : '';
}

interface Contract {
  /** Kinds or files that the heading names. */
  readonly names: readonly string[];
  readonly line: number;
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
}

/** The sections whose heading names something; others are prose. */
function contractsOf(page: SourceFile): readonly Contract[] {
  const lines = page.text.split('\n');
  return lines.flatMap((heading, index) => {
    const names = heading.startsWith('## ')
      ? [...heading.matchAll(NAMED)].map((match) => match[1] ?? '')
      : [];
    if (names.length === 0) return [];
    const end = lines.findIndex((text, at) => at > index && text.startsWith('## '));
    const section = lines.slice(index + 1, end === -1 ? undefined : end);
    const rows = section.filter((text) => text.startsWith('|')).slice(2);
    const answers = rows.map((row) => {
      const [question = '', answer = ''] = row.slice(1).split('|');
      return { question: question.trim(), answer: answer.trim() };
    });
    return [{ names, line: index + 1, answers }];
  });
}

function compare(kinds: readonly Place[], contracts: readonly Contract[], tree: Tree): readonly Finding[] {
  const named = contracts.flatMap(({ names, line }) => names.map((name) => ({ name, line })));
  const known = new Set(named.map(({ name }) => name));
  const made = new Set(kinds.map(({ name }) => name));
  const without = kinds.filter(({ name }) => !known.has(name));
  const stale = named.filter(({ name }) => !made.has(name) && !(SOURCE.test(name) && tree.paths.has(name)));
  return [
    ...without.map(({ name, path, line }) => {
      return { path, line, message: `the model ${name} has no contract in ${PAGE}; write it first` };
    }),
    ...stale.map(({ name, line }) => {
      return { path: PAGE, line, message: `names ${name}, neither a kind of model nor a file; correct it` };
    }),
  ];
}

function openQuestions({ answers, line }: Contract): readonly Finding[] {
  const answered = answers.filter(({ answer }) => answer !== '').map(({ question }) => question);
  if (answered.join(', ') === QUESTIONS.join(', ')) return [];
  const message = `a contract answers, in this order: ${QUESTIONS.join(', ')}; "none" is an answer`;
  return [{ path: PAGE, line, message }];
}
