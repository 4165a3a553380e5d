import { describe, expect, it, test } from 'vitest';
import { importTable } from './import-table.ts';
import { messagesFound, placesFound } from './planted.ts';

const found = (file: string, line: string): readonly string[] => placesFound(importTable, { [file]: line });

describe('the import table', () => {
  test.each([
    ['src/kernel/a.ts', "import { b } from '../facts/b.ts';"],
    ['src/facts/a.ts', "import { b } from '../decide/b.ts';"],
    ['src/decide/a.ts', "import { b } from '../learn/b.ts';"],
    ['src/decide/a.ts', "import type { b } from '../learn/b.ts';"],
    ['src/decide/a.ts', "export { b } from '../learn/b.ts';"],
    ['src/decide/a.ts', "export * from '../learn/b.ts';"],
    ['src/decide/a.ts', "export const b = await import('../learn/b.ts');"],
    ['src/decide/a.ts', "export type B = import('../learn/b.ts').B;"],
    ['src/decide/a.ts', "export const b = new URL('../learn/b.ts', import.meta.url);"],
    ['src/decide/a.ts', "export const b = require('../learn/b.ts');"],
    ['src/decide/deep/a.ts', "import { b } from '../../learn/b.ts';"],
    ['src/decide/a.ts', "import { b } from '../engine/ports.ts';"],
    ['src/systems/a.ts', "import { b } from '../engine/b.ts';"],
    ['src/engine/a.ts', "import { b } from '../adapters/sqlite/b.ts';"],
    ['src/adapters/sqlite/a.ts', "import { b } from '../memory/b.ts';"],
    ['src/adapters/sqlite/a.ts', "import { b } from '../../engine/ports.ts';"],
    ['src/adapters/sqlite/a.ts', "import type { b } from '../../engine/engine.ts';"],
    ['src/presets/a.ts', "import { b } from '../learn/b.ts';"],
    ['src/surfaces/http/a.ts', "import { b } from '../../presets/embedded.ts';"],
    ['src/surfaces/http/a.ts', "import { b } from '../../decide/b.ts';"],
    ['src/surfaces/sdk/a.ts', "import { b } from '../../presets/embedded.ts';"],
    ['src/decide/a.ts', "import { b } from 'node:fs';"],
    ['src/decide/a.ts', "import { b } from 'zod';"],
    ['src/surfaces/sdk/a.ts', "import { b } from 'node:fs';"],
    ['src/decide/a.ts', "import { b } from './b.test.ts';"],
    ['src/surfaces/cli/a.ts', "import { b } from '../../../test/b.ts';"],
    ['src/elsewhere/a.ts', 'export const a = 1;'],
  ])('finds %s: %s', (file, line) => {
    expect(found(file, line)).toEqual([`${file}:1`]);
  });

  test.each([
    ['src/kernel/a.ts', "import { b } from './b.ts';"],
    ['src/decide/a.ts', "import { b } from '../kernel/b.ts'; import { c } from '../facts/c.ts';"],
    ['src/engine/a.ts', "import { b } from '../learn/b.ts'; import { c } from '../systems/c.ts';"],
    ['src/adapters/sqlite/a.ts', "import type { b } from '../../engine/ports.ts'; import 'node:sqlite';"],
    ['src/adapters/sqlite/a.ts', "import { type b } from '../../engine/ports.ts';"],
    ['src/presets/a.ts', "import { b } from '../engine/b.ts'; import { c } from '../adapters/sqlite/c.ts';"],
    ['src/surfaces/http/a.ts', "import { b } from '../../kernel/limits.ts'; import { c } from 'hono';"],
    ['src/surfaces/cli/a.ts', "import { b } from '../../presets/embedded.ts';"],
    ['src/surfaces/console/a.ts', "import { b } from '../../prove/b.ts';"],
    ['src/decide/a.test.ts', "import { b } from '../learn/b.ts'; import { c } from 'fast-check';"],
    ['src/decide/a.ts', "// import { b } from '../learn/b.ts';\nexport const a = \"from '../learn/b.ts'\";"],
  ])('allows %s: %s', (file, line) => {
    expect(found(file, line)).toEqual([]);
  });

  it('finds a computed import, which nobody could follow', () => {
    expect(found('src/engine/a.ts', '\nexport const load = (x: string) => import(x);')).toEqual([
      'src/engine/a.ts:2',
    ]);
  });

  it('gives an adapter one driver over all its files', () => {
    const texts = {
      'src/adapters/postgres/a.ts': "import { Pool } from 'pg';",
      'src/adapters/postgres/b.ts': "import { x } from 'pg/lib/x.js';\nimport { y } from '@nats-io/y';",
      'src/adapters/stream/c.ts': "import { y } from '@nats-io/y';",
    };
    expect(placesFound(importTable, texts)).toEqual(['src/adapters/postgres/b.ts:2']);
  });

  it('says what is allowed and what to do', () => {
    const [message] = messagesFound(importTable, { 'src/decide/a.ts': "import { b } from '../learn/b.ts';" });
    expect(message).toContain('may import only: src/kernel, src/facts');
    expect(message).toContain('Move what both need');
  });
});
