// The contract as a page that can be read: made from the same table, complete in itself, without a script.
// Every word of it comes from our own tables; nothing of any request is ever in it.

import { base64, utf8 } from '../../kernel/bytes.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { CONTRACT, ROUTE_NAMES, type RouteName } from './contract.ts';
import { article, escape, method, table } from './docs-route.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { PROBLEMS, type ProblemName } from './problem.ts';
import { GROUPS, type Route } from './route.ts';

/** Only the one style sheet of the page, named by its hash; nothing else may load or run. */
export const DOCS_CSP =
  `default-src 'none'; style-src 'sha256-${base64(sha256(utf8(DOCS_STYLE)))}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const GROUP_TITLES: Readonly<Record<(typeof GROUPS)[number], string>> = {
  decide: 'Decide, and say why',
  people: 'People and their choices',
  evidence: 'Evidence',
  shop: 'The shop',
  operations: 'Operations',
};

function inGroups(): readonly RouteName[] {
  return GROUPS.flatMap((group) => ROUTE_NAMES.filter((name) => CONTRACT[name].group === group));
}

function navigation(): string {
  const entries = inGroups().map((name) => {
    const route: Route = CONTRACT[name];
    const title = `<span class="what">${escape(route.summary)}</span>`;
    const what = `<span>${title}<small>${escape(route.path)}</small></span>`;
    return `<li><a href="#${name}">${method(route)}${what}</a></li>`;
  });
  return `<nav aria-label="Requests"><ul>${entries.join('')}</ul></nav>`;
}

function problemTable(): string {
  // The names of a constant table.
  const rows = (Object.keys(PROBLEMS) as ProblemName[]).map((name) => {
    const { status, title } = PROBLEMS[name];
    const cells = `<td>${status}</td><td><code>${name}</code></td><td>${escape(title)}</td>`;
    return `<tr id="problem-${name}">${cells}</tr>`;
  });
  return table('problems', ['Status', 'Problem', 'What it says'], rows);
}

const INTRODUCTION = `
<h2 id="begin">Begin</h2>
<p>Four keys were written to <code>keys.json</code> in the home folder at the first start:
<code>collect</code> sends what happened, <code>decide</code> asks what to show, <code>officer</code> answers
for people’s rights, <code>admin</code> keeps the shop. Take the narrowest. A person has a token of their own,
which opens nothing but their own data.</p>
<pre tabindex="0" aria-label="First request">export FINELINE=http://127.0.0.1:8080
export DECIDE_KEY=flk_decide_…
curl "$FINELINE/healthz"</pre>
<p>Bodies are JSON in UTF-8 with known fields only. A program reads the same contract at
<a href="/openapi.json">/openapi.json</a>. A browser’s <code>Sec-GPC: 1</code> is honoured wherever data of a
person is used.</p>`;

const PROBLEM_TEXT = `
<h2 id="problems">When something is not done</h2>
<p>The answer is <code>application/problem+json</code> (RFC 9457). Where fields are wrong, <code>errors</code>
names each with what was expected and what to do. Somebody who does not exist and somebody you may not see are
answered alike.</p>`;

function section(group: (typeof GROUPS)[number]): string {
  const names = ROUTE_NAMES.filter((name) => CONTRACT[name].group === group);
  const title = `<h2 id="group-${group}">${GROUP_TITLES[group]}</h2>`;
  return `<section aria-labelledby="group-${group}">${title}${names.map(article).join('')}</section>`;
}

let page: string | undefined;

/** The page, made once. */
export function docsPage(): string {
  page ??= [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Fineline: HTTP interface</title><style>${DOCS_STYLE}</style></head><body>`,
    '<a class="skip" href="#begin">Skip the list of requests</a><header><h1>Fineline over HTTP</h1>',
    '<p class="lead">Ask what to show, say why, and let people decide about their data. ',
    `${ROUTE_NAMES.length} requests, one contract.</p>${navigation()}</header>`,
    `<main>${INTRODUCTION}${GROUPS.map(section).join('')}${PROBLEM_TEXT}${problemTable()}</main>`,
    '<footer><p>Made from the contract that answers. Nothing on this page comes from elsewhere.</p></footer>',
    '</body></html>',
  ].join('');
  return page;
}
