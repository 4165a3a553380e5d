// Things of the catalogue as a policy names them: by id, or by the beginning of their path.

import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';
import { type ItemId, parseItemId } from './ids.ts';
import { type Parsed, parseList, parseText, problem } from './parse.ts';
import type { Things } from './policy.ts';

/** Items or paths of one entry: a catalogue's category tree has a few thousand nodes. */
export const THINGS_MAX = 5000;

export function parseItems(value: unknown, field: string): Parsed<readonly ItemId[]> {
  return parseList(value, { field, countMax: THINGS_MAX, read: (entry) => parseItemId(entry, 'item') });
}

export function parsePaths(value: unknown, field: string): Parsed<Things['paths']> {
  return parseList(value, { field, countMax: THINGS_MAX, read: (entry) => parsePath(entry) });
}

/** `['Food', 'Wine']`, or a text as `parsePath` reads it. */
export function parseSteps(value: unknown, field: string): Parsed<readonly string[]> {
  if (!Array.isArray(value)) return parsePath(value, field);
  const countMax = LIMITS.categoryDepthMax;
  const lengthMax = LIMITS.titleLengthMax;
  const steps = parseList(value, {
    field,
    countMax,
    read: (step) => parseText(step, { field: 'step', lengthMax }),
  });
  if (!steps.ok || steps.value.length > 0) return steps;
  return err(problem(field, `1 to ${countMax} steps`, 'Name at least the first step, or leave it out.'));
}

/** `Food > Wine` is `['Food', 'Wine']`. */
export function parsePath(value: unknown, field = 'path'): Parsed<readonly string[]> {
  const lengthMax = LIMITS.titleLengthMax;
  const text = parseText(value, { field, lengthMax });
  if (!text.ok) return text;
  const steps = text.value.split('>').map((step) => step.trim());
  if (!steps.includes('') && steps.length <= LIMITS.categoryDepthMax) return ok(steps);
  const expected = `1 to ${LIMITS.categoryDepthMax} steps with “>” between them`;
  return err(problem(field, expected, 'Write it as the catalogue does: Food > Wine.'));
}
