// Several attacks on one stage: each has an unguarded variant of its own; Fineline as it is stands once, and
// all of them go against it one after the other.

import type { Options, Outcome, Trial } from './attacker.ts';
import { type Holes, type Stage, openStage, stock } from './stage.ts';

export interface Plan extends Pick<Trial, 'tried' | 'success' | 'without' | 'chance' | 'gap'> {
  readonly holes: Holes;
  readonly run: (stage: Stage, options: Options) => Promise<Outcome>;
  /** Default true; false: the catalogue of the unguarded variant knows no classes. */
  readonly isLabelled?: boolean;
}

export async function carryOut(
  attacker: string,
  plans: readonly Plan[],
  options: Options & { readonly settings?: string },
): Promise<readonly Trial[]> {
  const { settings } = options;
  const common = settings === undefined ? {} : { settings };
  const trials: Trial[] = [];
  const guarded = await openStage(common);
  await stock(guarded);
  for (const { holes, run, isLabelled = true, ...words } of plans) {
    const stage = await openStage({ ...common, ...holes });
    await stock(stage, isLabelled);
    const unguarded = await run(stage, options);
    await stage.close();
    trials.push({ attacker, ...words, unguarded, guarded: await run(guarded, options) });
  }
  await guarded.close();
  return trials;
}
