// What a person decides: the notice, the choices, one fact set aside, less of a thing. Each is one call of
// the API, with the person's own token, and counts from the next page on.

import { backOf } from '../asked.ts';
import { type Choice, type Chosen, choose, readPerson, restrict, tell } from '../engine.ts';
import { openedBy } from '../pages/classes.ts';
import {
  CATEGORIES,
  CLASSES,
  CLASS_PURPOSES,
  PURPOSES,
  USUAL_CATEGORIES,
  USUAL_PURPOSES,
} from '../pages/vocabulary.ts';
import type { SaidWord } from '../session.ts';
import { productOf } from '../shelf.ts';
import { type Visit, sessionFor } from '../visit.ts';
import { beSomebody } from './buy.ts';
import { type Routes, missing } from './routes.ts';

interface Wanted {
  readonly grants: readonly Choice[];
  readonly word: SaidWord;
  readonly notice?: string;
}

const USUAL: readonly Choice[] = USUAL_PURPOSES.flatMap((purpose) =>
  USUAL_CATEGORIES.map((category) => ({ category, purpose, state: 'given' }) as const),
);

/** A no needs no details: every kind of data, for every use. */
function noneOf(isAnswered: boolean): readonly Choice[] {
  return PURPOSES.map((purpose) => ({ category: '*', purpose, state: isAnswered ? 'withdrawn' : 'refused' }));
}

/** The ticked boxes against what is allowed now: only what changes is said. */
async function changes(visit: Visit, ticked: ReadonlySet<string>): Promise<readonly Choice[]> {
  const known = await readPerson(visit, []);
  const allowed = new Set(
    known.ok
      ? known.value.allowed
          .filter((one) => one.allowed)
          .map(({ category, purpose }) => `${category}.${purpose}`)
      : [],
  );
  return PURPOSES.flatMap((purpose) =>
    CATEGORIES.flatMap((category): readonly Choice[] => {
      const key = `${category}.${purpose}`;
      if (ticked.has(key) === allowed.has(key)) return [];
      return [{ category, purpose, state: ticked.has(key) ? 'given' : 'withdrawn' }];
    }),
  );
}

/** The notice of the product in front of which a sensitive class is opened (docs/notices.md). */
const CLASS_NOTICE = 'notice-classes';

/** The same for sensitive classes. */
async function opened(visit: Visit, ticked: ReadonlySet<string>): Promise<readonly Choice[]> {
  const known = await readPerson(visit, []);
  const open = known.ok ? openedBy(known.value) : new Set<string>();
  return CLASS_PURPOSES.flatMap((purpose) =>
    CLASSES.flatMap((name): readonly Choice[] => {
      const key = `class:${name}.${purpose}`;
      if (ticked.has(key) === open.has(key)) return [];
      return [{ category: `class:${name}`, purpose, state: ticked.has(key) ? 'given' : 'withdrawn' }];
    }),
  );
}

async function wantedOf(
  visit: Visit,
  answer: string,
  ticked: readonly string[],
): Promise<Wanted | undefined> {
  switch (answer) {
    case 'usual':
      return { grants: USUAL, word: 'saidAll' };
    case 'none':
      return { grants: noneOf(visit.session?.answered === true), word: 'saidNone' };
    case 'these':
      return { grants: await changes(visit, new Set(ticked)), word: 'saidSaved' };
    case 'classes':
      return { grants: await opened(visit, new Set(ticked)), word: 'saidSaved', notice: CLASS_NOTICE };
    case 'no-messages':
      return { grants: [{ category: '*', purpose: 'contact', state: 'withdrawn' }], word: 'saidSaved' };
    default:
      return undefined;
  }
}

function chosenOf({ grants, notice }: Wanted): Pick<Chosen, 'grants' | 'notice'> {
  return notice === undefined ? { grants } : { grants, notice };
}

export const CONTROL: Routes = [
  {
    method: 'POST',
    path: '/choice',
    run: async (visit, { context, form }) => {
      const wanted = await wantedOf(visit, form.one('answer'), form.all('allow'));
      if (wanted === undefined) return missing;
      const session = sessionFor(context, visit);
      const says = { ...visit, session };
      // A stranger who says no stays one: there is nobody to keep the answer for.
      const saysYes = wanted.grants.some(({ state }) => state === 'given');
      const isKnown = session.person !== undefined || (saysYes && beSomebody(session) !== '');
      const method = session.answered ? 'centre' : 'banner';
      const isKept =
        !isKnown ||
        wanted.grants.length === 0 ||
        (await choose(says, { ...chosenOf(wanted), method }, visit.trace));
      session.answered = true;
      if (session.isGuest || !isKnown) session.own.answered = true;
      delete session.message;
      session.said = { word: isKept ? wanted.word : 'saidNotKnown' };
      session.pending = visit.trace;
      return { kind: 'go', to: backOf(form, visit.at('/')) };
    },
  },
  {
    method: 'POST',
    path: '/fact',
    run: async (visit, { form }) => {
      const { session } = visit;
      if (session?.person === undefined) return missing;
      const restricted = form.one('restricted') === 'true';
      const keys = await keysOf(visit, {
        key: form.one('key'),
        did: form.one('did'),
        item: form.one('item'),
      });
      const done = [];
      for (const fact of keys) done.push(await restrict(visit, { fact, restricted }, visit.trace));
      const isDone = done.length > 0 && done.every(({ ok }) => ok);
      const thing = form.one('thing') || (productOf(form.one('item'), visit.language)?.title ?? '');
      const back = { to: '/fact', key: form.one('key'), did: form.one('did'), item: form.one('item'), thing };
      session.said = isDone
        ? {
            word: restricted ? 'saidFactAside' : 'saidFactBack',
            thing,
            undo: { ...back, restricted: String(!restricted) },
          }
        : { word: 'saidNotKnown' };
      session.pending = visit.trace;
      return { kind: 'go', to: backOf(form, visit.at('/')) };
    },
  },
  {
    method: 'POST',
    path: '/less',
    run: async (visit, { form }) => {
      const { session, language } = visit;
      const product = productOf(form.one('item'), language);
      if (session?.person === undefined || product === undefined) return missing;
      const decision = session.decisions.find(({ id }) => id === form.one('decision'))?.id;
      const lines = [{ item: product.id }];
      const told = await tell(visit, session.person, [
        { kind: 'dismiss', lines, ...(decision === undefined ? {} : { decision }) },
      ]);
      session.said = {
        word: told !== undefined && told.accepted > 0 ? 'saidLess' : 'saidLessNot',
        thing: product.title,
      };
      session.pending = visit.trace;
      return { kind: 'go', to: backOf(form, visit.at('/')) };
    },
  },
];

/** A reason names what was done with what; the facts behind it may come from several sources. */
async function keysOf(
  visit: Visit,
  { key, did, item }: { readonly key: string; readonly did: string; readonly item: string },
): Promise<readonly string[]> {
  if (key !== '') return [key];
  const known = await readPerson(visit, []);
  if (!known.ok) return [];
  return known.value.facts.filter((fact) => fact.kind === did && fact.item === item).map((fact) => fact.key);
}
