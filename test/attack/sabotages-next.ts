// One-line faults of what comes next: next baskets and next clicks, with the guards and the door as they
// stand before exactly these. See sabotages.ts.

import type { Sabotage } from './sabotage.ts';

const CLICK = 'src/decide/next-click.ts';
const BASKET = 'src/decide/next-basket.ts';
const VOICE = 'src/decide/voice.ts';
const WEIGH = 'src/decide/weigh.ts';
const DOOR = 'src/profile/door.ts';

const EACH_GUARD =
  'return ITEM_GUARDS.filter(({ concerns }) => concerns === undefined || concerns(context));';

/** All guards are asked, but for one where this strategy is asked for. */
function forgetting(guard: string, strategy: string): string {
  const forgets = `name === '${guard}' && context.placement.strategy === '${strategy}'`;
  return `return ITEM_GUARDS.filter(({ name, concerns }) => !(${forgets}) && concerns?.(context) !== false);`;
}

export const NEXT_SABOTAGES: readonly Sabotage[] = [
  {
    file: 'src/profile/orders.ts',
    old: 'if (timeMs <= afterMs) continue;',
    now: 'if (timeMs < 0) continue;',
    caughtBy: 'next-score',
    worldsBefore: 151,
  },
  {
    file: WEIGH,
    old: 'view.nowMs - lastMs >= SESSION_GAP_MS',
    now: 'view.nowMs - lastMs >= 48 * SESSION_GAP_MS',
    caughtBy: 'not-session',
    worldsBefore: 15,
  },
  {
    file: DOOR,
    old: "SLOT_PURPOSES.filter((purpose) => purpose !== 'measure');",
    now: 'SLOT_PURPOSES;',
    caughtBy: 'not-session',
  },
  {
    file: DOOR,
    old: "return input.purpose === 'measure' ? orders.map(withoutItems) : orders;",
    now: 'return orders;',
    caughtBy: 'not-order',
  },
  {
    file: 'src/profile/orders.ts',
    old: 'for (const timeMs of boughtAt?.get(key) ?? []) {',
    now: "for (const timeMs of boughtAt?.get(key.replace(/^joined ..?/, '')) ?? []) {",
    caughtBy: 'joined-next',
    worldsBefore: 569,
  },
  // Looks and orders go past the door.
  {
    file: DOOR,
    old: 'return sessionsOf(list, profile, afterMs);',
    now: 'return sessionsOf([...profile.facts.values()], profile, afterMs);',
    caughtBy: 'sensitive-fact',
  },
  {
    file: DOOR,
    old: 'return sessionsOf(list, profile, afterMs);',
    now: 'return sessionsOf([...profile.facts.values()], profile, afterMs);',
    caughtBy: 'set-aside',
  },
  {
    file: DOOR,
    old: 'const orders = ordersOf(list, profile, afterMs);',
    now: 'const orders = ordersOf([...profile.facts.values()], profile, afterMs);',
    caughtBy: 'shadow-fact',
  },
  {
    file: DOOR,
    old: "SESSIONS_FOR.includes(input.purpose) ? byCategory.get('browsing') : undefined;",
    now: '[...profile.facts.values()].filter((fact) => fact.name === undefined);',
    caughtBy: 'silence',
  },
  {
    file: WEIGH,
    old: 'for (const [at, item] of session.items.entries()) {',
    now: 'disliked.clear(); for (const [at, item] of session.items.entries()) {',
    caughtBy: 'disliked-scores',
  },
  {
    file: 'src/profile/sessions.ts',
    old: '!(quantity > 0)',
    now: 'quantity === undefined',
    caughtBy: 'not-true',
  },
  // What is in front of somebody, on a screen that others see.
  {
    file: VOICE,
    old: 'rowsOfLooks(shelf, scoring, input);',
    now: 'rowsOfLooks(shelf, input.context, input);',
    caughtBy: 'context-speaks',
  },
  {
    file: 'src/decide/context.ts',
    old: "other === undefined ? 'unknown' : other.sensitive;",
    now: 'other?.sensitive;',
    caughtBy: 'next-score',
  },
  {
    file: VOICE,
    old: 'return { rows: rowsOfOrders(shelf, input.facts), base',
    now: 'return { rows: [...rowsOfOrders(shelf, input.facts), ...rowsOfContext(shelf, scoring)], base',
    caughtBy: 'basket-context',
  },
  {
    file: VOICE,
    old: 'rowsOfLooks(shelf, scoring, input);',
    now: '[...rowsOfLooks(shelf, scoring, input), ...rowsOfFacts(shelf, input.facts)];',
    caughtBy: 'other-model',
    worldsBefore: 118,
  },
  {
    file: CLICK,
    old: 'const own = facts.filter(({ item }) => !placeOf.has(item));',
    now: 'const own = facts;',
    caughtBy: 'next-score',
  },
  {
    file: CLICK,
    old: 'model: nextClick.unit, index, weight',
    now: 'model: nextClick.rows, index, weight',
    caughtBy: 'repeat-other',
  },
  {
    file: BASKET,
    old: 'model: unit, index: place',
    now: 'model: index === undefined ? unit : others, index: index ?? place',
    caughtBy: 'repeat-other',
  },
  {
    file: VOICE,
    old: 'if (input.nextClick === undefined || shelf.nextClick === undefined) return MUTE;',
    now:
      'if (shelf.nextClick === undefined) ' +
      "return voiceOf(shelf, input, { placement: { ...placement, strategy: 'for-you' }, scoring });",
    caughtBy: 'unlearned',
  },
  // Guards that forget these slots.
  {
    file: 'src/decide/guards.ts',
    old: EACH_GUARD,
    now: forgetting('sensitive-class', 'next-basket'),
    caughtBy: 'class-catalogue',
  },
  {
    file: 'src/decide/guards.ts',
    old: EACH_GUARD,
    now: forgetting('proxy', 'next-click'),
    caughtBy: 'class-proxy',
  },
  {
    file: 'src/decide/guards.ts',
    old: EACH_GUARD,
    now: forgetting('in-context', 'next-click'),
    caughtBy: 'in-context',
  },
  {
    file: 'src/decide/bar.ts',
    old: 'const DUE_SHARE = 0.5;',
    now: 'const DUE_SHARE = 0.25;',
    caughtBy: 'not-due',
  },
  {
    file: 'src/decide/bar.ts',
    old: 'const DUE_SHARE = 0.5;',
    now: 'const DUE_SHARE = 1;',
    caughtBy: 'barred-due',
  },
];
