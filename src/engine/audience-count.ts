// Counting who is in the audiences of the policy: everybody is asked through the door, and nothing of it is
// kept but the counts.

import { audienceOn, groundsIn, isMember, onlyMissing } from '../decide/audience.ts';
import { isRefusal } from '../facts/refusal.ts';
import { DAY_MS } from '../kernel/time.ts';
import { AUDIENCES_POINTER, type Counted, usesOf } from './audiences.ts';
import type { Core } from './core.ts';
import { SLICE_PEOPLE, pause } from './learning.ts';
import type { Person } from './person.ts';
import type { PersonKey } from './ports.ts';
import { askedNow, openView, permissionsOf } from './viewing.ts';

/** Begins a count when one is due. What fails is tried again with the next maintenance. */
export function countWhenDue(core: Core): void {
  const { audiences, policy, recovery, world, duties } = core;
  const uses = usesOf(policy);
  if (uses.length === 0 || !duties.learn || !recovery.done || audiences.running !== undefined) return;
  const isNew = uses.some(
    ({ audience: { name }, purpose }) => audiences.toldOf(policy, { name, purpose }) === undefined,
  );
  // Also when the clock went back.
  const isOld = !(Math.abs(world.clock.nowMs() - audiences.countedMs) < DAY_MS);
  if (!isNew && !isOld) return;
  audiences.running = countEverybody(core, uses)
    .catch(() => undefined)
    .finally(() => {
      audiences.running = undefined;
    });
}

async function countEverybody(core: Core, uses: readonly Counted[]): Promise<void> {
  const { policy, audiences, world, people, nobody } = core;
  let after: PersonKey | undefined;
  for (;;) {
    const keys = await world.people.people(after, 200);
    if (keys.length === 0) break;
    for (const [at, key] of keys.entries()) {
      if (at % SLICE_PEOPLE === 0) await pause(core);
      const person = nobody.keys.has(key) ? undefined : await people.byKey(key);
      if (person === undefined || person === 'erased' || person.leaving || person.unreadable) continue;
      countPerson(core, person, uses);
    }
    after = keys.at(-1);
  }
  // Half of the people were asked under another policy: its own count follows.
  if (core.policy !== policy || !core.duties.learn) return;
  for (const counted of uses) audiences.take(policy, counted);
  audiences.countedMs = world.clock.nowMs();
  // Once for all engines: each would draw its own noise, and who compared them would see through it.
  if (core.others !== undefined) await world.documents.point(AUDIENCES_POINTER, audiences.told());
}

/** Through the door, for each purpose; nothing of it is kept but the counts. */
function countPerson(core: Core, person: Person, uses: readonly Counted[]): void {
  const asked = askedNow(core);
  const { shelf } = core.shelves.current();
  const permissions = permissionsOf(core, person, asked);
  for (const counted of uses) {
    const { audience, purpose } = counted;
    if (audienceOn(shelf, audience).unfit !== undefined) continue;
    const view = openView(core, { person, joined: [], permissions }, { purpose, asked });
    if (isRefusal(view)) continue;
    const mayReadPurchases = permissions.refusal('purchases', purpose) === undefined;
    const grounds = groundsIn(view, { audience, shelf, mayReadPurchases });
    if (isMember(audience, grounds)) counted.inside += 1;
    const missing = onlyMissing(audience, grounds);
    if (missing >= 0) counted.keptOut[missing] = (counted.keptOut[missing] ?? 0) + 1;
  }
}
