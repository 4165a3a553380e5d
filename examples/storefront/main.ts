// Runs the shop beside a server that is there already:
//
//     node examples/storefront/main.ts --api http://127.0.0.1:8787 --keys .fineline/keys.json --port 8788

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openStorefront } from './storefront.ts';

const keysSchema = z.object({
  collect: z.string(),
  decide: z.string(),
  officer: z.string(),
  admin: z.string(),
});

const { values } = parseArgs({
  options: {
    api: { type: 'string', default: 'http://127.0.0.1:8787' },
    keys: { type: 'string', default: '.fineline/keys.json' },
    port: { type: 'string', default: '8788' },
  },
});
const keys = keysSchema.parse(JSON.parse(readFileSync(values.keys, 'utf8')));
const shop = await openStorefront({ api: values.api, keys, port: Number(values.port) });
process.stdout.write(`The shop is at ${shop.url}\n`);
