// What can be typed and asked, read from the source that carries it out: npm scripts, commands of fineline,
// routes of the HTTP contract. Read from the syntax, not by running it, so that a planted tree will do.

import type { ObjectExpression } from 'oxc-parser';
import { visit } from './syntax.ts';
import { isCode, isTest } from './tree.ts';
import type { SourceFile, Tree } from './tree.ts';

export interface Route {
  readonly method: string;
  readonly path: string;
}

export interface Interface {
  /** Names in package.json "scripts". */
  readonly scripts: ReadonlySet<string>;
  /** Names of commands: objects with name, usage and words (`Command` of src/surfaces/cli/command.ts). */
  readonly commands: ReadonlySet<string>;
  /** Every text in the sources of the command line; a flag that is none of them does not exist. */
  readonly cliWords: ReadonlySet<string>;
  readonly routes: readonly Route[];
}

/** The table, and its parts that stand in files of their own. */
const CONTRACT = /^src\/surfaces\/http\/contract(?:-[a-z]+)?\.ts$/;
const CLI = 'src/surfaces/cli/';

export function interfaceOf(tree: Tree): Interface {
  const commands = new Set<string>();
  const cliWords = new Set<string>();
  const routes: Route[] = [];
  for (const file of tree.files) {
    if (CONTRACT.test(file.path)) routes.push(...routesOf(file));
    if (!file.path.startsWith(CLI) || !isCode(file.path) || isTest(file.path)) continue;
    visit(file, {
      Literal: (node) => {
        if (typeof node.value === 'string') cliWords.add(node.value);
      },
      ObjectExpression: (node) => {
        const { name, usage, words } = fieldsOf(node);
        if (name !== undefined && usage !== undefined && words !== undefined) commands.add(name);
      },
    });
  }
  return { scripts: scriptsOf(tree), commands, cliWords, routes };
}

function routesOf(file: SourceFile): readonly Route[] {
  const routes: Route[] = [];
  visit(file, {
    ObjectExpression: (node) => {
      const { method, path } = fieldsOf(node);
      if (method !== undefined && path !== undefined) routes.push({ method, path });
    },
  });
  return routes;
}

/** Fields by name; the value where it is a text, else an empty one. */
function fieldsOf(object: ObjectExpression): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const property of object.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
    const { value } = property;
    fields[property.key.name] =
      value.type === 'Literal' && typeof value.value === 'string' ? value.value : '';
  }
  return fields;
}

function scriptsOf(tree: Tree): ReadonlySet<string> {
  const manifest = tree.files.find(({ path }) => path === 'package.json');
  const json: unknown = manifest === undefined ? undefined : JSON.parse(manifest.text);
  const scripts: unknown =
    typeof json === 'object' && json !== null && 'scripts' in json ? json.scripts : undefined;
  return new Set(typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : []);
}
