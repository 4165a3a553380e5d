// What there is to serve from: counts and names of models, nothing about anybody.

import type { Core } from './core.ts';

export interface Status {
  readonly people: number;
  readonly erased: number;
  readonly peopleInMemory: number;
  readonly items: number;
  readonly model: string | null;
  readonly modelItems: number;
  readonly recovered: boolean;
}

export async function status(core: Core): Promise<Omit<Status, 'recovered'>> {
  const { people, erased } = await core.world.keys.counts();
  const { model } = core.shelves.models();
  return {
    people: Math.max(0, people - 1),
    erased,
    peopleInMemory: core.people.inMemory(),
    items: core.shelves.items().size,
    model: model.itemIds.length === 0 ? null : model.id,
    modelItems: model.itemIds.length,
  };
}
