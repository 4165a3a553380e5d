// The model of what comes next that serves, of baskets or of sessions, and who is behind its weights now.

import { type ItemModel, emptyModel } from '../../facts/model.ts';
import { withoutEdges } from '../../facts/model-without.ts';
import type { Lists } from '../../learn/list-counts.ts';
import { type Steps, finish } from '../../learn/models/sparse-form.ts';
import type { ServedNext } from '../../learn/serve-next-click.ts';
import { type StepHistories, type StepTally, fallenSteps } from '../../learn/steps-behind.ts';
import { readable } from './readable.ts';

export interface NextInService {
  /** What somebody did is replaced. */
  change(old: Lists, now: Lists): void;
  /** Of an earlier fit. */
  adopt(artefact: Uint8Array): void;
  /** What everybody did is read now, and a model is made of it that comes with who is behind it. */
  begin(): void;
  /** That is made; it does not serve before `served`. */
  made(next: ServedNext): ItemModel;
  /**
   * It takes the place of what served. With `minPeople` people left meanwhile: then it comes back without
   * what fewer are behind now.
   */
  served(next: ItemModel, minPeople: number | undefined): ItemModel;
  /** What fewer people are behind. */
  fallen(minPeople: number): readonly (readonly [string, string])[];
}

export type NextCounts = {
  /** What one person did, as steps. */
  readonly historiesOf: (lists: Lists) => StepHistories;
  /** Who is behind the weights of this model, with everybody who is counted in it. */
  readonly tallySteps: (model: ItemModel) => Steps<StepTally>;
  readonly itemPeople: (id: string) => number;
};

type Changed = readonly [old: Lists, now: Lists];

/** Changes of people that are remembered during a fit. */
const CHANGES_MAX = 100_000;

export function createNextInService({ historiesOf, tallySteps, itemPeople }: NextCounts): NextInService {
  let model = emptyModel();
  // Where the fit had to know it, it is counted along, in its slices: it takes seconds. Otherwise when
  // somebody leaves for the first time after a fit: most fits see nobody leave.
  let tally: StepTally | undefined;
  let fitted: ServedNext | undefined;
  // Who changed since a fit read what everybody did; absent while nothing is fitted.
  let changes: Changed[] | undefined;

  function recount([old, now]: Changed): void {
    tally?.change(historiesOf(old), -1);
    tally?.change(historiesOf(now), 1);
  }

  function serve(next: ItemModel): void {
    model = next;
    tally = fitted?.model === next && changes !== undefined ? fitted.tally : undefined;
    for (const change of changes ?? []) recount(change);
    fitted = undefined;
    changes = undefined;
  }

  function fallen(minPeople: number): readonly (readonly [string, string])[] {
    if (model.itemIds.length === 0) return [];
    tally ??= finish(tallySteps(model));
    return fallenSteps(model, tally, { k: minPeople, itemPeople });
  }

  return {
    change: (...change) => {
      recount(change);
      changes?.push(change);
      // Rather counted again than remembered without end, where a fit was given up.
      if (changes !== undefined && changes.length > CHANGES_MAX) changes = undefined;
    },
    adopt: (artefact) => serve(readable(artefact)),
    begin: () => {
      changes = [];
    },
    made: (next) => {
      fitted = next;
      return next.model;
    },
    served: (next, minPeople) => {
      serve(next);
      // The tally stays that of all weights: some are told of again, and nobody is counted again.
      if (minPeople !== undefined) model = withoutEdges(next, fallen(minPeople));
      return model;
    },
    fallen,
  };
}
