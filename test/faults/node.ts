// A node as the harness holds it: a process that is started, asked, frozen, killed and started again, as a
// service manager would.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Role } from '../../src/engine/roles.ts';
import type { Disk } from './disk.ts';
import type { NodeOptions, Question } from './node-process.ts';

const START_MS_MAX = 60_000;
const ANSWER_MS_MAX = 10_000;
/** A service manager waits between two starts. */
const AGAIN_MS = 200;

export interface NodePlan {
  readonly at: number;
  readonly home: string;
  readonly host: string;
  readonly words: readonly string[];
  readonly roles: readonly Role[];
  /** A break that is put into its code (breaks.ts). */
  readonly broken: string | undefined;
  readonly disk: Disk | undefined;
}

export interface FaultyNode {
  readonly plan: NodePlan;
  /** Of its newest start; a client that asks the old one is refused. */
  url(): string;
  /** Again and again until it starts, or so often; then it throws. */
  start(triesMax?: number): Promise<void>;
  /** kill -9; it stays dead until it is started. */
  kill(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Puts its clock so far forward, or back; also over its next starts. */
  skew(ms: number): void;
  /** What no route tells. Rejects when it does not answer. */
  ask(question: Question, about?: number): Promise<unknown>;
  /** How often it ended without having been killed. */
  readonly ended: () => number;
  /** Everything it wrote. */
  said(): string;
}

const readyMessage = z.object({ url: z.string() });
const privateAnswer = z.object({ id: z.int(), value: z.unknown(), error: z.string().optional() });
const SCRIPT = fileURLToPath(new URL('./node-process.ts', import.meta.url));
const BREAKING = fileURLToPath(new URL('./breaking.ts', import.meta.url));

export function createNode(plan: NodePlan): FaultyNode {
  const file = join(plan.home, '..', `node-${plan.at}.log`);
  let child: ChildProcess | undefined;
  let url = 'http://127.0.0.1:1';
  let skewMs = 0;
  let nextId = 0;
  let ended = 0;
  const wanted = { isWanted: false };

  const started = async (): Promise<void> => {
    const mine = launch(plan, file, skewMs);
    child = mine;
    const closed = once(mine, 'close').then(() => undefined);
    const first = await Promise.race([
      once(mine, 'message'),
      closed,
      sleep(START_MS_MAX, undefined, { ref: false }),
    ]);
    if (first === undefined) throw new Error(`node ${plan.at} did not start: see ${file}`);
    ({ url } = readyMessage.parse(first[0]));
  };
  /** Starts it, and again when it ends: it cannot start while the database is away. */
  const keepUp = async (triesMax = Infinity): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      if (!wanted.isWanted) return;
      try {
        await started();
        break;
      } catch (error) {
        child?.kill('SIGKILL');
        if (tries >= triesMax) throw error;
        ended += 1;
        await sleep(AGAIN_MS);
      }
    }
    const mine = child;
    mine?.once('close', () => {
      if (!wanted.isWanted || child !== mine) return;
      ended += 1;
      void keepUp();
    });
  };
  return {
    plan,
    url: () => url,
    start: async (triesMax) => {
      wanted.isWanted = true;
      await keepUp(triesMax);
    },
    kill: () => {
      wanted.isWanted = false;
      return killed(child);
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    skew: (ms) => {
      skewMs = ms;
      child?.send({ id: 0, question: 'skew', about: ms }, () => undefined);
    },
    ask: (question, about = 0) => {
      nextId += 1;
      return child === undefined
        ? Promise.reject(new Error('not started'))
        : ask(child, nextId, question, about);
    },
    ended: () => ended,
    said: () => readFileSync(file, 'utf8'),
  };
}

async function killed(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}

function launch(
  { at, home, host, words, roles, broken }: NodePlan,
  file: string,
  skewMs: number,
): ChildProcess {
  const options: NodeOptions = { home, host, node: at, roles: [...roles], skewMs };
  const hook = broken === undefined ? [] : ['--import', BREAKING];
  // Types that were taken off once are not taken off again: half of what a start costs.
  const cache = join(home, '..', '..', 'cache');
  const more: NodeJS.ProcessEnv =
    broken === undefined ? { NODE_COMPILE_CACHE: cache } : { FINELINE_BROKEN: broken };
  const all = [...words, process.execPath, ...hook, SCRIPT, JSON.stringify(options)];
  const log = openSync(file, 'a');
  return spawn(all[0]!, all.slice(1), {
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '', ...more },
  });
}

function ask(child: ChildProcess, id: number, question: Question, about: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      clearTimeout(timer);
      child.off('message', hear).off('close', lost);
    };
    const lost = (): void => {
      done();
      reject(new Error('the node is gone'));
    };
    const hear = (message: unknown): void => {
      const answer = privateAnswer.safeParse(message);
      if (!answer.success || answer.data.id !== id) return;
      done();
      if (answer.data.error === undefined) resolve(answer.data.value);
      else reject(new Error(answer.data.error));
    };
    const timer = setTimeout(lost, ANSWER_MS_MAX);
    child.on('message', hear).on('close', lost);
    child.send({ id, question, about }, (error) => {
      if (error !== null) lost();
    });
  });
}
