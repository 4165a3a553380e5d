// One-line faults of what is shown and said: context, walk, shelf and answer. See sabotages.ts.

import type { Sabotage } from './sabotage.ts';

const DECIDE = 'src/decide/decide.ts';
const CONTEXT = 'src/decide/context.ts';
const WALK = 'src/decide/walk.ts';

export const LIST_SABOTAGES: readonly Sabotage[] = [
  {
    file: CONTEXT,
    old: "CHANNEL_PUBLICITY[channel] === 'own-screen' && publicityOf",
    now: 'publicityOf',
    caughtBy: 'declared-shared',
    worldsBefore: 93,
  },
  {
    file: CONTEXT,
    old: '? declared.filter((name) => !never.includes(name)) : [];',
    now: '? declared : [];',
    caughtBy: 'declared-never',
    worldsBefore: 57,
  },
  {
    file: CONTEXT,
    old: "if (isOpen && !isProxy && sensitive !== 'unknown') openClasses.add(sensitive);",
    now: "if (isOpen && sensitive !== 'unknown') openClasses.add(sensitive);",
    caughtBy: 'class-catalogue',
  },
  {
    file: 'src/decide/shelf.ts',
    old: "return { sensitive: isKnown ? undefined : 'unknown', isProxy: false };",
    now: 'return { sensitive: undefined, isProxy: false };',
    caughtBy: 'shadow-fact',
    worldsBefore: 26,
  },
  {
    file: 'src/decide/settle.ts',
    old: '!taken.has(position)',
    now: 'taken.has(position)',
    caughtBy: { test: 'src/decide/guards.test.ts' },
  },
  {
    file: DECIDE,
    old: 'if (input.shown >= placement.capPerPerson.impressionsMax)',
    now: 'if (input.shown > placement.capPerPerson.impressionsMax)',
    caughtBy: 'cap-person',
  },
  {
    file: DECIDE,
    old: 'if (input.refused !== undefined && REACHES_OUT',
    now: "if (input.refused === 'no-such-person' && REACHES_OUT",
    caughtBy: 'spoken-to',
  },
  {
    file: DECIDE,
    old: 'Math.min(input.limit, placement.itemsMax, LIMITS.decisionItemsMax)',
    now: 'Math.min(input.limit, LIMITS.decisionItemsMax)',
    caughtBy: 'items-max',
  },
  {
    file: DECIDE,
    old: 'Math.min(input.limit, placement.itemsMax, LIMITS.decisionItemsMax)',
    now: 'Math.min(placement.itemsMax, LIMITS.decisionItemsMax)',
    caughtBy: 'limit',
  },
  {
    file: CONTEXT,
    old: 'return isMorePublic(said, ofChannel) ? said : ofChannel;',
    now: 'return said;',
    caughtBy: 'onlooker-default',
    worldsBefore: 43,
  },
  {
    file: CONTEXT,
    old: 'return isMorePublic(said, ofChannel) ? said : ofChannel;',
    now: 'return ofChannel;',
    caughtBy: 'onlooker-placement',
  },
  {
    file: CONTEXT,
    old: 'const ofChannel = channels[channel].publicity;',
    now: 'const ofChannel = DEFAULT_CHANNELS[channel].publicity;',
    caughtBy: 'onlooker-channel',
    worldsBefore: 36,
  },
  {
    file: CONTEXT,
    old: "line) === 'own-screen';",
    now: "line) !== 'open';",
    caughtBy: 'onlooker-default',
  },
  {
    file: CONTEXT,
    old: 'const isOpen = ownScreen && sensitive !== undefined && !never.some((name) => name === sensitive);',
    now: 'const isOpen = ownScreen && sensitive !== undefined;',
    caughtBy: 'class-never',
  },
  {
    file: CONTEXT,
    old: 'if (sensitive === undefined || isOpen) scoring.push(entry);',
    now: 'scoring.push(entry);',
    caughtBy: 'context-speaks',
  },
  {
    file: 'src/decide/voice.ts',
    old: 'const goesWith = speaksOfComplements(input, placement) ? shelf.complements : shelf.model;',
    now: 'const goesWith = shelf.model;',
    caughtBy: 'not-with',
  },
  {
    file: 'src/decide/rows.ts',
    old: 'const KIND_MIN = 2;',
    now: 'const KIND_MIN = 3;',
    caughtBy: 'disliked-kind',
  },
  // "Not sold" decides with the number 0.
  {
    file: WALK,
    old: 'if (number === undefined) continue;',
    now: 'if (!number) continue;',
    caughtBy: 'sold-out',
  },
  {
    file: WALK,
    old: 'for (const guard of guards) {',
    now: 'for (const guard of guards.toReversed().slice(0, 2)) {',
    caughtBy: 'class-catalogue',
  },
  {
    file: WALK,
    old: 'guarded ||= isGuarded(taken);',
    now: 'guarded = true;',
    caughtBy: 'says-guarded',
    worldsBefore: 241,
  },
  {
    file: 'src/decide/explore.ts',
    old: 'const rate = spare === 0 ? 0 : placement.exploreRate;',
    now: 'const rate = spare === 0 ? 0 : 0.05;',
    caughtBy: 'propensity',
  },
  {
    file: 'src/decide/shelf.ts',
    old: 'sellable[index] = item.available ? 1 : 0;',
    now: 'sellable[index] = 1;',
    caughtBy: 'sold-out',
  },
  {
    file: 'src/facts/classify-item.ts',
    old: 'ids.has(id) || prefixes.some',
    now: 'ids.size === 0 && prefixes.some',
    caughtBy: 'class-item',
  },
  {
    file: 'src/facts/classify-item.ts',
    old: 'classes.find((name) => neverInContext.includes(name)) ?? classes[0];',
    now: 'classes[0];',
    caughtBy: 'class-item',
  },
  {
    file: 'src/facts/classify-item.ts',
    old: 'return step.trim().toLowerCase();',
    now: 'return step.trim();',
    caughtBy: 'class-path',
  },
  {
    file: 'src/learn/serve-model.ts',
    old: 'if (count >= Math.max(1, minPeople)) kept.push(item);',
    now: 'if (count >= Math.max(1, minPeople - 2)) kept.push(item);',
    caughtBy: { test: 'src/learn/serve-model.test.ts' },
  },
  {
    file: 'src/learn/counts.ts',
    old: 'itemPeople[index]! += people;',
    now: 'itemPeople[index]! += 2 * people;',
    caughtBy: 'few-people',
  },
  {
    file: 'src/deliver/slot.ts',
    old: '...(nothing === undefined ? {} : { nothing: EMPTY_REASON[nothing] }),',
    now: '...(nothing === undefined ? { held: [] } : { nothing: EMPTY_REASON[nothing] }),',
    caughtBy: 'tells-more',
  },
  {
    file: DECIDE,
    old: 'if (input.shown >= placement.capPerPerson.impressionsMax)',
    now: 'if (input.shown + 1 >= placement.capPerPerson.impressionsMax)',
    caughtBy: 'says-cap',
  },
  {
    file: DECIDE,
    old: 'if (input.refused !== undefined && REACHES_OUT',
    now: 'if (input.refused !== undefined || REACHES_OUT',
    caughtBy: 'says-not-allowed',
  },
  {
    file: 'src/decide/voice.ts',
    old: 'if (shelf.itemIds.length === 0) return MUTE;',
    now: 'if (shelf.itemIds.length < 9) return MUTE;',
    caughtBy: 'says-no-model',
  },
  {
    file: DECIDE,
    old: "? 'guarded'",
    now: "? 'nothing-related'",
    caughtBy: 'says-unrelated',
  },
  {
    file: 'src/decide/score.ts',
    old: 'rankedItems[count] = index;',
    now: 'rankedItems[count] = count % 5 === 4 && prior[rankedItems[0]] > 0 ? rankedItems[0] : index;',
    caughtBy: 'twice',
  },
  {
    file: 'src/decide/shelf.ts',
    old: 'if (item === undefined) continue;',
    now: 'if (item === undefined) { sellable[index] = 1; classes[index] = 0; continue; }',
    caughtBy: 'unlisted',
  },
  {
    file: 'src/facts/item.ts',
    old: "item.path.join(' > ')",
    now: "item.path.join(' > ') + item.title",
    caughtBy: 'leaf-max',
  },
  {
    file: 'src/facts/decision.ts',
    old: 'return value === 0 ? []',
    now: 'return value < 0.01 ? []',
    caughtBy: 'sum',
  },
  {
    file: 'src/facts/decision.ts',
    old: 'reason: { kind, did, item: thing } };',
    now: 'reason: { kind, did, item: of } };',
    caughtBy: 'reason-unknown',
  },
];
