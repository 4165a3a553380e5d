// What can be told of the planted: by a running server, and by a copy of it.

import { rmSync } from 'node:fs';
import { z } from 'zod';
import { backupHome } from '../../src/presets/backup.ts';
import { pathOf } from './e2e-ask.ts';
import type { Exported } from './e2e-life.ts';
import type { Running } from './e2e-running.ts';

/** All that anybody can be told by a running server: pages, figures, models, and what it wrote to its log. */
export async function everythingTold(server: Running, other: string): Promise<ReadonlyMap<string, string>> {
  const key = server.keys.admin;
  const told = new Map([['its log', server.said()]]);
  for (const at of [
    '/metrics',
    '/readyz',
    '/healthz',
    '/openapi.json',
    '/docs',
    '/log/checkpoint',
    pathOf({ name: other }),
  ]) {
    told.set(at, (await server.http('GET', at, at.startsWith('/log') ? {} : { key })).text);
  }
  told.set('learn', (await server.http('POST', '/v1/learn', { key })).text);
  for (const kind of ['model', 'policy', 'source', 'import', 'import-done']) {
    const documents = z.array(z.string()).parse(await server.inPrivate('documents', kind));
    for (const [n, text] of documents.entries()) {
      told.set(`${kind} ${n}`, text + Buffer.from(text, 'base64').toString('latin1'));
    }
  }
  return told;
}

/** A copy, and what is exported then: a digest is written when its second has ended, so both until equal. */
export async function copyEqual(
  home: string,
  toFile: string,
  exported: () => Promise<Exported>,
): Promise<Exported> {
  const told = (one: Exported): string => JSON.stringify({ ...one, exported: '' });
  for (let before = await exported(); ;) {
    rmSync(toFile, { force: true });
    await backupHome({ home, toFile });
    const after = await exported();
    if (told(after) === told(before)) return after;
    before = after;
  }
}
