// Who is named in a notice that asks to learn together with others. Whoever is not named there has no yes.

import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';
import { parseControllerId } from './ids.ts';
import { jointTexts } from './joint-notice.ts';
import { JOINT_PARTNERS_MAX } from './joint.ts';
import type { Notice, Partner } from './notice.ts';
import { type Parsed, parseList, parseObject, parseText, problem } from './parse.ts';

/**
 * The partners of a notice; none for one that does not ask for `pool`. Each name must stand in each text, as
 * it is: a recipient that stands in a table beside the text was not named to anybody (GDPR 13(1)(e)).
 */
export function parsePartners(value: unknown, notice: Notice): Parsed<readonly Partner[]> {
  const asking = notice.asks.filter(({ purposes }) => purposes.includes('pool'));
  if (asking.length === 0) {
    if (value === undefined) return ok([]);
    return err(problem('', 'none: the notice does not ask for pool', 'Take partners out, or ask for pool.'));
  }
  if (asking.some(({ categories }) => categories.some((category) => category !== 'purchases'))) {
    const remedy = 'Ask for it by itself: { purposes: [pool], categories: [purchases] }.';
    return err(problem('', 'pool for purchases alone', remedy));
  }
  const list = parsePartnerList(value);
  if (!list.ok) return list;
  if (list.value.length === 0) {
    const remedy = 'Write partners: [{ controller: tools, name: "Tools Ltd" }].';
    return err(problem('', 'whom the shop would learn with: pool needs a name', remedy));
  }
  return named(list.value, notice);
}

/** The words that come with Fineline, with the names of these. */
export function parseJointTexts(partners: unknown): Parsed<Notice['texts']> {
  const list = parsePartnerList(partners);
  if (list.ok && list.value.length > 0) return ok(jointTexts(list.value));
  return err(problem('', 'partners beside it, whose names go in', 'Write partners: [{ controller, name }].'));
}

function parsePartnerList(value: unknown): Parsed<readonly Partner[]> {
  return parseList(value ?? [], { field: '', countMax: JOINT_PARTNERS_MAX, read: parsePartner });
}

function named(partners: readonly Partner[], { controller, texts }: Notice): Parsed<readonly Partner[]> {
  const once = new Set(partners.map((partner) => partner.controller));
  if (once.size !== partners.length || once.has(controller))
    return err(problem('', 'each partner once, and not the shop itself', 'Take the other one out.'));
  for (const { name } of partners) {
    const silent = Object.entries(texts).find(([, text]) => !text.includes(name));
    if (silent === undefined) continue;
    const expected = `“${name}” in the text in ${silent[0]}, as it stands here`;
    return err(problem('', expected, 'Who learns from what people buy is named to them, in every language.'));
  }
  return ok(partners);
}

function parsePartner(value: unknown): Parsed<Partner> {
  const object = parseObject(value, 'partner');
  if (!object.ok) return object;
  const odd = Object.keys(object.value).find((field) => !['controller', 'name'].includes(field));
  if (odd !== undefined) return err(problem(odd, 'one of controller, name', 'Correct or remove the field.'));
  const controller = parseControllerId(object.value['controller']);
  if (!controller.ok) return controller;
  const name = parseText(object.value['name'], { field: 'name', lengthMax: LIMITS.idLengthMax });
  return name.ok ? ok({ controller: controller.value, name: name.value }) : name;
}
