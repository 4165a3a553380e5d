// A person's folded state, sealed: so that a long journal does not have to be read to decide once.

import { utf8 } from '../kernel/bytes.ts';
import { isFault } from '../kernel/fault.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { ConsentChain } from '../facts/consent-state.ts';
import type { Grant } from '../facts/grant.ts';
import type { Trial } from '../facts/fatigue.ts';
import { decodeSnapshot, encodeSnapshot } from '../profile/snapshot.ts';
import { type Given, type OpenDigest, type Person, dropFacts } from './person.ts';
import type { Crypto, World } from './ports.ts';

/** What the engine keeps beside the profile's own state. Written and read here alone. */
interface Kept {
  readonly state: string;
  readonly given: readonly Given[];
  /** `null`: nothing was forgotten; absent in snapshots of before it was noted. */
  readonly forgottenMs?: number | null;
  /** Absent in snapshots of before there were hold-outs. */
  readonly trials?: readonly Trial[];
  readonly digest: Person['digest'];
  readonly open: OpenDigest | null;
  /** Keys of facts that the person set aside; absent in snapshots from before there was such a thing. */
  readonly restricted?: readonly string[];
  /**
   * By grant, how many records had taken something back when it was said (`Grant.withdrawals`); 0 is left
   * out. Absent: nothing was taken back, or a version of before wrote this. Here and not in `state`, of which
   * a version of before reads only what it would have written itself.
   */
  readonly counts?: Readonly<Record<string, number>>;
}

function aad(person: Person, seq: number): Uint8Array {
  return utf8(`${person.key}|${seq}|snapshot`);
}

/**
 * Folds the journal into a snapshot and drops the events it holds. `false` when it has to wait: entries of
 * this person are on their way to the store, and a snapshot must not hold what is not written yet.
 */
export async function compact(world: World, person: Person): Promise<boolean> {
  if (person.pending > 0) return false;
  const upToSeq = person.nextSeq - 1;
  if (upToSeq < 0 || person.unreadable || person.lost) return true;
  const nowMs = world.clock.nowMs();
  dropFacts(person, (fact) => nowMs < fact.expiresMs);
  const kept: Kept = {
    state: world.crypto.text(
      encodeSnapshot({ profile: person.profile, chain: person.chain, links: person.links }),
    ),
    given: person.given,
    forgottenMs: Number.isFinite(person.forgottenMs) ? person.forgottenMs : null,
    ...(person.trials.length === 0 ? {} : { trials: person.trials }),
    digest: person.digest,
    open: person.open ?? null,
    restricted: [...person.restricted],
    ...(person.chain.withdrawals === 0 ? {} : { counts: countsOf(person.chain) }),
  };
  const sealed = world.crypto.seal(
    person.keys.profile,
    world.crypto.utf8(JSON.stringify(kept)),
    aad(person, upToSeq),
  );
  try {
    await world.people.compact(person.key, { upToSeq, sealed, drop: ['event', 'link', 'restriction'] });
  } catch (error) {
    // Another engine's snapshot reaches further, and holds all that this one would.
    if (!isFault(error, 'conflict')) throw error;
    return true;
  }
  person.snapshotSeq = upToSeq;
  person.pruned = false;
  return true;
}

/** As many lists as are remembered, and no word of others: there may have been others as late as the last. */
function forgottenIn({ given, forgottenMs }: Kept): number {
  if (forgottenMs !== undefined) return forgottenMs ?? Number.NEGATIVE_INFINITY;
  if (given.length < LIMITS.exposuresPerPersonMax) return Number.NEGATIVE_INFINITY;
  return given.reduce((last, { timeMs }) => Math.max(last, timeMs), Number.NEGATIVE_INFINITY);
}

/** `false` when it cannot be opened or read. */
export function openSnapshot(crypto: Crypto, person: Person, sealed: Uint8Array, seq: number): boolean {
  const plain = crypto.open(person.keys.profile, sealed, aad(person, seq));
  if (plain === undefined) return false;
  const kept = JSON.parse(crypto.text(plain)) as Kept;
  const state = decodeSnapshot(crypto.utf8(kept.state));
  if (!state.ok) return false;
  person.profile = state.value.profile;
  person.traits = undefined;
  person.version += 1;
  person.chain = withCounts(state.value.chain, kept.counts);
  person.links = state.value.links;
  person.given = [...kept.given];
  person.forgottenMs = forgottenIn(kept);
  person.trials = kept.trials ?? [];
  person.digest = kept.digest;
  person.open = kept.open ?? undefined;
  person.restricted = new Set(kept.restricted);
  person.snapshotSeq = seq;
  return true;
}

function countsOf({ grants }: ConsentChain): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [key, { withdrawals = 0 }] of grants) if (withdrawals > 0) counts[key] = withdrawals;
  return counts;
}

/**
 * A version of before did not write down when a yes was said: after every no, so that what waited in a stream
 * does not come back with it.
 */
function withCounts(chain: ConsentChain, counts: Kept['counts']): ConsentChain {
  if (chain.withdrawals === 0) return chain;
  const grants = [...chain.grants].map(([key, grant]): [string, Grant] => {
    const withdrawals = counts === undefined ? chain.withdrawals : (counts[key] ?? 0);
    return [key, withdrawals === 0 ? grant : { ...grant, withdrawals }];
  });
  return { ...chain, grants: new Map(grants) };
}
