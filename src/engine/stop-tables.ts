// Where tables of learned stops are kept: each a document named by its hash, and a pointer to the one in
// force with what it was made under.

import { utf8, utf8Text } from '../kernel/bytes.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { FATIGUE_STATES } from '../facts/fatigue.ts';
import type { Policy } from '../facts/policy.ts';
import {
  type StopTable,
  type Stops,
  decodeStopTable,
  encodeStopTable,
  stopTableId,
  stopsOf,
} from '../facts/stop-table.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import type { World } from './ports.ts';

export const STOPS_POINTER = 'stops/current';

/** A table in force. */
export interface KeptStops {
  readonly stops: Stops;
  readonly table: StopTable;
  /** `askedBy` of the policy. */
  readonly under: string;
  /** When it was last found to say what a table of that time would say. */
  readonly checkedMs: number;
}

/** What of a policy decides what is stopped, in 64 characters. */
export function askedBy({ contact, minPeople, purposes }: Policy): string {
  const asked = [contact?.holdOut ?? null, minPeople, purposes?.measure ?? null];
  return sha256Hex(utf8(JSON.stringify(asked)));
}

/**
 * In the place of a table that was in force and cannot be read: nobody knows any more whom contact brings too
 * little, so it is made in no state, until the next table. No policy asks for this one, so that one is due.
 */
const UNREADABLE: KeptStops = {
  stops: { id: 'unreadable', stopped: new Map(FATIGUE_STATES.map((state) => [state, 0])) },
  table: { builtMs: 0, responseMin: -1, states: [] },
  under: '',
  checkedMs: 0,
};

/** The table in force; `undefined` where none was ever made: then the fixed back-off alone holds. */
export async function keptStops({ documents }: World): Promise<KeptStops | undefined> {
  const pointer = await documents.pointer(STOPS_POINTER);
  if (pointer === undefined) return undefined;
  const [id = '', under = '', checked = ''] = pointer.split(' ');
  const bytes = await documents.get('stops', id);
  if (bytes === undefined || stopTableId(bytes) !== id) return UNREADABLE;
  const table = decodeStopTable(utf8Text(bytes));
  if (!table.ok) return UNREADABLE;
  return { stops: stopsOf(table.value, id), table: table.value, under, checkedMs: Number(checked) };
}

/** Keeps a table, hands its leaf to the log, and notes that it is in force. */
export async function keepStops(world: World, table: StopTable, under: string): Promise<KeptStops> {
  const bytes = encodeStopTable(table);
  const id = stopTableId(bytes);
  await world.documents.put('stops', id, bytes, table.builtMs);
  await world.people.submit([documentLeafOf(world.crypto.sha256(bytes))]);
  const kept = { stops: stopsOf(table, id), table, under, checkedMs: table.builtMs };
  await noteStopsChecked(world, kept);
  return kept;
}

/** Notes which table is in force, and since when nothing else would come out. */
export function noteStopsChecked(world: World, { stops, under, checkedMs }: KeptStops): Promise<void> {
  return world.documents.point(STOPS_POINTER, `${stops.id} ${under} ${checkedMs}`);
}
