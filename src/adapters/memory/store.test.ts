// Goal: the memory stores keep the contracts, and fail when they are told to.

import { describe, expect, it } from 'vitest';
import { Fault } from '../../kernel/fault.ts';
import { runCatalogueStore } from '../../../test/contracts/catalogue-store.contract.ts';
import { runDocumentStore } from '../../../test/contracts/document-store.contract.ts';
import { runKeyStore } from '../../../test/contracts/key-store.contract.ts';
import { runPersonStore } from '../../../test/contracts/person-store.contract.ts';
import { entryOf, faultOf, personOf } from '../../../test/contracts/samples.ts';
import { memoryStore } from './store.ts';

function harnessOf<Port extends 'people' | 'keys' | 'catalogue' | 'documents'>(port: Port) {
  return async () => {
    const store = memoryStore();
    return { store: store[port], end: async () => store.close() };
  };
}

runPersonStore('memory', harnessOf('people'));
runKeyStore('memory', harnessOf('keys'));
runCatalogueStore('memory', harnessOf('catalogue'));
runDocumentStore('memory', harnessOf('documents'));

describe('faults on demand', () => {
  it('the hook fails the operation it names, before anything happens, and only that', async () => {
    const seen: string[] = [];
    let isFull = true;
    const store = memoryStore({
      fault: (operation) => {
        seen.push(operation);
        if (operation !== 'people.append' || !isFull) return undefined;
        return new Fault('disk-full', 'planted', { retry: 'later' });
      },
    });
    const ann = personOf(1);
    expect(await faultOf(store.people.append([entryOf(ann, 0)]))).toBe('disk-full');
    expect(await store.people.load(ann)).toBeUndefined();
    await store.keys.create([ann]);
    isFull = false;
    await store.people.append([entryOf(ann, 0)]);
    expect(await store.people.history(ann)).toHaveLength(1);
    expect(seen).toEqual(['people.append', 'people.load', 'keys.create', 'people.append', 'people.history']);
  });

  it('with the same entropy come the same keys', async () => {
    const entropyOf = (): { bytes(count: number): Uint8Array } => {
      let next = 0;
      return { bytes: (count) => new Uint8Array(count).fill((next += 1)) };
    };
    const one = memoryStore({ entropy: entropyOf() });
    const two = memoryStore({ entropy: entropyOf() });
    const name = one.keys.personKey('shop', 'ann');
    expect(two.keys.personKey('shop', 'ann')).toBe(name);
    expect(await two.keys.create([name])).toEqual(await one.keys.create([name]));
  });
});
