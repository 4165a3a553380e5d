// One-line faults of what the shop places, leaves out and favours. See sabotages.ts.

import type { Sabotage } from './sabotage.ts';

const PINS = 'src/decide/pins.ts';

export const SHOP_SABOTAGES: readonly Sabotage[] = [
  {
    file: PINS,
    old: 'if (taken !== undefined) {',
    now: "if (taken?.guard === 'unavailable') {",
    caughtBy: 'class-catalogue',
  },
  {
    file: 'src/decide/guards.ts',
    old: 'excluded?.[index] === 1',
    now: 'excluded?.[index] === 2',
    caughtBy: 'left-out',
  },
  {
    file: 'src/decide/score.ts',
    old: 'isIn[index] === 1',
    now: 'isIn[index] !== 2',
    caughtBy: 'outside',
  },
  {
    file: 'src/decide/decide.ts',
    old: 'within.isIn[index] === 1',
    now: 'within.isIn[index] !== 9',
    caughtBy: 'outside',
  },
  {
    file: 'src/decide/decide.ts',
    old: 'chosen.best.length === 0 && chosen.pins.length > 0;',
    now: 'chosen.best.length === 0 && chosen.pins.length > 9;',
    caughtBy: 'pins-alone',
    worldsBefore: 45,
  },
  {
    file: PINS,
    old: 'placed.length === most',
    now: 'placed.length > most',
    caughtBy: 'pins-half',
    worldsBefore: 26,
  },
  {
    file: 'src/deliver/slot.ts',
    old: 'pinned?.includes(item.item) === true',
    now: 'pinned?.includes(item.item) === false',
    caughtBy: 'pin-untold',
  },
  {
    file: 'src/decide/merchandise.ts',
    old: 'return Math.min(WHOLE, WHOLE',
    now: 'return Math.min(4 * WHOLE, WHOLE',
    caughtBy: 'favour',
    worldsBefore: 25,
  },
  {
    file: 'src/decide/decide.ts',
    old: 'if (best.length + pins.length === 0) {',
    now: 'if (limit === 0) {',
    caughtBy: 'empty-unsaid',
  },
];
