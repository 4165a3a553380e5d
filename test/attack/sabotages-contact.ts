// One-line faults of how often a person may be come to. See sabotages.ts.

import type { Sabotage } from './sabotage.ts';

const PRESSURE = 'src/decide/pressure.ts';

export const CONTACT_SABOTAGES: readonly Sabotage[] = [
  {
    file: PRESSURE,
    old: 'if (number >= cap.impressionsMax || hasForgotten(cap, now)) return { by, number };',
    now: 'if (number > cap.impressionsMax || hasForgotten(cap, now)) return { by, number };',
    caughtBy: 'cap-contact',
    worldsBefore: 50,
  },
  {
    file: PRESSURE,
    old: 'if (number >= cap.impressionsMax || hasForgotten(cap, now)) return { by, number };',
    now: 'if (number >= cap.impressionsMax) return { by, number };',
    caughtBy: 'cap-contact',
  },
  {
    file: PRESSURE,
    old: 'if (shown.channel === undefined || cap.channels.includes(shown.channel)) yield shown;',
    now: 'if (shown.channel !== undefined && cap.channels.includes(shown.channel)) yield shown;',
    caughtBy: 'cap-contact',
  },
  {
    file: PRESSURE,
    old: "if (cap.per === 'person' || campaign === now.campaign) number += 1;",
    now: "if (cap.per === 'person' && campaign === now.campaign) number += 1;",
    caughtBy: 'cap-campaign',
    worldsBefore: 53,
  },
  {
    file: PRESSURE,
    old: 'if (found.number >= most && !capped.has(leaf)) capped.set(leaf, found);',
    now: 'if (found.number > most && !capped.has(leaf)) capped.set(leaf, found);',
    caughtBy: 'cap-leaf',
  },
  {
    file: PRESSURE,
    old: 'for (const list of [own, ...joined]) {',
    now: 'for (const list of [own]) {',
    caughtBy: 'cap-contact',
  },
  {
    file: PRESSURE,
    old: 'counted(cap, { ...now, joined: [] })',
    now: 'counted(cap, now)',
    caughtBy: { test: 'src/decide/pressure.test.ts' },
  },
  {
    file: PRESSURE,
    old: 'const contacts = [own, ...joined]',
    now: 'const contacts = [own]',
    caughtBy: 'backed-off',
    worldsBefore: 149,
  },
  {
    file: 'src/decide/guards.ts',
    old: 'cappedLeaves.get(shelf.leaves[index]!)',
    now: 'cappedLeaves.get(index)',
    caughtBy: 'cap-leaf',
  },
  {
    file: PRESSURE,
    old: 'const gapMs = Math.min(rules.gapDays * 2 ** doublings, rules.gapDaysMax) * DAY_MS;',
    now: 'const gapMs = Math.min(rules.gapDays, rules.gapDaysMax) * DAY_MS;',
    caughtBy: 'backed-off',
  },
  {
    file: PRESSURE,
    old: 'number: silent + DISMISSAL_WEIGHT * dismissed,',
    now: 'number: silent,',
    caughtBy: 'backed-off',
  },
  {
    file: PRESSURE,
    old: 'const number = now.stopped.get(fatigueOf(now));',
    now: 'const number: number | undefined = undefined;',
    caughtBy: 'learned-stop',
  },
  {
    file: PRESSURE,
    old: "if (minutes.length === 0) return { by: 'quiet-hours', number: -1 };",
    now: 'if (minutes.length === 0) return undefined;',
    caughtBy: 'quiet',
  },
  {
    file: 'src/decide/decide.ts',
    old: 'if (input.pressure?.stop !== undefined) return nothing(input.pressure.stop.by, []);',
    now: "if (input.pressure !== undefined) return nothing('contact-cap', []);",
    caughtBy: 'says-stop',
  },
];
