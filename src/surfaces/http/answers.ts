// What the server says when all is well. Loose where the engine owns the shape (records, receipts): a client
// must accept more than it knows.

import { z } from 'zod';
import { CONSENT_STATES } from '../../facts/grant.ts';
import { DATA_CATEGORIES } from '../../facts/category.ts';
import { EVIDENCE } from '../../facts/evidence.ts';
import { UNMAPPED } from '../../facts/item.ts';
import { UNMAPPED_RULES } from '../../facts/policy.ts';
import { PURPOSES } from '../../facts/purpose.ts';
import { fieldError } from './answers-events.ts';

export { eventsAnswer, readyAnswer } from './answers-events.ts';

const record = z.record(z.string(), z.unknown());
const category = z.enum(DATA_CATEGORIES);
const purpose = z.enum(PURPOSES);

/** RFC 9457. */
export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(fieldError).optional(),
});

const receipt = z
  .looseObject({
    v: z.literal(1),
    kind: z.literal('promise'),
    commitment: z.string(),
    index: z.int(),
    path: z.array(z.string()),
    note: z.string(),
  })
  .meta({
    description: 'Signed promise that the commitment will be in the log. Check it with: fineline verify',
  });

export const decideAnswer = z.object({
  decision: z.string(),
  items: z.array(
    z.object({
      item: z.string(),
      score: z
        .int()
        .meta({ description: 'In units of 2^-30: the values of its reasons add up to it exactly.' }),
      reasons: z.array(
        z.object({
          kind: z.enum(['fact', 'repeat', 'context', 'prior', 'merchandising', 'pinned', 'rest']).meta({
            description:
              'repeat: the very thing was bought, or looked at, before (did). ' +
              'merchandising: the shop favours it. pinned: the shop placed it; adds 0.',
          }),
          did: z.string().optional(),
          item: z.string().optional(),
          value: z.int(),
        }),
      ),
    }),
  ),
  nothing: z.string().optional().meta({ description: 'Why there are no items. An empty slot is an answer.' }),
  subject: z
    .string()
    .optional()
    .meta({ description: 'What stands above the message, where the placement has a subject.' }),
  receipt: receipt.optional(),
});

const grant = z.object({
  category: z.string().meta({ description: 'A category, or class:NAME.' }),
  purpose,
  state: z.enum(CONSENT_STATES),
  since: z.string(),
  until: z.string(),
  dpv: z.string(),
});
const allowed = z.object({
  category,
  purpose,
  allowed: z.boolean(),
  reason: z.string().optional(),
  detail: z.string().optional(),
});

const declared = z.object({ class: z.string(), purpose });

export const consentAnswer = z.object({
  person: z.string(),
  records: z.int(),
  head: z.string(),
  readable: z.boolean(),
  grants: z.array(grant),
  allowed: z
    .array(allowed)
    .meta({ description: 'Every category and purpose, as it stands now, and why not.' }),
  declared: z
    .array(declared)
    .meta({ description: 'Sensitive classes that the person opened on their own screen.' }),
});
export const consentKept = z.object({ record, receipt });

export const personAnswer = z.looseObject({
  person: z.string(),
  controller: z.string(),
  facts: z.array(record),
  allowed: z.array(allowed),
  declared: z.array(declared),
  notLearnedFrom: z
    .string()
    .optional()
    .meta({ description: 'Why their purchases are left out of what is learned, if they are.' }),
  contacts: z.object({ days: z.int(), count: z.int() }).meta({
    description: 'How often the shop spoke first, on e-mail, push and letter, in so many days.',
  }),
});
export const exportAnswer = z.looseObject({
  format: z.literal('fineline-export/1'),
  person: z.string(),
  exported: z.string(),
  facts: z.array(record),
  journal: z.array(record),
});
export const erasedAnswer = z.object({ record, receipt });
export const tokenAnswer = z.object({ token: z.string(), expires: z.string() });
export const keptAnswer = z.object({ kept: z.literal(true) });

const shown = z.object({
  item: z.string(),
  title: z.string().optional(),
  score: z.number(),
  pinned: z.literal(true).optional().meta({ description: 'The shop placed it there.' }),
  contributions: z.array(
    z.object({
      kind: z.string(),
      of: z.string(),
      joint: z.literal(true).optional().meta({ description: 'Learned together with `learnedWith`.' }),
      value: z.number(),
    }),
  ),
});
const changed = { gone: z.array(z.string()), instead: z.array(z.string()) };
export const whyAnswer = z.object({
  decision: z.string(),
  time: z.string(),
  placement: z.string(),
  purpose,
  channel: z.string(),
  refused: z.string().optional().meta({ description: 'Why no fact was read, if none was.' }),
  items: z.array(shown).meta({ description: 'The contributions of an item add up to its score exactly.' }),
  nothing: z.string().optional(),
  audience: z
    .object({
      name: z.string(),
      conditions: z.array(z.object({ facts: z.array(z.string()), unknown: z.literal(true).optional() })),
    })
    .optional()
    .meta({ description: 'For whom the slot is, and which facts speak for each of its conditions.' }),
  subject: z.string().optional(),
  propensity: z.number(),
  learnedWith: z.array(z.string()).optional().meta({ description: 'Sellers of the joint model.' }),
  without: z.array(z.object({ fact: z.string(), ...changed })),
  withoutThing: z.array(z.object({ item: z.string(), ...changed })).optional(),
  reads: z.array(z.string()).meta({ description: 'Every fact that was read.' }),
  consentSeq: z.int(),
  made: z.object({
    policy: z.string(),
    pack: z.string(),
    model: z.string(),
    complements: z.string().optional().meta({ description: 'The model of what goes with what.' }),
    nextBasket: z.string().optional().meta({ description: 'The model of next baskets.' }),
    nextClick: z.string().optional().meta({ description: 'The model of next clicks.' }),
    joint: z.string().optional().meta({ description: 'What was learned together with other sellers.' }),
    catalogue: z.int(),
    shadow: z
      .string()
      .optional()
      .meta({ description: 'What betrays sensitive things, as it lay over them.' }),
  }),
  held: z
    .array(
      z.object({ item: z.string(), title: z.string().optional(), guard: z.string(), number: z.number() }),
    )
    .optional()
    .meta({ description: 'What the line held back. For the person alone.' }),
});

