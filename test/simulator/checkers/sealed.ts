// I5: no name of a person stands in the bytes of the disk: no number of a townsperson, no field that would
// hold one.

import type { Checker } from '../checker.ts';
import type { PersonKey } from '../../../src/engine/ports.ts';

const PEOPLE_MAX = 1_000_000;

export function sealed(): Checker {
  return {
    name: 'sealed',
    invariants: 'I5',
    ended: async (_, { machine }) => {
      const { people } = machine.disk.bare();
      const pieces: Uint8Array[] = [];
      const add = async (key: PersonKey): Promise<void> => {
        const stored = await people.load(key);
        if (stored?.snapshot !== undefined) pieces.push(stored.snapshot);
        for (const { sealed: bytes } of await people.history(key)) pieces.push(bytes);
      };
      for (const key of await people.people(undefined, PEOPLE_MAX)) await add(key);
      const disk = Buffer.concat(pieces).toString('latin1');
      const found = /p\d{7}|"person":"\w+"/.exec(disk)?.[0];
      return found === undefined ? undefined : `${found} stands on the disk in clear`;
    },
  };
}
