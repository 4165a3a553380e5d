// Every checker, made new for a run.

import type { Checker } from '../checker.ts';
import { admitted } from './admitted.ts';
import { answer } from './answer.ts';
import { bounds } from './bounds.ts';
import { crowd } from './crowd.ts';
import { durable } from './durable.ts';
import { erasure } from './erasure.ts';
import { leaves } from './leaves.ts';
import { oneLog } from './one-log.ts';
import { permitted } from './permitted.ts';
import { promises } from './promises.ts';
import { propensity } from './propensity.ts';
import { replay } from './replay.ts';
import { sealed } from './sealed.ts';
import { statistics } from './statistics.ts';
import { sums } from './sums.ts';
import { withdrawal } from './withdrawal.ts';

export function allCheckers(): { readonly checkers: readonly Checker[]; note(bytes: Uint8Array): void } {
  const counted = statistics();
  const others = [permitted(), withdrawal(), admitted(), sealed(), leaves(), durable(), oneLog(), promises()];
  const more = [erasure(), crowd(), sums(), replay(), answer(), propensity(), bounds()];
  return { checkers: [...others, ...more, counted], note: counted.note };
}
