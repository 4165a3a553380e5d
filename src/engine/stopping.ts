// Once a day, from what contacts brought to the states of fatigue in which none are made. Learning can only
// make contact rarer: the caps and the fixed back-off of the policy hold beside it.

import type { StopTable } from '../facts/stop-table.ts';
import { DAY_MS } from '../kernel/time.ts';
import { stopTableOf } from '../measure/responses/expected-response.ts';
import type { Core } from './core.ts';
import { type KeptStops, askedBy, keepStops, noteStopsChecked } from './stop-tables.ts';

/** Makes a new table when one is due, and takes it into force. Not before everybody is counted. */
export async function releaseStops(core: Core): Promise<void> {
  const { policy, world, recovery } = core;
  const holdOut = policy.contact?.holdOut;
  if (holdOut === undefined || !recovery.done) return;
  const under = askedBy(policy);
  const nowMs = world.clock.nowMs();
  const kept = core.stops;
  if (!isDue(kept, { under, nowMs })) return;
  const { responseMin } = holdOut;
  const table = stopTableOf(core.responses.sums(nowMs), { minPeople: policy.minPeople, responseMin, nowMs });
  if (kept !== undefined && saysTheSame(kept.table, table)) {
    const checked = { ...kept, under, checkedMs: nowMs };
    await noteStopsChecked(world, checked);
    core.stops = checked;
  } else core.stops = await keepStops(world, table, under);
}

/** Also when the clock went back. */
function isDue(kept: KeptStops | undefined, { under, nowMs }: { under: string; nowMs: number }): boolean {
  if (kept === undefined || kept.under !== under) return true;
  return !(Math.abs(nowMs - kept.checkedMs) < DAY_MS);
}

function saysTheSame(a: StopTable, b: StopTable): boolean {
  return a.responseMin === b.responseMin && JSON.stringify(a.states) === JSON.stringify(b.states);
}
