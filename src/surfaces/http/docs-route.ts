// One line of the contract as a part of the page at /docs: what it is for, who may ask, its fields, an
// example that can be pasted, and what is said when not.

import { CONTRACT, type RouteName } from './contract.ts';
import { problemsOf, schemaOf } from './openapi.ts';
import { PROBLEMS } from './problem.ts';
import type { Route } from './route.ts';

/** Text as HTML. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const pretty = (value: unknown): string => escape(JSON.stringify(value, null, 2));

/** A table with a head; `rows` are HTML. Scrolls by itself where it is too wide. */
export function table(kind: string, head: readonly string[], rows: readonly string[]): string {
  const cells = head.map((title) => `<th scope="col">${escape(title)}</th>`).join('');
  const body = `<thead><tr>${cells}</tr></thead><tbody>${rows.join('')}</tbody>`;
  return `<div class="scroll"><table class="${kind}">${body}</table></div>`;
}

/** The badge of a method. */
export function method(route: Route): string {
  return `<span class="method ${route.method.toLowerCase()}">${route.method}</span>`;
}

/** The part of the page about one route. */
export function article(name: RouteName): string {
  const route: Route = CONTRACT[name];
  const parts = [
    `<article id="${name}" aria-labelledby="${name}-title">`,
    `<h3 id="${name}-title">${escape(route.summary)}</h3>`,
    `<p class="address">${method(route)}<code>${escape(route.path)}</code></p>`,
    `<p>${escape(route.text)}</p>`,
    `<dl><dt>Who may ask</dt><dd>${escape(whoMayAsk(route))}</dd>`,
    `<dt>Used for</dt><dd>${escape(route.purpose)}</dd>`,
    `<dt>Personal data</dt><dd>${escape(route.personalData)}</dd></dl>`,
    fields('In the address', route.query),
    fields('In the body', route.body),
    '<p><strong>Example</strong></p>',
    `<pre tabindex="0" aria-label="Example request">${escape(curl(route))}</pre>`,
  ];
  if (route.example?.answer !== undefined) {
    parts.push(
      `<details><summary>Answer</summary><pre tabindex="0">${pretty(route.example.answer)}</pre></details>`,
    );
  }
  const refusals = problemsOf(route).map((problem) => {
    return `<a href="#problem-${problem}">${PROBLEMS[problem].status}&nbsp;${problem}</a>`;
  });
  parts.push(`<p>When not: ${refusals.join(', ')}.</p></article>`);
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
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Property[];
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
  return table('fields', [title, 'Form', 'Meaning'], rows);
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
  if (property.anyOf !== undefined) return property.anyOf.map(formOf).join(', or ');
  if (property.enum !== undefined) return `one of ${property.enum.map(String).join(', ')}`;
  if (property.type === 'array') return `list of at most ${property.maxItems ?? '…'}`;
  if (property.type === 'string') return textForm(property);
  if (property.type === 'integer') return `whole number, ${range(property.minimum, property.maximum)}`;
  return typeof property.type === 'string' ? property.type : 'anything';
}

function textForm({ minLength, maxLength, pattern }: Property): string {
  if (maxLength !== undefined) return `text, ${range(minLength, maxLength)} characters`;
  return pattern === undefined ? 'text' : `text that matches ${pattern}`;
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
