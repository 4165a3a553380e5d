// One machine with one engine on it: it starts, crashes at any wait, and starts again from what was durable.
// Its clock can be off. A sabotage is put around its ports or its engine here, from outside; the product has
// no switch for it.

import { type Engine, openEngine } from '../../src/engine/engine.ts';
import type { Crypto, Entropy, Learner, Timer, WitnessLog, World } from '../../src/engine/ports.ts';
import { DAY_MS, HOUR_MS } from './spans.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { readSettings } from '../../src/presets/settings-file.ts';
import { directLearner, entropyOf, fixedCrypto } from './chance.ts';
import { Disk } from './disk.ts';
import { type SeenLog, createLog } from './log.ts';
import type { Sabotage } from './sabotage.ts';
import { SETTINGS } from './settings.ts';
import { intlLocalTime } from '../../src/adapters/intl/local-time.ts';
import { type Timeline, createTimeline } from './timeline.ts';
import { letGo } from './weak.ts';

export const PEOPLE_CACHED = 60;
/** Twelve rounds of maintenance a day: each looks at everything there is. */
export const CHECKPOINT_MS = 2 * HOUR_MS;

export class Machine {
  readonly timeline: Timeline;
  readonly disk: Disk;
  readonly log: SeenLog;
  readonly #sabotage: Sabotage;
  readonly #entropy: Entropy;
  readonly #crypto: Crypto;
  readonly #spoil: Random;
  #shown: WitnessLog;
  #learner: Learner = directLearner();
  #engine: Engine | undefined;
  #isDead = true;
  #fuse = Infinity;
  #skewMs = 0;
  #life = 0;
  #timers = 0;

  constructor(options: { readonly seed: number; readonly startMs: number; readonly sabotage: Sabotage }) {
    const random = (name: number): Random => seededRandom(options.seed * 16 + name);
    this.#sabotage = options.sabotage;
    this.#spoil = random(3);
    this.#entropy = entropyOf(random(1));
    this.timeline = createTimeline(options.startMs, () => {
      this.#fuse -= 1;
      if (this.#fuse <= 0) this.#isDead = true;
    });
    const entropy = this.#entropy;
    this.disk = new Disk({ entropy, random: random(2), timeline: this.timeline, failsOneIn: 250 });
    this.#crypto = fixedCrypto(entropy);
    this.log = createLog({ crypto: this.#crypto, entropy });
    this.#shown = this.log;
  }

  /** The log as this machine shows it to others. */
  shownLog(): WitnessLog {
    return this.#shown;
  }

  /** What its own clock says. */
  clockMs(): number {
    return Math.floor(this.timeline.nowMs()) + this.#skewMs;
  }

  /** Puts its clock wrong by so much. */
  setSkew(ms: number): void {
    this.#skewMs = ms;
  }

  /** The engine, if it is up. */
  engine(): Engine | undefined {
    return this.#isDead ? undefined : this.#engine;
  }

  isDead(): boolean {
    return this.#isDead;
  }

  /** How often it was started: an answer of an earlier life never comes. */
  life(): number {
    return this.#life;
  }

  learner(): Learner {
    return this.#learner;
  }

  /** Starts it. `false`: it crashed again, or the disk failed; try again. */
  async start(): Promise<boolean> {
    await this.crash();
    this.#isDead = false;
    const settings = readSettings(SETTINGS, 'simulator');
    let opened: Engine | undefined;
    const opening = openEngine(this.#world(), {
      controller: settings.controller,
      sources: settings.sources,
      notices: settings.notices,
      policy: settings.policy,
      ...(settings.place === undefined ? {} : { defaultPlace: settings.place }),
      peopleCachedMax: this.#sabotage.peopleCached ?? PEOPLE_CACHED,
      microBatchMs: 5,
      checkpointMs: CHECKPOINT_MS,
      digestMs: DAY_MS,
      replayDays: 30,
    }).then((done) => {
      opened = done;
    });
    opening.catch(() => undefined);
    await this.timeline.settle(opening, () => this.#isDead);
    if (opened === undefined || this.#isDead) return false;
    this.#engine = this.#sabotage.engine?.(opened) ?? opened;
    return true;
  }

  async crash(): Promise<void> {
    this.#life += 1;
    this.#timers = 0;
    letGo();
    this.#isDead = true;
    this.#fuse = Infinity;
    this.#engine = undefined;
    await this.disk.crash();
  }

  /** It will die within so many events of the timeline. */
  crashAfter(events: number): void {
    this.#fuse = events;
  }

  /** When nobody in the engine has anything in hand, people who fell out of the cache are let go. */
  collectGarbage(): void {
    const engine = this.engine();
    if (engine === undefined || this.#timers > 0 || !this.disk.isQuiet()) return;
    if (engine.core.leaving.size > 0) return;
    engine.count();
    letGo();
  }

  #world(): World {
    const plain: World = {
      clock: { nowMs: () => this.clockMs() },
      localTime: intlLocalTime(),
      timer: this.#timer(),
      entropy: this.#entropy,
      crypto: this.#crypto,
      ...this.disk.ports(),
      learner: directLearner(),
      log: this.log,
    };
    const around = { timeline: this.timeline, random: this.#spoil };
    const seen = this.#sabotage.world?.(plain, around) ?? plain;
    this.#shown = seen.log;
    this.#learner = seen.learner;
    return seen;
  }

  /** Dies with the machine. */
  #timer(): Timer {
    const born = this.#life;
    return {
      after: (delayMs, run) => {
        this.#timers += 1;
        this.timeline.after(delayMs, () => {
          if (born !== this.#life) return;
          this.#timers -= 1;
          if (!this.#isDead) run();
        });
      },
    };
  }
}
