// Where releases of the shadow are kept: each a document of its own, named by its hash, and a pointer to the
// one in force with what it was made under.

import { Fault } from '../kernel/fault.ts';
import { utf8, utf8Text } from '../kernel/bytes.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { Policy } from '../facts/policy.ts';
import {
  DARK,
  NO_SHADOW,
  type Shadow,
  type ShadowRelease,
  decodeShadow,
  encodeShadow,
  shadowId,
  shadowOf,
} from '../facts/shadow.ts';
import { rulesInForce } from '../facts/unmapped.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import type { World } from './ports.ts';

export const SHADOW_POINTER = 'shadow/current';

/** A release in force. `release` is absent when what is kept cannot be read: then all is dark. */
export interface Kept {
  readonly shadow: Shadow;
  readonly release: ShadowRelease | undefined;
  /** `askedBy` of the policy. */
  readonly under: string;
  /** When it was last found to say what a list of that time would say. */
  readonly checkedMs: number;
}

/** What of a policy decides which proxies are found, in 64 characters. */
export function askedBy({ proxies, purposes, sensitive }: Policy): string {
  return sha256Hex(
    utf8(JSON.stringify([proxies ?? null, purposes?.guard ?? null, rulesInForce(sensitive) ?? null])),
  );
}

/** The release in force; `undefined` where there was never one. */
export async function keptShadow(world: World): Promise<Kept | undefined> {
  const pointer = await world.documents.pointer(SHADOW_POINTER);
  if (pointer === undefined) return undefined;
  const [id = '', under = '', checked = ''] = pointer.split(' ');
  const release = await readRelease(world, id);
  const shadow = release === undefined ? DARK : shadowOf(release, id);
  return { shadow, release, under, checkedMs: Number(checked) };
}

async function readRelease(world: World, id: string): Promise<ShadowRelease | undefined> {
  const bytes = await world.documents.get('shadow', id);
  if (bytes === undefined || shadowId(bytes) !== id) return undefined;
  const decoded = decodeShadow(utf8Text(bytes));
  return decoded.ok ? decoded.value : undefined;
}

/** The shadow that a past decision names. Fault `not-kept` when it is no longer there. */
export async function pastShadow(world: World, id: string | undefined): Promise<Shadow> {
  if (id === undefined) return NO_SHADOW;
  if (id === DARK.id) return DARK;
  const release = await readRelease(world, id);
  if (release !== undefined) return shadowOf(release, id);
  throw new Fault('not-kept', 'The shadow of that decision is no longer kept.', { retry: 'never' });
}

/** Keeps a release, hands its leaf to the log, and notes that it is in force. */
export async function keepRelease(world: World, release: ShadowRelease, under: string): Promise<Kept> {
  const bytes = encodeShadow(release);
  const id = shadowId(bytes);
  await world.documents.put('shadow', id, bytes, release.builtMs);
  await world.people.submit([documentLeafOf(world.crypto.sha256(bytes))]);
  const kept = { shadow: shadowOf(release, id), release, under, checkedMs: release.builtMs };
  await noteChecked(world, kept);
  return kept;
}

/** Notes which release is in force, and since when nothing else would come out. */
export function noteChecked(world: World, { shadow, under, checkedMs }: Kept): Promise<void> {
  return world.documents.point(SHADOW_POINTER, `${shadow.id} ${under} ${checkedMs}`);
}
