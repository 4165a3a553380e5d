// For the tests of imports: an engine in memory, an importer's words, and the calls they share.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Memory } from '../../../presets/memory.ts';
import { type PersonId, parsePersonId } from '../../../facts/ids.ts';
import type { Interrupt } from '../interrupt.ts';
import { heardIo } from '../testing.ts';
import { type Imported, importInputs } from './import.ts';
import { inputsOf } from './inputs.ts';
import type { ImportOptions } from './options.ts';
import { planId } from './plan.ts';

/** Nobody presses a key. */
export const UNDISTURBED: Interrupt = {
  requested: false,
  signalled: new Promise(() => undefined),
  check: () => undefined,
  say: () => undefined,
  dispose: () => undefined,
};

export const OPTIONS: ImportOptions = {
  claim: {
    source: 'orders',
    description: 'orders',
    channel: 'web',
    basis: 'consent',
    notice: { id: 'notice-1', language: 'en' },
    purposes: ['recommend', 'improve'],
    forEvents: false,
  },
  strict: false,
  shift: 'never',
  adoptSources: false,
  spillDir: join(tmpdir(), 'fineline-import'),
  howToGoOn: 'again',
  interrupt: UNDISTURBED,
  io: heardIo(),
  say: () => undefined,
};

export function importFile(
  { engine }: Memory,
  file: string,
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  const inputs = inputsOf(file);
  return importInputs(engine, { id: planId(file, inputs), label: file, inputs }, { ...OPTIONS, ...options });
}

export function person(text: string): PersonId {
  const id = parsePersonId(text);
  if (!id.ok) throw new Error('a test names people well');
  return id.value;
}
