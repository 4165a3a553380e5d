// I9: of an erased person nothing is on the disk but sealed evidence, and their key is gone; after every
// start, every restored backup, and at the end.

import type { Life } from '../book.ts';
import type { Checker, Scene, Verdict } from '../checker.ts';

const EVIDENCE: readonly string[] = ['consent', 'digest', 'erasure'];

export function erasure(): Checker {
  const all = async (scene: Scene): Promise<Verdict> => {
    for (const life of scene.book.lives.values()) {
      const wrong = life.erased ? await look(life, scene) : undefined;
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
  return {
    name: 'erasure',
    invariants: 'I9',
    erased: look,
    recovered: (_, scene) => all(scene),
    ended: (_, scene) => all(scene),
  };
}

async function look({ id }: Life, { machine }: Scene): Promise<Verdict> {
  const { keys, people } = machine.disk.bare();
  const key = keys.personKey('town', id);
  if ((await keys.get(key)) !== 'erased') return `${id} was erased and has keys`;
  if ((await people.load(key))?.snapshot !== undefined) return `${id} was erased and has a snapshot`;
  const left = (await people.history(key)).find(({ kind }) => !EVIDENCE.includes(kind));
  return left === undefined ? undefined : `${id} was erased and has a ${left.kind}`;
}
