// The public ledger: every release is a document for good, its hash in the log. What is not here was never
// told. What cannot be read of it may have cost anything, so then nothing more is told.

import { type KeptRelease, type Release, decodeRelease, encodeRelease, releaseId } from '../facts/release.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import type { World } from './ports.ts';
import { type Queue, createQueue } from './queue.ts';

const KIND = 'release';

export interface Releases {
  /** Oldest first; replaced as a whole when one is added. */
  ledger: readonly KeptRelease[];
  /** `false` when part of it is gone or damaged, or when nobody knows whether it was written. */
  isWhole: boolean;
  /** Questions are answered one after the other: two at once would spend the same budget. */
  readonly queue: Queue;
}

/**
 * Read at the start. A crash may have come between a release and its leaf, so leaves that the log does not
 * have are handed over again, which makes one leaf of two.
 */
export async function openReleases(world: World): Promise<Releases> {
  const read = await readLedger(world);
  for (const { release } of read.ledger) await handOver(world, release);
  return { ...read, queue: createQueue() };
}

/** What is kept of it now, and whether that is all. */
export async function readLedger(world: World): Promise<Pick<Releases, 'ledger' | 'isWhole'>> {
  const ledger: KeptRelease[] = [];
  let isWhole = true;
  for (const { id } of await world.documents.list(KIND)) {
    const bytes = await world.documents.get(KIND, id);
    const release = bytes === undefined ? undefined : decodeRelease(id, bytes);
    if (bytes === undefined || release === undefined) {
      isWhole = false;
      continue;
    }
    ledger.push({ id, release });
  }
  ledger.sort((a, b) => a.release.timeMs - b.release.timeMs || (a.id < b.id ? -1 : 1));
  return { ledger, isWhole };
}

/**
 * Keeps a release; nobody has seen it until this resolves. The document first: a leaf without its document
 * would be a hash of few possible numbers, which somebody could guess, and no budget would know of it.
 */
export async function keepPublic(world: World, releases: Releases, release: Release): Promise<KeptRelease> {
  const bytes = encodeRelease(release);
  const kept = { id: releaseId(bytes), release };
  // A store that fails may have kept it all the same; the next start knows.
  releases.isWhole = false;
  await world.documents.put(KIND, kept.id, bytes, release.timeMs);
  releases.isWhole = true;
  // From here on it is spent, also if the rest fails: the next who asks gets it.
  releases.ledger = [...releases.ledger, kept];
  await handOver(world, release);
  return kept;
}

/** Hands the leaf of a release to the log, if it is not there yet. */
export async function handOver(world: World, release: Release): Promise<void> {
  const leaf = documentLeafOf(world.crypto.sha256(encodeRelease(release)));
  if ((await world.log.inclusion(leaf)) === undefined) await world.people.submit([leaf]);
}
