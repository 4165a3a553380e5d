// I6: the log is given leaves of 34 bytes, version 1, of a known kind, in which no person's pseudonym or name
// stands.

import { hex } from '../../../src/kernel/bytes.ts';
import type { Checker, Scene, Verdict } from '../checker.ts';

const LEAF_BYTES = 34;
const NAME_CHARS_MIN = 6;

export function leaves(): Checker {
  let looked = 0;
  const keys = new Map<string, string>();
  async function maintained({ book, machine }: Scene): Promise<Verdict> {
    const fresh = machine.log.leaves.slice(looked);
    looked = machine.log.leaves.length;
    for (const leaf of fresh) {
      if (leaf.length !== LEAF_BYTES) return `a leaf has ${leaf.length} bytes`;
      if (leaf[0] !== 1 || (leaf[1] !== 1 && leaf[1] !== 2))
        return `a leaf begins with ${leaf[0]} ${leaf[1]}`;
    }
    if (fresh.length === 0) return undefined;
    const all = fresh.map(hex).join(' ');
    const text = Buffer.concat(fresh).toString('latin1');
    for (const { id } of book.lives.values()) {
      const key = keys.get(id) ?? machine.disk.bare().keys.personKey('town', id);
      keys.set(id, key);
      if (all.includes(key) || text.includes(key)) return `the pseudonym of ${id} stands in a leaf`;
      if (id.length >= NAME_CHARS_MIN && text.includes(id)) return `${id} stands in a leaf`;
    }
    return undefined;
  }
  return { name: 'leaves', invariants: 'I6', maintained };
}
