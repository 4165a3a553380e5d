// With whom a shop learns together, as its policy file says it.

import { type ControllerId, parseControllerId } from './ids.ts';
import { JOINT_ITEMS, JOINT_PARTNERS_MAX, type JointRules } from './joint.ts';
import { type Parsed, parseList, parseWord, problem } from './parse.ts';
import type { PurposeRules } from './policy.ts';
import { type Read, type Reader, readerOf } from './reading.ts';

/** `{with: [tools], items: gtin}`; both must be there. */
export function readJoint(value: unknown): Read<JointRules> {
  const opened = readerOf(value, { what: '', names: ['with', 'items'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const partners = reader.take('with', parsePartners);
  const items = reader.take('items', (word, field) => parseWord(word, JOINT_ITEMS, field));
  if (partners === undefined || items === undefined) return reader.done<JointRules>(undefined);
  return reader.done({ with: partners, items });
}

/** Sorted, so that two files that mean the same are the same policy. */
function parsePartners(value: unknown, field: string): Parsed<readonly ControllerId[]> {
  const list = parseList(value, {
    field,
    countMax: JOINT_PARTNERS_MAX,
    read: (entry) => parseControllerId(entry),
  });
  if (!list.ok) return list;
  if (list.value.length > 0 && new Set(list.value).size === list.value.length)
    return { ok: true, value: list.value.toSorted() };
  const remedy = 'Name every other seller of the group once, as market.yaml does, or take joint out.';
  return { ok: false, error: problem(field, 'at least one seller, each once', remedy) };
}

/** Neither works without the other: a purpose without partners allows nothing. */
export function refuseUnpooled(reader: Reader, purposes: PurposeRules, joint: JointRules | undefined): void {
  const { pool } = purposes;
  if (joint === undefined && pool === undefined) return;
  if (pool?.join() !== 'purchases') {
    const remedy = 'Add “pool: [purchases]” to purposes; nothing else is learned from together.';
    reader.refuse(
      problem(joint === undefined ? 'purposes/pool' : 'joint', 'pool with purchases alone', remedy),
    );
  } else if (joint === undefined) {
    const remedy = 'Add joint, with whom you learn together, or take pool out: nobody can be asked for it.';
    reader.refuse(problem('purposes/pool', 'a field joint beside it', remedy));
  }
}
