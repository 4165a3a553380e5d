// Every learned thing has a contract: what it holds, about how many people, how somebody leaves it. A model is
// learned the moment its kind is written in the source, so each kind has a row in docs/statistics.md and each
// row a kind, or a file that is there; and no cell of a contract is empty.

import type { CallExpression, Expression, ObjectExpression } from 'oxc-parser';
import { lineAt, visit } from './syntax.ts';
import { isCode, isTest } from './tree.ts';
import type { Finding, SourceFile, TidyCheck, Tree } from './tree.ts';

const TABLE = 'docs/statistics.md';
/** The one mint of models; what it is given names the kind. */
const MINT = 'makeModel';

/** `item-item/1 a=0.6 …` is of the kind `item-item/1`: name, slash, version of the formula. */
const KIND = /^[a-z][a-z-]*\/\d+/;
/** A kind or a file at the head of a row, in backticks. */
const NAMED = /`([^`]+)`/g;
const SOURCE = /^(?:src|data)\/[\w./-]+\.ts$/;

interface Place {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

export const statistics: TidyCheck = {
  name: 'every learned thing has a contract in docs/statistics.md',
  find: (tree) => {
    const { kinds, findings } = kindsOf(tree);
    const table = tree.files.find((file) => file.path === TABLE);
    if (table === undefined) {
      const missing = kinds.map(({ path, line }) => ({
        path,
        line,
        message: `has no row: ${TABLE} is missing`,
      }));
      return [...findings, ...missing];
    }
    return [...findings, ...compare(kinds, namesIn(table), tree), ...emptyCells(table)];
  },
};

function kindsOf(tree: Tree): { readonly kinds: readonly Place[]; readonly findings: readonly Finding[] } {
  const kinds: Place[] = [];
  const findings: Finding[] = [];
  for (const file of tree.files.filter(
    ({ path }) => path.startsWith('src/') && isCode(path) && !isTest(path),
  )) {
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

/** What the first cells of the table's rows name. */
function namesIn(table: SourceFile): readonly Place[] {
  return rowsOf(table).flatMap(({ cells, line }) =>
    [...(cells[0] ?? '').matchAll(NAMED)].map((match) => ({ name: match[1] ?? '', path: TABLE, line })),
  );
}

function compare(kinds: readonly Place[], named: readonly Place[], tree: Tree): readonly Finding[] {
  const rows = new Set(named.map(({ name }) => name));
  const made = new Set(kinds.map(({ name }) => name));
  const without = kinds
    .filter(({ name }) => !rows.has(name))
    .map(({ name, path, line }) => {
      return { path, line, message: `the model ${name} has no row in ${TABLE}; write its contract first` };
    });
  const unknown = named.filter(({ name }) => !made.has(name) && !(SOURCE.test(name) && tree.paths.has(name)));
  const stale = unknown.map(({ name, line }) => {
    return {
      path: TABLE,
      line,
      message: `names ${name}, which is neither a kind of model nor a file; correct the row`,
    };
  });
  return [...without, ...stale];
}

function emptyCells(table: SourceFile): readonly Finding[] {
  return rowsOf(table).flatMap(({ cells, line }) => {
    const isWhole = cells.length > 1 && cells.every((cell) => cell.trim() !== '');
    return isWhole
      ? []
      : [{ path: TABLE, line, message: 'leaves a cell of the contract empty; "none" is an answer' }];
  });
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Body rows of every table on the page, that is those below a line of dashes. */
function rowsOf(table: SourceFile): readonly Row[] {
  const rows: Row[] = [];
  let isBody = false;
  for (const [index, text] of table.text.split('\n').entries()) {
    if (!text.startsWith('|')) isBody = false;
    else if (/^\|[\s:|-]+\|$/.test(text)) isBody = true;
    else if (isBody) rows.push({ cells: text.replace(/^\||\|\s*$/g, '').split('|'), line: index + 1 });
  }
  return rows;
}
