// The scraper of the public log. They fetch every checkpoint and every tile as it appears, know the names of
// all customers, and try to see who shops when, which leaves are one person's, what a leaf commits to, and
// which leaves are only there to fill a batch.

import type { PersonKey } from '../../../src/engine/ports.ts';
import { concatBytes, hex, utf8 } from '../../../src/kernel/bytes.ts';
import { seededRandom } from '../../../src/kernel/random.ts';
import { hmacSha256, sha256 } from '../../../src/kernel/sha256.ts';
import { personalLeaf, recordCommitment } from '../../../src/prove/leaf.ts';
import { type Attacker, type Options, type Outcome, type Trial, tally } from './attacker.ts';
import { type Batch, type LogLife, liveWithLog } from './log-life.ts';

export const SCRAPER: Attacker = {
  name: 'scraper',
  attack: async (options) => {
    const unguarded = await liveWithLog(options, { isGuarded: false });
    const guarded = await liveWithLog(options, { isGuarded: true });
    const trial = (
      words: Pick<Trial, 'tried' | 'success' | 'without' | 'chance'>,
      attack: (life: LogLife, options: Options) => Outcome,
    ): Trial => ({
      attacker: 'scraper of the log',
      ...words,
      unguarded: attack(unguarded, options),
      guarded: attack(guarded, options),
    });
    return [
      trial(WHEN, busyHours),
      trial(LINK, linkedLeaves),
      trial(GUESS, openedLeaves),
      trial(DUMMIES, foundDummies),
    ];
  },
};

const WHEN = {
  tried: 'says of each hour, by the leaves that came with its checkpoint, whether anybody was served',
  success: 'right about the hour',
  without: 'the demo’s pace: every decision committed within a second',
  chance: 0.5,
} as const;

function busyHours({ hours }: LogLife): Outcome {
  const counted = tally();
  for (const { batch, wasServed } of hours) counted.add(batch.leaves.length > 0 === wasServed, '');
  return counted.outcome();
}

const LINK = {
  tried: 'takes two pairs of leaves and says which is of one person, by bytes and by place in the batch',
  success: 'the right pair',
  without: 'leaves that begin with a hash of the name, in the order in which they came',
  chance: 0.5,
} as const;

interface Placed {
  readonly leaf: Uint8Array;
  /** 0 for the first of its batch, 1 for the last. */
  readonly place: number;
  readonly person: PersonKey;
}

function linkedLeaves({ hours, personOf }: LogLife, { seed }: Options): Outcome {
  const random = seededRandom(seed);
  const placed = hours.flatMap(({ batch }) => placesIn(batch, personOf));
  const byPerson = new Map<PersonKey, Placed[]>();
  for (const one of placed) byPerson.set(one.person, [...(byPerson.get(one.person) ?? []), one]);
  const counted = tally();
  // Everybody once: pairs that share a leaf would be right or wrong together.
  for (const [person, mine] of byPerson) {
    random.shuffle(mine);
    const strangers = placed.filter((other) => other.person !== person);
    const [one, two] = mine;
    const stranger = strangers[random.below(Math.max(1, strangers.length))];
    if (one === undefined || two === undefined || stranger === undefined) continue;
    const [same, other] = [likeness(one, two), likeness(one, stranger)];
    counted.add(same === other ? random.below(2) === 0 : same > other, '');
  }
  return counted.outcome();
}

function placesIn({ leaves }: Batch, personOf: LogLife['personOf']): readonly Placed[] {
  return leaves.flatMap((leaf, at) => {
    const person = personOf.get(hex(leaf));
    return person === undefined ? [] : [{ leaf, place: at / Math.max(1, leaves.length - 1), person }];
  });
}

/** Equal bytes in the same places weigh most, then how near they lie in their batches. */
function likeness(a: Placed, b: Placed): number {
  const equal = a.leaf.reduce((count, byte, at) => count + Number(byte === b.leaf[at]), 0);
  // Two bytes are the same in every leaf; one more by chance in every eighth pair.
  return (equal > 4 ? equal : 0) + 1 - Math.abs(a.place - b.place);
}

