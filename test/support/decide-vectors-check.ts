// Recomputes vectors/decide.json with src/decide alone, so that the same check runs in Node, a browser and at
// the edge: from the bytes of a model, a catalogue and an input to the bytes of a result.

import { decide } from '../../src/decide/decide.ts';
import { createScratch } from '../../src/decide/score.ts';
import { buildShelf } from '../../src/decide/shelf.ts';
import { type DecisionInput, type DecisionResult, explained } from '../../src/facts/decision.ts';
import type { Item } from '../../src/facts/item.ts';
import { type ItemModel, decodeModel } from '../../src/facts/model.ts';
import type { Placement } from '../../src/facts/placement.ts';
import { assert } from '../../src/kernel/assert.ts';
import { fromBase64 } from '../../src/kernel/bytes.ts';
import { type Json, canonicalJson } from '../../src/kernel/canonical.ts';

export interface DecideVectors {
  readonly v: 1;
  readonly about: string;
  readonly shops: readonly {
    /** The artefact, base64. */
    readonly model: string;
    /** The models beside it of decisions that name one. */
    readonly complements?: string;
    readonly nextBasket?: string;
    readonly nextClick?: string;
    readonly revision: number;
    readonly items: readonly Item[];
    readonly cases: readonly {
      readonly placement: Placement;
      readonly input: DecisionInput;
      /** Canonical JSON of the whole result: items with contributions, propensity, what was held. */
      readonly result: string;
    }[];
  }[];
}

export interface Compared {
  readonly name: string;
  readonly got: string;
  readonly expected: string;
}

export function recomputedDecisions({ shops }: DecideVectors): readonly Compared[] {
  return shops.flatMap(({ model, complements, nextBasket, nextClick, revision, items, cases }, shop) => {
    const shelf = buildShelf(modelOf(model), revision, items, {
      ...(complements !== undefined && { complements: modelOf(complements) }),
      ...(nextBasket !== undefined && { nextBasket: modelOf(nextBasket) }),
      ...(nextClick !== undefined && { nextClick: modelOf(nextClick) }),
    });
    const scratch = createScratch(shelf);
    return cases.map(({ placement, input, result }, at) => {
      const got = resultText(decide({ input, placement, shelf, scratch }));
      return { name: `shop ${shop}, case ${at}`, got, expected: result };
    });
  });
}

function modelOf(artefact: string): ItemModel {
  const decoded = decodeModel(fromBase64(artefact) ?? new Uint8Array(0));
  assert(decoded.ok, 'the model of a vector can be read');
  return decoded.value;
}

/** Canonical JSON of a result: what is in columns there, item by item. */
export function resultText(result: DecisionResult): string {
  const { items: _items, shares: _shares, ...rest } = result;
  // Made of JSON's own types; the interfaces only lack the index signature.
  return canonicalJson({ ...rest, items: explained(result) } as unknown as Json);
}
