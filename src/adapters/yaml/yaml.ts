// YAML text to plain values, with its line when it is wrong. Aliases are refused: a small file must not grow
// into a large value.

import { LineCounter, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import { type Result, err, ok } from '../../kernel/result.ts';

export function parseYaml(text: string): Result<unknown, string> {
  const read = parseYamlLines(text);
  return read.ok ? ok(read.value.value) : err(read.error.message);
}

export interface YamlLines {
  readonly value: unknown;
  /**
   * Line, from 1, of a field named like `placements/0/id`: of its key, or of the nearest thing around it that
   * is there.
   */
  lineOf(field: string): number;
}

export interface YamlError {
  /** From 1. */
  readonly line: number;
  /** Where and what, over several lines. */
  readonly message: string;
}

export function parseYamlLines(text: string): Result<YamlLines, YamlError> {
  const counter = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: true, version: '1.2', lineCounter: counter });
  const [first] = [...document.errors, ...document.warnings];
  if (first !== undefined) return err({ line: counter.linePos(first.pos[0]).line, message: first.message });
  try {
    const value = document.toJS({ maxAliasCount: 0 }) as unknown;
    return ok({ value, lineOf: (field) => counter.linePos(offsetOf(document.contents, field)).line });
  } catch (error) {
    return err({ line: 1, message: error instanceof Error ? error.message : 'not YAML' });
  }
}

/** Where a field begins, as an offset into the text. */
function offsetOf(root: unknown, field: string): number {
  let node = root;
  let offset = startOf(node) ?? 0;
  for (const step of field.split('/')) {
    const next = below(node, step);
    if (next === undefined) return offset;
    offset = next.offset ?? offset;
    node = next.node;
  }
  return offset;
}

function below(
  node: unknown,
  step: string,
): { readonly node: unknown; readonly offset: number | undefined } | undefined {
  if (isSeq(node)) {
    const entry = /^\d+$/.test(step) ? node.items[Number(step)] : undefined;
    return entry === undefined ? undefined : { node: entry, offset: startOf(entry) };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
  return pair === undefined ? undefined : { node: pair.value, offset: startOf(pair.key) };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