export const itemsAnswer = z.object({
  items: z.int(),
  revision: z.int(),
  sensitive: z.int(),
  unmapped: z.int().meta({ description: 'Nobody can tell what they tell; see GET /v1/catalogue/review.' }),
});
export const learnAnswer = z.object({
  model: z.string().nullable(),
  kind: z.string().nullable().meta({ description: 'Formula and chosen settings of lists for a person.' }),
  items: z.int(),
  drift: z
    .array(z.string())
    .meta({ description: 'What moved more than a shop moves, against the model before or of a week ago.' }),
});
const unmapped = z.enum(UNMAPPED).meta({
  description: 'No word in it that a list could know; a script, a language without a list.',
});
export const reviewAnswer = z.object({
  rule: z.enum(UNMAPPED_RULES),
  things: z.int(),
  classed: z.int().meta({ description: 'Of a sensitive class under the policy.' }),
  unmapped: z.int().meta({ description: 'Nobody can tell, and nobody has looked.' }),
  reviewed: z.int().meta({ description: 'Somebody looked and found no class.' }),
  paths: z.array(
    z.object({ path: z.string(), things: z.int(), why: unmapped, examples: z.array(z.string()) }),
  ),
  pathsTotal: z.int(),
  items: z.array(z.object({ item: z.string(), title: z.string(), why: unmapped })),
  itemsTotal: z.int(),
});
export const thingAnswer = z.object({
  item: z.string(),
  title: z.string(),
  path: z.string(),
  category: z.string().optional(),
  found: z
    .object({
      class: z.string(),
      by: z.enum(EVIDENCE),
      text: z.string(),
      word: z.string().optional(),
      language: z.string().optional(),
    })
    .optional()
    .meta({ description: 'What the catalogue found, and by what.' }),
  class: z.string().optional().meta({ description: 'What holds under the policy.' }),
  unmapped: unmapped.optional(),
  reviewed: z.boolean(),
});
export const noticesAnswer = z.object({
  notices: z.array(
    z.object({
      id: z.string(),
      version: z.string(),
      controller: z.string(),
      texts: z.record(z.string(), z.string()).meta({ description: 'By language (BCP 47).' }),
      asks: z.array(z.object({ purposes: z.array(purpose), categories: z.array(z.string()) })),
      partners: z.array(z.object({ controller: z.string(), name: z.string() })).optional(),
      sha256: z.string(),
      inForce: z.boolean().meta({ description: 'The version that is shown now.' }),
      readable: z.boolean().meta({ description: 'False: no yes to it counts any more.' }),
    }),
  ),
});
const people = z.union([z.int(), z.literal('few')]);
/** As it is kept, so that its hash can be made again. */
export const releaseAnswer = z.object({
  id: z.string().meta({ description: 'SHA-256 of the canonical JSON of release.' }),
  release: z.object({
    v: z.literal(1),
    controller: z.string(),
    question: z.object({
      ask: z.string(),
      purpose: z.string(),
      from: z.string(),
      to: z.string(),
      path: z.array(z.string()),
      items: z.array(z.string()),
      rowsPerPersonMax: z.int(),
    }),
    timeMs: z.int(),
    year: z.int().meta({ description: 'Whose budget it spent.' }),
    peopleMin: z.int(),
    tellFrom: z.int().meta({ description: 'What is less, noise included, is few.' }),
    sigmaSquared: z.int().meta({ description: 'Variance of the noise on each number.' }),
    rhoMillionths: z.int().meta({ description: 'What it cost.' }),
    total: people,
    rows: z.array(z.object({ row: z.string(), people })),
  }),
});
export const ledgerAnswer = z.object({
  year: z.int(),
  rhoMillionthsPerYear: z.int(),
  rhoMillionthsSpent: z.int(),
  whole: z.boolean().meta({ description: 'False: part of it cannot be read; nothing more is released.' }),
  releases: z.array(releaseAnswer),
});
export const copyAnswer = z.object({ text: z.string() });
export const healthAnswer = z.object({ status: z.literal('ok') });
export const gpcAnswer = z.object({ gpc: z.literal(true) });
