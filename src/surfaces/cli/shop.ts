// The storefront of `start`: a server of its own beside the API, for the town alone. What it sells is the
// town's; over anybody else's data it would show an empty window.

import type { Embedded } from '../../presets/embedded.ts';
import { type Storefront, openStorefront } from '../../../examples/storefront/storefront.ts';
import { type Args, wholeNumber } from './command.ts';
import { ownerKey } from './home/api-keys.ts';
import { TOWN_ID, isDone } from './import/plan.ts';

const PORT_MAX = 65_535;

/** `undefined` when no shop is wanted. A port that is picked by the system has no next one. */
export function shopPortOf(args: Args, port: number): number | undefined {
  if (args.has('no-shop') || args.text('data') !== undefined) return undefined;
  const next = port === 0 ? 0 : Math.min(port + 1, PORT_MAX);
  const text = args.text('shop-port') ?? String(next);
  return wholeNumber(text, { flag: 'shop-port', min: 0, max: PORT_MAX });
}

/** Opens it; `undefined` where the home is not the town's, or its keys were moved away. */
export async function openShop(
  { engine, paths }: Embedded,
  { api, port }: { readonly api: string; readonly port: number | undefined },
): Promise<Storefront | undefined> {
  if (port === undefined || !(await isDone(engine, TOWN_ID))) return undefined;
  const [collect, decide, officer, admin] = (['collect', 'decide', 'officer', 'admin'] as const).map((role) =>
    ownerKey(paths.home, role),
  );
  if (collect === undefined || decide === undefined || officer === undefined || admin === undefined)
    return undefined;
  return openStorefront({ api, keys: { collect, decide, officer, admin }, port });
}
