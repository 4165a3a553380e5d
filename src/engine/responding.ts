// From people to what contact brings: a person's weeks that began with a lot, and what they bought in them,
// through the door, for `measure`.

import { isRefusal } from '../facts/refusal.ts';
import { type Week, weeksOf } from '../measure/responses/response-counts.ts';
import type { Core } from './core.ts';
import type { Person } from './person.ts';
import { type Asked, askedNow, openView, permissionsOf } from './viewing.ts';

const MEASURED = ['interactions', 'purchases'] as const;

/** Measuring reads both: that they were contacted, and that they bought. */
export function mayMeasureContact(core: Core, person: Person, asked: Asked): boolean {
  const permissions = permissionsOf(core, person, asked);
  return MEASURED.every((category) => permissions.refusal(category, 'measure') === undefined);
}

/** Counts a person as they are now, in place of what was counted of them. */
export function countWeeks(core: Core, person: Person): void {
  core.responses.change(person.key, weeksNow(core, person));
}

export function weeksNow(core: Core, person: Person): readonly Week[] | undefined {
  if (person.trials.length === 0) return undefined;
  const asked = askedNow(core);
  if (!mayMeasureContact(core, person, asked)) return undefined;
  const view = openView(core, { person, joined: [] }, { purpose: 'measure', asked });
  if (isRefusal(view)) return undefined;
  return weeksOf(
    person.trials,
    view.orders().map(({ timeMs }) => timeMs),
  );
}
