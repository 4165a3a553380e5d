// The policy file of a home: read with the line of everything that is wrong in it. A home without one gets
// the strict policy; one whose file cannot be used does not open, because whoever wrote it meant something.

import { readFileSync, statSync } from 'node:fs';
import { parseYamlLines } from '../adapters/yaml/yaml.ts';
import { readPolicyFile } from '../facts/parse-policy.ts';
import { type Problem, problem, problemText } from '../facts/parse.ts';
import type { Policy } from '../facts/policy.ts';
import { assert } from '../kernel/assert.ts';
import { Fault } from '../kernel/fault.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Result, err, ok } from '../kernel/result.ts';

/** What is wrong, and in which line of the file (from 1). */
export interface LineProblem extends Problem {
  readonly line: number;
}

export interface PolicyText {
  readonly policy: Policy;
  /** What the file itself says, as fields: `minPeople`, `channels/email`, `placements/0/capPerItem` … */
  readonly stated: ReadonlySet<string>;
}

/** The policy a text says, or all that is wrong with it. */
export function readPolicy(text: string): Result<PolicyText, readonly LineProblem[]> {
  const yaml = parseYamlLines(text);
  if (!yaml.ok) {
    const [what = 'not YAML'] = yaml.error.message.split('\n');
    const found = problem('', `YAML, and this is none: ${what}`, 'Correct the line.');
    return err([{ ...found, line: yaml.error.line }]);
  }
  const { value, lineOf } = yaml.value;
  const policy = readPolicyFile(value);
  if (policy.ok) return ok({ policy: policy.value, stated: statedIn(value) });
  return err(
    policy.error
      .map((found) => ({ ...found, line: lineOf(found.field) }))
      .toSorted((a, b) => a.line - b.line),
  );
}

/** The policy of a home without a file and without old settings: as strict as the defaults. */
export const STRICT: PolicyText = strict();

function strict(): PolicyText {
  const read = readPolicyFile({ policy: 1 });
  assert(read.ok, 'the defaults are a policy');
  return { policy: read.value, stated: new Set() };
}

/**
 * Reads a policy file; `undefined` when there is none. Fault `bad-settings` with line, field, what was
 * expected and what to do, for each problem.
 */
export function loadPolicy(file: string): PolicyText | undefined {
  const text = policyFileText(file);
  if (text === undefined) return undefined;
  const read = readPolicy(text);
  if (read.ok) return read.value;
  throw new Fault('bad-settings', `${file} is not used.\n${problemLines(read.error).join('\n')}`, {
    retry: 'never',
  });
}

/** Text of a policy file; `undefined` when there is none. Fault `bad-settings` when it cannot be read. */
export function policyFileText(file: string): string | undefined {
  try {
    if (statSync(file).size > LIMITS.bodyBytesMax)
      throw new Error(`it has more than ${LIMITS.bodyBytesMax} bytes`);
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    const why = cause instanceof Error ? cause.message : 'unknown';
    const message = `${file} is there and cannot be read (${why}). Make it readable.`;
    throw new Fault('bad-settings', message, { retry: 'never', cause });
  }
}

/**
 * A file that has gone is no policy of its own: what the shop had narrowed would be wide again, and nobody
 * would have said so. Fault `bad-settings` when there is none and another policy than the strict one ruled
 * last.
 */
export function assertNotGone(file: string, ruledLast: string | undefined): void {
  if (ruledLast === undefined || ruledLast === STRICT.policy.version) return;
  const what = `${file} is not there, and this home has been under another policy than the strict one. `;
  const remedy = 'Put it back. To take the strict policy instead, write a file that says “policy: 1”.';
  throw new Fault('bad-settings', what + remedy, { retry: 'never' });
}

/** `line 12, placements/0/itemsMax: expected …. Do ….`, one for each problem. */
export function problemLines(problems: readonly LineProblem[]): readonly string[] {
  return problems.map(({ line, ...found }) => {
    const at = found.field === '' ? `${found.expected}. ${found.remedy}` : problemText(found);
    return found.field === '' ? `line ${line}: expected ${at}` : `line ${line}, ${at}`;
  });
}

/** All fields that stand in a value, level by level. */
function statedIn(value: unknown, at = ''): Set<string> {
  const fields = new Set<string>();
  if (typeof value !== 'object' || value === null) return fields;
  for (const [name, below] of Object.entries(value)) {
    const field = at === '' ? name : `${at}/${name}`;
    fields.add(field);
    for (const inner of statedIn(below, field)) fields.add(inner);
  }
  return fields;
}
