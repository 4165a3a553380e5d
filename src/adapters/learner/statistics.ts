// The statistics and who is in them. A person's contribution is remembered as it was added, so that exactly
// that is taken away, whatever has changed since. Runs in the worker; tests run it directly.

import { utf8 } from '../../kernel/bytes.ts';
import type { PersonKey } from '../../engine/ports.ts';
import { encodeModel } from '../../facts/model.ts';
import { type ContributionDescriptor, contributionOf } from '../../learn/contribution.ts';
import { createCounts } from '../../learn/counts.ts';
import { finish } from '../../learn/models/sparse-form.ts';
import { serveModelSteps } from '../../learn/serve-model.ts';
import type { Change, Request } from './protocol.ts';
import { createVolunteers } from './volunteers.ts';

export interface Statistics {
  handle(request: Request): unknown;
}

export function createStatistics(): Statistics {
  const counts = createCounts();
  const counted = new Map<PersonKey, ContributionDescriptor>();
  // What somebody has had since the last fit and has no more: an erasure takes that, too, out of the model in
  // service.
  const fitted = new Map<PersonKey, readonly string[]>();
  const volunteers = createVolunteers();

  function change([person, { items, guard }]: Change): void {
    volunteers.change(person, guard);
    changeItems(person, items);
  }

  function changeItems(person: PersonKey, items: readonly string[] | undefined): void {
    const old = counted.get(person);
    const next = items === undefined ? undefined : contributionOf(items.map((item) => ({ item, lastMs: 0 })));
    if (old !== undefined && next !== undefined && sameItems(old.items, next.items)) return;
    if (old !== undefined) fitted.set(person, [...new Set([...(fitted.get(person) ?? []), ...old.items])]);
    if (old !== undefined) counts.subtract(old);
    if (next === undefined) counted.delete(person);
    else {
      counts.add(next);
      counted.set(person, next);
    }
  }

  function forget(person: PersonKey, minPeople: number): readonly (readonly [string, string])[] {
    const old = counted.get(person);
    const items = [...new Set([...(old?.items ?? []), ...(fitted.get(person) ?? [])])];
    if (old !== undefined) counts.subtract(old);
    counted.delete(person);
    fitted.delete(person);
    volunteers.change(person, undefined);
    const alone = items.filter((item) => counts.item(item).people < minPeople);
    return [...counts.pairsBelow(minPeople, items), ...alone.map((item) => [item, item] as const)];
  }

  function handle(request: Request): unknown {
    switch (request.kind) {
      case 'changes':
        for (const each of request.changes) change(each);
        return undefined;
      case 'forget':
        return forget(request.person, request.minPeople);
      case 'fit':
        fitted.clear();
        return encodeModel(finish(serveModelSteps(counts.snapshot(), request)));
      case 'proxies':
        return volunteers.proxies(request.question);
      case 'canonical':
        return utf8(
          [counts.canonicalText(), volunteers.canonicalText()].filter((text) => text !== '').join('\n'),
        );
    }
  }
  return { handle };
}

function sameItems(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}
