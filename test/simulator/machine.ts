// One machine with one engine on it: it starts, crashes at any wait, and starts again from what was durable. Its
// clock can be off. A sabotage is put around its ports or its engine here, from outside; the product has no switch
// for it.

import { createHmac } from 'node:crypto';
import { createStatistics } from '../../src/adapters/learner/statistics.ts';
import { memoryCrypto } from '../../src/adapters/memory/crypto.ts';
import { type Engine, openEngine } from '../../src/engine/engine.ts';
import type { Crypto, Entropy, Learner, WitnessLog, World } from '../../src/engine/ports.ts';
import { DAY_MS, HOUR_MS } from './spans.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { readSettings } from '../../src/presets/settings-file.ts';
import { type Disk, createDisk } from './disk.ts';
import { type SeenLog, createLog } from './log.ts';
import type { Sabotage } from './sabotage.ts';
import { SETTINGS } from './settings.ts';
import { type Timeline, createTimeline } from './timeline.ts';
import { letGo } from './weak.ts';

export const PEOPLE_CACHED = 60;
/** Twelve rounds of maintenance a day: each looks at everything there is. */
export const CHECKPOINT_MS = 2 * HOUR_MS;

export interface Machine {
  readonly timeline: Timeline;
  readonly disk: Disk;
  readonly log: SeenLog;
  readonly crypto: Crypto;
  /** The log as this machine shows it to others. */
  shownLog(): WitnessLog;
  /** What its own clock says. */
  clockMs(): number;
  /** Puts its clock wrong by so much. */
  setSkew(ms: number): void;
  /** The engine, if it is up. */
  engine(): Engine | undefined;
  /** Starts it. `false`: it crashed again, or the disk failed; try again. */
  start(): Promise<boolean>;
  crash(): Promise<void>;
  /** It will die within so many events of the timeline. */
  crashAfter(events: number): void;
  isDead(): boolean;
  /** How often it was started: an answer of an earlier life never comes. */
  life(): number;
  learner(): Learner;
  /** When nobody in the engine has anything in hand, people who fell out of the cache are let go. */
  collectGarbage(): void;
}

export function createMachine(options: {
  readonly seed: number;
  readonly startMs: number;
  readonly sabotage: Sabotage;
}): Machine {
  const random = (name: number): Random => seededRandom(options.seed * 16 + name);
  const entropy = entropyOf(random(1));
  let fuse = Infinity;
  let skewMs = 0;
  let life = 0;
  let engine: Engine | undefined;
  let isDead = true;
  let timers = 0;
  let learner: Learner = directLearner();
  const timeline = createTimeline(options.startMs, () => {
    fuse -= 1;
    if (fuse <= 0) isDead = true;
  });
  const disk = createDisk({ entropy, random: random(2), timeline, failsOneIn: 250 });
  const spoil = random(3);
  const crypto = fixedCrypto(entropy);
  const log = createLog({ crypto, entropy });
  let shown: WitnessLog = log;
  const clockMs = (): number => Math.floor(timeline.nowMs()) + skewMs;

  function world(): World {
    const born = life;
    learner = directLearner();
    const plain: World = {
      clock: { nowMs: clockMs },
      timer: {
        after: (delayMs, run) => {
          timers += 1;
          timeline.after(delayMs, () => {
            if (born !== life) return;
            timers -= 1;
            if (!isDead) run();
          });
        },
      },
      entropy,
      crypto,
      ...disk.ports(),
      learner,
      log,
    };
    const seen = options.sabotage.world?.(plain, { timeline, random: spoil }) ?? plain;
    shown = seen.log;
    learner = seen.learner;
    return seen;
  }

  async function crash(): Promise<void> {
    life += 1;
    timers = 0;
    letGo();
    isDead = true;
    fuse = Infinity;
    engine = undefined;
    await disk.crash();
  }

  return {
    timeline,
    disk,
    log,
    crypto,
    shownLog: () => shown,
    clockMs,
    setSkew: (ms) => {
      skewMs = ms;
    },
    engine: () => (isDead ? undefined : engine),
    start: async () => {
      await crash();
      isDead = false;
      const settings = readSettings(SETTINGS, 'simulator');
      let opened: Engine | undefined;
      const opening = openEngine(world(), {
        controller: settings.controller,
        sources: settings.sources,
        policy: settings.policy,
        ...(settings.place === undefined ? {} : { defaultPlace: settings.place }),
        peopleCachedMax: options.sabotage.peopleCached ?? PEOPLE_CACHED,
        microBatchMs: 5,
        checkpointMs: CHECKPOINT_MS,
        digestMs: DAY_MS,
        replayDays: 30,
      }).then((done) => {
        opened = done;
      });
      opening.catch(() => undefined);
      await timeline.settle(opening, () => isDead);
      if (opened === undefined || isDead) return false;
      engine = options.sabotage.engine?.(opened) ?? opened;
      return true;
    },
    crash,
    crashAfter: (events) => {
      fuse = events;
    },
    isDead: () => isDead,
    life: () => life,
    learner: () => learner,
    collectGarbage: () => {
      if (isDead || engine === undefined || timers > 0 || !disk.isQuiet()) return;
      if (engine.core.leaving.size > 0) return;
      engine.count();
      letGo();
    },
  };
}

function entropyOf(random: Random): Entropy {
  return {
    bytes: (count) => {
      const bytes = new Uint8Array(count);
      for (let at = 0; at < count; at += 4) {
        let word = random.u32();
        for (let n = at; n < Math.min(at + 4, count); n += 1) {
          bytes[n] = word & 255;
          word >>>= 8;
        }
      }
      return bytes;
    },
  };
}

/**
 * Signatures that the seed gives: 64 bytes of a keyed hash, because Ed25519 costs a third of a run and has tests of its
 * own. Nothing here verifies one.
 */
function fixedCrypto(entropy: Entropy): Crypto {
  const key = entropy.bytes(32);
  return {
    ...memoryCrypto(entropy),
    publicKey: entropy.bytes(32),
    sign: (bytes) => new Uint8Array(createHmac('sha512', key).update(bytes).digest()),
    verify: () => false,
  };
}

/** Learning on the spot: the worker around it has tests of its own. */
export function directLearner(): Learner {
  const { handle } = createStatistics();
  return {
    change: (person, items) => {
      handle({ kind: 'changes', changes: [[person, items]] });
    },
    // What comes back is told by the kind of the request (src/adapters/learner/protocol.ts).
    forget: async (person, minPeople) =>
      handle({ kind: 'forget', id: 0, person, minPeople }) as readonly (readonly [string, string])[],
    fit: async (request) => handle({ kind: 'fit', id: 0, ...request }) as Uint8Array,
    canonical: async () => handle({ kind: 'canonical', id: 0 }) as Uint8Array,
    close: async () => undefined,
  };
}
