// The contract as a page that can be read: made from the same table, complete in itself, without a script. Every word of it comes
// from our own tables; nothing of any request is ever in it.

import { base64, utf8 } from '../../kernel/bytes.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { CONTRACT, ROUTE_NAMES, type RouteName } from './contract.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { problemsOf, schemaOf } from './openapi.ts';
import { PROBLEMS, type ProblemName } from './problem.ts';
import { GROUPS, type Route } from './route.ts';

/** Only the one style sheet of the page, named by its hash; nothing else may load or run. */
export const DOCS_CSP = `default-src 'none'; style-src 'sha256-${base64(sha256(utf8(DOCS_STYLE)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const GROUP_TITLES: Readonly<Record<(typeof GROUPS)[number], string>> = {
  decide: 'Decide, and say why',
  people: 'People and their choices',
  evidence: 'Evidence',
  shop: 'The shop',
  operations: 'Operations',
};

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const pretty = (value: unknown): string => escape(JSON.stringify(value, null, 2));

function method(route: Route): string {
  return `<span class="method ${route.method.toLowerCase()}">${route.method}</span>`;
}

function inGroups(): readonly RouteName[] {
  return GROUPS.flatMap((group) => ROUTE_NAMES.filter((name) => CONTRACT[name].group === group));
}

function navigation(): string {
  const entries = inGroups().map((name) => {
    const route: Route = CONTRACT[name];
    const what = `<span><span class="what">${escape(route.summary)}</span><small>${escape(route.path)}</small></span>`;
    return `<li><a href="#${name}">${method(route)}${what}</a></li>`;
  });
  return `<nav aria-label="Requests"><ul>${entries.join('')}</ul></nav>`;
}

function article(name: RouteName): string {
  const route: Route = CONTRACT[name];
  const parts = [
    `<article id="${name}" aria-labelledby="${name}-title"><h3 id="${name}-title">${escape(route.summary)}</h3>`,
    `<p class="address">${method(route)}<code>${escape(route.path)}</code></p>`,
    `<p>${escape(route.text)}</p>`,
    `<dl><dt>Who may ask</dt><dd>${escape(whoMayAsk(route))}</dd><dt>Used for</dt><dd>${escape(route.purpose)}</dd>`,
    `<dt>Personal data</dt><dd>${escape(route.personalData)}</dd></dl>`,
    fields('In the address', route.query),
    fields('In the body', route.body),
    `<p><strong>Example</strong></p><pre tabindex="0" aria-label="Example request">${escape(curl(route))}</pre>`,
  ];
  if (route.example?.answer !== undefined) {
    parts.push(
      `<details><summary>Answer</summary><pre tabindex="0">${pretty(route.example.answer)}</pre></details>`,
    );
  }
  const problems = problemsOf(route).map((problem) => {
    return `<a href="#problem-${problem}">${PROBLEMS[problem].status}&nbsp;${problem}</a>`;
  });
  parts.push(`<p>When not: ${problems.join(', ')}.</p></article>`);
  return parts.join('');
}

function whoMayAsk(route: Route): string {
  if (route.roles === 'public') return 'anybody';
  return route.roles.map((role) => (role === 'person' ? 'the person’s own token' : `${role} key`)).join(', ');
}

interface Property {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly items?: Property;
  readonly required?: readonly string[];
}

function fields(title: string, schema: Route['body']): string {
  if (schema === undefined) return '';
  // Read back from our own JSON Schema; only the parts named in `Property` are shown.
  const root = schemaOf(schema) as Property;
  const rows = rowsOf(root, '');
  if (rows.length === 0) return `<p>${escape(root.description ?? '')}</p>`;
  const head = `<tr><th scope="col">${title}</th><th scope="col">Form</th><th scope="col">Meaning</th></tr>`;
  return `<div class="scroll"><table class="fields"><thead>${head}</thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function rowsOf(schema: Property, path: string): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const here = `${path}${name}`;
    const needed = schema.required?.includes(name) === true ? '' : ', optional';
    const row =
      `<tr><td><code>${escape(here)}</code></td><td>${escape(formOf(property))}${needed}</td>` +
      `<td>${escape(property.description ?? '')}</td></tr>`;
    const inner = property.items ?? property;
    return [row, ...rowsOf(inner, property.items === undefined ? `${here}.` : `${here}[].`)];
  });
}