const GUESS = {
  tried:
    'hashes every customer with every hour, and each true record of theirs, in all ways without a secret',
  success: 'a leaf of a person opened',
  without: 'leaves that are hashes of name and hour',
  chance: 0,
} as const;

function openedLeaves({ hours, names, records, personOf }: LogLife): Outcome {
  const guesses = new Set<string>();
  const add = (bytes: Uint8Array): void => {
    const zero = new Uint8Array(32);
    for (const commitment of [sha256(bytes), hmacSha256(zero, bytes), recordCommitment(zero, bytes)])
      guesses.add(hex(personalLeaf(commitment)).slice(0, 36));
  };
  for (const record of records) add(record);
  for (const name of names) {
    add(utf8(name));
    for (const { timeMs } of hours) {
      add(utf8(`${name}|${timeMs}`));
      guesses.add(hex(concatBytes(Uint8Array.of(1, 1), sha256(utf8(name)).slice(0, 16))));
    }
  }
  const counted = tally();
  for (const { batch } of hours) {
    for (const leaf of batch.leaves) {
      if (!personOf.has(hex(leaf))) continue;
      counted.add(guesses.has(hex(leaf).slice(0, 36)), hex(leaf));
    }
  }
  return counted.outcome();
}

const DUMMIES = {
  tried:
    'learns from half of the leaves which bits and which half of a batch mark a filler, and tells the rest',
  success: 'right about the leaf, fillers and others counted alike',
  without: 'fillers of seven random bits a byte, at the end of their batch',
  chance: 0.5,
} as const;

function foundDummies({ hours, personOf }: LogLife, { seed }: Options): Outcome {
  const random = seededRandom(seed);
  const batches = hours.map(({ batch }) => batch.leaves).filter(({ length }) => length > 0);
  // Whole batches on either side: what is left of one that was half learned from is the other way round.
  const [learned, told] = [0, 1].map((part) => {
    const all = batches.filter((_, at) => at % 2 === part).flatMap((leaves) => examplesIn(leaves, personOf));
    const sides = [true, false].map((isDummy) => all.filter((one) => one.isDummy === isDummy));
    // As many of either, so that always saying the same is right half of the time.
    const each = Math.min(...sides.map(({ length }) => length));
    return sides.flatMap((side) => {
      random.shuffle(side);
      return side.slice(0, each);
    });
  }) as [Example[], Example[]];
  const scoreOf = fittedOn(learned);
  const won = told.filter((one) => scoreOf(one.features) > 0 === one.isDummy).length;
  return { tries: told.length, won };
}

function examplesIn(leaves: readonly Uint8Array[], personOf: LogLife['personOf']): Example[] {
  return leaves.map((leaf, at) => ({
    isDummy: !personOf.has(hex(leaf)) && leaf[1] === 1,
    features: [at * 2 > leaves.length, ...bitsOf(leaf)],
  }));
}

interface Example {
  readonly isDummy: boolean;
  readonly features: readonly boolean[];
}

/** Every feature has its say, by how much more often fillers have it; above 0 the sum says "filler". */
function fittedOn(examples: readonly Example[]): (features: readonly boolean[]) => number {
  const count = examples[0]?.features.length ?? 0;
  const share = (isDummy: boolean, at: number): number => {
    const list = examples.filter((one) => one.isDummy === isDummy);
    return list.filter(({ features }) => features[at] === true).length / Math.max(1, list.length);
  };
  const weights = Array.from({ length: count }, (_, at) => {
    const [ofDummies, ofOthers] = [share(true, at), share(false, at)];
    return { gain: ofDummies - ofOthers, middle: (ofDummies + ofOthers) / 2 };
  });
  return (features) =>
    weights.reduce((sum, { gain, middle }, at) => sum + gain * (Number(features[at]) - middle), 0);
}

function bitsOf(leaf: Uint8Array): readonly boolean[] {
  return [...leaf].flatMap((byte) => [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => ((byte >> bit) & 1) === 1));
}
