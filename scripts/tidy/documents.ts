// What the documents tell a reader to type, to open or to rely on is there: npm scripts, commands of
// fineline with their flags, routes of the HTTP API, files, rules of a SPEC.md. Names change in code; a
// README nobody ran since would go on for years.

import { codeOf } from './markdown.ts';
import type { Code } from './markdown.ts';
import { interfaceOf } from './interface.ts';
import type { Interface } from './interface.ts';
import type { Finding, SourceFile, TidyCheck, Tree } from './tree.ts';

/** Pages about the present. Decision records and the change log may speak of what was, or might have been. */
const PAGES = /^(?:[A-Z]+\.md|docs\/(?!decisions\/).+\.md)$/;
const HISTORY = 'CHANGELOG.md';
const FILE = /^(?:src|docs|scripts|data|bench|test|vectors|bin|examples)\/[\w./-]+$/;
/** What npm does without a script of ours. */
const NPM_OWN: ReadonlySet<string> = new Set(['ci', 'install', 'exec']);

export const documents: TidyCheck = {
  name: 'commands, flags, routes, files and rules that documents name exist',
  find: (tree) => {
    const known = interfaceOf(tree);
    const pages = tree.files.filter(({ path }) => path.endsWith('.md'));
    const rules = new Set(pages.flatMap(rulesOf));
    return pages.flatMap((page) => [
      ...codeOf(page).flatMap((code) => findIn(code, { page, known, tree })),
      ...ruleFaults(page, rules),
    ]);
  },
};

/** Numbers of the rules that a SPEC.md states: `**W9** …` or `**K4. …**`. */
function rulesOf({ path, text }: SourceFile): readonly string[] {
  if (!path.endsWith('/SPEC.md')) return [];
  return [...text.matchAll(/\*\*([A-Z]{1,3}\d+)(?:\*\*|\.)/g)].map((match) => match[1] ?? '');
}

/** `[W9]` in a page about the present says that a test holds it. */
function ruleFaults(page: SourceFile, rules: ReadonlySet<string>): readonly Finding[] {
  if (!PAGES.test(page.path)) return [];
  return page.text.split('\n').flatMap((text, index) => {
    const prose = text.replaceAll(/`[^`]*`/g, '');
    const named = [...prose.matchAll(/\[([A-Z]{1,3}\d+)\](?!\()/g)].map((match) => match[1] ?? '');
    return named.flatMap((rule) =>
      rules.has(rule)
        ? []
        : [{ path: page.path, line: index + 1, message: `names rule ${rule}, which no SPEC.md states` }],
    );
  });
}

interface Place {
  readonly page: SourceFile;
  readonly known: Interface;
  readonly tree: Tree;
}

function findIn(code: Code, { page, known, tree }: Place): readonly Finding[] {
  const aboutNow = PAGES.test(page.path) && page.path !== HISTORY;
  const faults = [
    ...fileFaults(code, tree),
    ...(aboutNow
      ? [...npmFaults(code, known), ...commandFaults(code, known), ...routeFaults(code, known)]
      : []),
  ];
  return faults.map((message) => ({ path: page.path, line: code.line, message }));
}

function fileFaults({ text, kind }: Code, tree: Tree): readonly string[] {
  if (kind !== 'span' || !FILE.test(text)) return [];
  const file = text.replace(/\/$/, '');
  const isThere = tree.paths.has(file) || [...tree.paths].some((path) => path.startsWith(`${file}/`));
  return isThere ? [] : [`names ${text}, which does not exist; correct or remove it`];
}

function npmFaults({ text }: Code, known: Interface): readonly string[] {
  return [...text.matchAll(/(?<![\w-])npm (run )?([a-z][\w:-]*)/g)].flatMap((match) => {
    const [, run, name = ''] = match;
    const isThere = known.scripts.has(name) || (run === undefined && NPM_OWN.has(name));
    return isThere ? [] : [`names npm ${run ?? ''}${name}, which is no script of package.json`];
  });
}

function commandFaults({ text }: Code, known: Interface): readonly string[] {
  const named = [...text.matchAll(/(?<![\w/.-])fineline ([a-z][a-z-]*)/g)].map((match) => match[1] ?? '');
  const commands = named.filter((name) => name !== 'help' && !known.commands.has(name));
  const isOurs = named.length > 0 || /(?<![\w-])npm (?:start|run fineline)\b/.test(text);
  const given = isOurs ? [...text.matchAll(/\s--([a-z][a-z-]*)/g)].map((match) => match[1] ?? '') : [];
  const flags = given.filter((name) => name !== 'help' && !known.cliWords.has(name));
  return [
    ...commands.map((name) => `names fineline ${name}, which is no command; see src/surfaces/cli`),
    ...flags.map((name) => `names the flag --${name}, which no command has; see src/surfaces/cli`),
  ];
}

function routeFaults({ text, kind }: Code, known: Interface): readonly string[] {
  const asked = kind === 'span' ? spanRoutes(text) : curlRoutes(text);
  return asked.flatMap(({ method, path }) => {
    const fits = known.routes.filter((route) => isAt(route.path, path));
    if (fits.some((route) => method === undefined || route.method === method)) return [];
    return [`names ${method ?? ''} ${path}, which src/surfaces/http/contract.ts does not have`];
  });
}

interface Asked {
  readonly method: string | undefined;
  readonly path: string;
}

/** `GET /v1/people/{id}`, or an address below /v1 alone. */
function spanRoutes(text: string): readonly Asked[] {
  const match = /^(?:(GET|PUT|POST|DELETE) )?(\/\S*)$/.exec(text);
  if (match === null || (match[1] === undefined && !text.startsWith('/v1/'))) return [];
  return [{ method: match[1], path: withoutQuery(match[2] ?? '') }];
}

/** `curl -X PUT "$URL/v1/…"`; a body without -X is a POST, as curl has it. */
function curlRoutes(text: string): readonly Asked[] {
  const at = text.search(/(?<![\w-])curl\s/);
  const address = /(?:\$\{?[A-Z_]+\}?|https?:\/\/[\w.:-]+)(\/[^\s'"|]*)/.exec(text.slice(Math.max(0, at)));
  if (at < 0 || address === null) return [];
  const said = /\s(?:-X|--request) ?([A-Z]+)/.exec(text)?.[1];
  const hasBody = /\s(?:-d|--data\S*|--json)\s/.test(text);
  return [{ method: said ?? (hasBody ? 'POST' : 'GET'), path: withoutQuery(address[1] ?? '') }];
}

function withoutQuery(path: string): string {
  return path.split('?')[0] ?? '';
}

/** `/v1/people/{id}` holds for any one step in the place of `{id}`, a `{path}` at the end for any number. */
function isAt(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const steps = path.split('/');
  if (wanted.at(-1) !== '{path}' && wanted.length !== steps.length) return false;
  return wanted.every((step, at) => (/^\{.*\}$/.test(step) ? (steps[at] ?? '') !== '' : step === steps[at]));
}