function formOf(property: Property): string {
  if (property.enum !== undefined) return `one of ${property.enum.map(String).join(', ')}`;
  if (property.type === 'array') return `list of at most ${property.maxItems ?? '…'}`;
  if (property.type === 'string') return `text, ${range(property.minLength, property.maxLength)} characters`;
  if (property.type === 'integer') return `whole number, ${range(property.minimum, property.maximum)}`;
  return typeof property.type === 'string' ? property.type : 'anything';
}

function range(least = 0, most: number | string = '…'): string {
  return least === most ? String(least) : `${least}–${most}`;
}

/** A request that can be pasted into a shell. */
function curl(route: Route): string {
  const address = route.path
    .replace('{id}', 'maria')
    .replace('{other}', 'guest-7')
    .replace('{decision}', '$DECISION')
    .replace('{path}', 'checkpoint');
  const query = route.example?.query === undefined ? '' : `?${route.example.query}`;
  const lines = [`curl ${route.method === 'GET' ? '' : `-X ${route.method} `}"$FINELINE${address}${query}"`];
  if (route.roles !== 'public') lines.push(`-H "Authorization: Bearer ${keyFor(route.roles)}"`);
  if (route.example?.body !== undefined) {
    lines.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(route.example.body, null, 2)}'`);
  }
  return lines.join(' \\\n  ');
}

function keyFor(roles: readonly string[]): string {
  return roles.includes('person') && !roles.includes('collect')
    ? '$TOKEN'
    : `$${(roles[0] ?? '').toUpperCase()}_KEY`;
}

function problems(): string {
  // The names of a constant table.
  const rows = (Object.keys(PROBLEMS) as ProblemName[]).map((name) => {
    const { status, title } = PROBLEMS[name];
    return `<tr id="problem-${name}"><td>${status}</td><td><code>${name}</code></td><td>${escape(title)}</td></tr>`;
  });
  return `<div class="scroll"><table><thead><tr><th scope="col">Status</th><th scope="col">Problem</th><th scope="col">What it says</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const INTRODUCTION = `
<h2 id="begin">Begin</h2>
<p>Four keys were written to <code>keys.json</code> in the home folder at the first start: <code>collect</code> sends what happened,
<code>decide</code> asks what to show, <code>officer</code> answers for people’s rights, <code>admin</code> keeps the shop. Take the
narrowest. A person has a token of their own, which opens nothing but their own data.</p>
<pre tabindex="0" aria-label="First request">export FINELINE=http://127.0.0.1:8080
export DECIDE_KEY=flk_decide_…
curl "$FINELINE/healthz"</pre>
<p>Bodies are JSON in UTF-8 with known fields only. A program reads the same contract at
<a href="/openapi.json">/openapi.json</a>. A browser’s <code>Sec-GPC: 1</code> is honoured wherever data of a person is used.</p>`;

let page: string | undefined;

/** The page, made once. */
export function docsPage(): string {
  page ??= [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Fineline: HTTP interface</title>',
    `<style>${DOCS_STYLE}</style></head><body><a class="skip" href="#begin">Skip the list of requests</a>`,
    '<header><h1>Fineline over HTTP</h1><p class="lead">Ask what to show, say why, and let people decide about their data. ',
    `${ROUTE_NAMES.length} requests, one contract.</p>${navigation()}</header><main>${INTRODUCTION}`,
    ...GROUPS.map((group) => {
      const names = ROUTE_NAMES.filter((name) => CONTRACT[name].group === group);
      return `<section aria-labelledby="group-${group}"><h2 id="group-${group}">${GROUP_TITLES[group]}</h2>${names.map(article).join('')}</section>`;
    }),
    '<h2 id="problems">When something is not done</h2><p>The answer is <code>application/problem+json</code> (RFC 9457). ',
    'Where fields are wrong, <code>errors</code> names each with what was expected and what to do. Somebody who does not exist and ',
    `somebody you may not see are answered alike.</p>${problems()}</main>`,
    '<footer><p>Made from the contract that answers. Nothing on this page comes from elsewhere.</p></footer></body></html>',
  ].join('');
  return page;
}
