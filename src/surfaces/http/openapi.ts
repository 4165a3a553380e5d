// The contract as OpenAPI 3.1. Schemas are those that validate (`z.toJSONSchema`), so the document cannot
// promise another form. `x-purpose` and `x-personal-data` say for every operation what personal data is for,
// in a form that tools can check.

import { z } from 'zod';
import { LIMITS } from '../../kernel/limits.ts';
import { problemAnswer } from './answers.ts';
import { CONTRACT, ROUTE_NAMES } from './contract.ts';
import { PROBLEMS, type ProblemName } from './problem.ts';
import { type Route, paramsOf } from './route.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** A schema as it stands in the document; `input`: what may be sent. */
export function schemaOf(schema: z.ZodType): JsonSchema {
  // The dialect is named once, for the whole document.
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  return rest;
}

/** Problems that every route of its kind can answer, besides its own. */
export function problemsOf(route: Route): readonly ProblemName[] {
  const names = new Set<ProblemName>(['too-many', 'busy', 'failed', ...(route.problems ?? [])]);
  if (route.roles !== 'public') names.add('no-key').add(route.hidden === true ? 'not-found' : 'not-allowed');
  if (route.owner !== undefined) names.add('not-found');
  if (route.query !== undefined) names.add('invalid');
  if (route.body !== undefined) {
    names.add('bad-json').add('too-large').add('wrong-media').add('invalid').add('disk-full');
  }
  return [...names].sort((a, b) => PROBLEMS[a].status - PROBLEMS[b].status);
}

function operation(name: string, route: Route): JsonSchema {
  const answers = Object.fromEntries(route.statuses.map((status) => [String(status), answerOf(route)]));
  const titles = new Map<number, string>();
  for (const problem of problemsOf(route)) {
    const { status, title } = PROBLEMS[problem];
    const before = titles.get(status);
    titles.set(status, before === undefined ? title : `${before}; or: ${title}`);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const problems = Object.fromEntries(
    [...titles].map(([status, description]) => [status, { description, content }]),
  );
  return {
    operationId: name,
    summary: route.summary,
    description: route.text,
    tags: [route.group],
    parameters: parametersOf(route),
    ...(route.body === undefined ? {} : { requestBody: bodyOf(route, route.body) }),
    responses: { ...answers, ...problems },
    security: route.roles === 'public' ? [] : securityOf(route.roles),
    'x-roles': route.roles,
    'x-purpose': route.purpose,
    'x-personal-data': route.personalData,
  };
}

function securityOf(roles: readonly string[]): readonly JsonSchema[] {
  const keys = roles.some((role) => role !== 'person') ? [{ key: [] }] : [];
  return roles.includes('person') ? [...keys, { token: [] }] : keys;
}

function bodyOf(route: Route, body: z.ZodType): JsonSchema {
  const example = route.example?.body;
  const content = { schema: schemaOf(body), ...(example === undefined ? {} : { example }) };
  const media =
    route.anyJson === true
      ? ['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json']
      : ['application/json'];
  return { required: true, content: Object.fromEntries(media.map((name) => [name, content])) };
}

function answerOf(route: Route): JsonSchema {
  if (route.answer === undefined) {
    return { description: 'As asked.', content: { [route.media ?? 'application/json']: {} } };
  }
  const example = route.example?.answer;
  const content = { schema: schemaOf(route.answer), ...(example === undefined ? {} : { example }) };
  return { description: 'As asked.', content: { 'application/json': content } };
}

function parametersOf(route: Route): readonly JsonSchema[] {
  const inPath = paramsOf(route.path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: {
      type: 'string',
      minLength: 1,
      maxLength: name === 'path' ? LIMITS.urlLengthMax : LIMITS.idLengthMax,
    },
  }));
  if (route.query === undefined) return inPath;
  const { properties } = schemaOf(route.query);
  // The query schemas of the contract are objects, so their properties are schemas by name.
  const fields = Object.entries((properties ?? {}) as Readonly<Record<string, JsonSchema>>);
  return [...inPath, ...fields.map(([name, schema]) => ({ name, in: 'query', required: false, schema }))];
}

/** The whole document. */
export function openApi(): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const name of ROUTE_NAMES) {
    const route: Route = CONTRACT[name];
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fineline',
      version: '1',
      summary: 'Personalisation that goes up to the line between "they know me" and "they watch me".',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
    components: {
      schemas: { Problem: schemaOf(problemAnswer) },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', bearerFormat: 'flk_<role>_…', description: 'A service key.' },
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'flp_…',
          description: 'A person’s own token.',
        },
      },
    },
  };
}

let text: string | undefined;

/** The document as text, made once. */
export function openApiText(): string {
  text ??= JSON.stringify(openApi(), null, 2);
  return text;
}
