// What travels over the wire, as zod schemas: compiled once, when this module loads. They say form and
// bounds, with the numbers of kernel/limits.ts; what a value means is decided in `facts` and `consent`, once,
// behind them.

import { z } from 'zod';
import { LIMITS } from '../../kernel/limits.ts';
import { DATA_CATEGORIES } from '../../facts/category.ts';
import { CHANNELS } from '../../facts/channel.ts';
import { CONSENT_METHODS, CONSENT_STATES } from '../../facts/grant.ts';
import { SENSITIVE_CLASSES } from '../../facts/item.ts';
import { GRANTABLE_PURPOSES } from '../../facts/purpose.ts';
import { ASKS, COUNTED_FOR } from '../../facts/question.ts';
import { COPY_LANGUAGES } from '../../facts/about.ts';
import { TOKEN_MINUTES_MAX } from './person-token.ts';

const id = z.string().min(1).max(LIMITS.idLengthMax);
const text = z.string().min(1).max(LIMITS.textLengthMax);
const title = z.string().min(1).max(LIMITS.titleLengthMax);
const url = z.string().min(1).max(LIMITS.urlLengthMax);
/** Choices of one request: more than every category for every purpose. */
const CHOICES_MAX = 200;
/** Longest sensible language tag (RFC 5646 §4.4.1). */
const LANGUAGE_LENGTH_MAX = 35;

const place = z
  .strictObject({
    country: z.string().min(2).max(2).meta({ description: 'ISO 3166-1, e.g. DE' }),
    region: z
      .string()
      .min(1)
      .max(3)
      .optional()
      .meta({ description: 'ISO 3166-2 without the country, e.g. CA' }),
  })
  .meta({ description: 'Where the person is, as far as the law cares. Nothing finer is asked for.' });

export const eventsBody = z.unknown().meta({
  description:
    'One message or a list of them, each a CloudEvent 1.0, a Segment message (or batch), a GA4 event (or ' +
    `batch), a plain event or a consent line. At most ${LIMITS.eventsPerBatchMax} in one request. Fields ` +
    'that are not needed are dropped and counted, never kept. A plain event and a consent line may ' +
    'carry gpc and signals (tcf, gpp, att), as a decision’s context may; here they end for good what ' +
    'they deny.',
});

export const restrictionBody = z.strictObject({
  fact: z
    .string()
    .min(1)
    .max(LIMITS.textLengthMax)
    .meta({ description: 'Key of the fact, as GET /v1/people/{id} names it.' }),
  restricted: z.boolean().meta({ description: 'true: do not use it; false: use it again.' }),
});

export const eventsQuery = z.strictObject({
  source: id.optional().meta({ description: 'Registered source, where a message names none.' }),
  country: z.string().min(2).max(2).optional().meta({ description: 'Where these people are: ISO 3166-1.' }),
  region: z.string().min(1).max(3).optional().meta({ description: 'ISO 3166-2 without the country.' }),
});

/** Not narrower: a field that is there and cannot be read is an objection, not an error. */
const signals = z
  .strictObject({
    tcf: z.unknown().optional().meta({ description: 'TC string of the consent tool, version 2.' }),
    gpp: z.unknown().optional().meta({ description: 'GPP string of the consent tool.' }),
    att: z.unknown().optional().meta({
      description: 'trackingAuthorizationStatus of the phone: authorized, denied, restricted, notDetermined.',
    }),
  })
  .meta({
    description:
      'Consent strings and the phone’s answer, as they are. They can only take away. One that is there and ' +
      `cannot be read, or is longer than ${LIMITS.consentStringLengthMax} characters, objects to all that ` +
      'it could object to. Leave out what you do not have.',
  });

const within = z.union([title, z.array(title).min(1).max(LIMITS.categoryDepthMax)]).meta({
  description:
    'A part of the catalogue: Food > Wine, or its steps. Only things of it are in the list, and what is ' +
    'popular there fills it, where the slot is filled at all. An unknown part has none.',
});

export const decideBody = z.strictObject({
  person: id
    .optional()
    .meta({ description: 'Absent: nobody is known, the answer rests on the context alone.' }),
  placement: id.meta({ description: 'A slot of the settings. Its purpose stands there and cannot be sent.' }),
  channel: z.enum(CHANNELS).optional().meta({ description: 'Default: the first channel of the placement.' }),
  limit: z.int().min(1).max(LIMITS.decisionItemsMax).optional(),
  campaign: id
    .optional()
    .meta({ description: 'What several contacts belong to; the policy caps each campaign by its name.' }),
  context: z
    .strictObject({
      items: z.array(id).max(LIMITS.contextItemsMax).optional().meta({
        description: 'What is on the screen now; for a next click what was looked at, newest last.',
      }),
      within: within.optional(),
      place: place.optional(),
      gpc: z.unknown().optional().meta({
        description: 'Global Privacy Control as the page saw it. Anything but a plain false is an objection.',
      }),
      signals: signals.optional(),
    })
    .optional(),
});

export const consentBody = z.strictObject({
  grants: z
    .array(
      z.strictObject({
        category: z
          .union([
            z.enum([...DATA_CATEGORIES, '*']),
            z
              .string()
              .regex(/^class:[a-z0-9-]{1,50}$/)
              .meta({ description: 'A sensitive class, opened on the person’s own screen alone.' }),
          ])
          .meta({ description: '* stands for all, in a no only.' }),
        purpose: z.enum(GRANTABLE_PURPOSES),
        state: z.enum(CONSENT_STATES),
      }),
    )
    .min(1)
    .max(CHOICES_MAX),
  after: z
    .string()
    .length(64)
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .meta({
      description: 'The head of what was shown to the person: a yes counts only if nothing was said since.',
    }),
  notice: z.strictObject({
    id,
    language: z.string().min(2).max(LANGUAGE_LENGTH_MAX),
    version: z.string().min(1).max(32).optional().meta({ description: 'Left out: the one shown now.' }),
  }),
  method: z
    .enum(CONSENT_METHODS)
    .optional()
    .meta({ description: 'How it was said. Each key may claim some only.' }),
  place: place.optional(),
});

export const tokenBody = z.strictObject({ ttlMinutes: z.int().min(1).max(TOKEN_MINUTES_MAX) });

const item = z.strictObject({
  id,
  title,
  description: text.optional(),
  path: z.array(title).max(LIMITS.categoryDepthMax).optional().meta({ description: 'Broad to narrow.' }),
  category: z.string().max(60).optional().meta({
    description: 'Number in the product taxonomy of Google or Shopify: 421, google:421, hb-1-9.',
  }),
  priceMinor: z.int().min(0).max(LIMITS.priceMinorMax).optional().meta({ description: 'In cents.' }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .meta({ description: 'ISO 4217' }),
  brand: title.optional(),
  variantOf: title.optional().meta({
    description:
      'Name of the product that it is a size or colour of: no list has two of one product and leaf.',
  }),
  link: url.optional(),
  imageLink: url.optional(),
  available: z
    .boolean()
    .optional()
    .meta({ description: 'Default true; false keeps it out of every answer.' }),
  stock: z
    .int()
    .min(0)
    .max(LIMITS.stockMax)
    .optional()
    .meta({ description: 'Pieces that can be sold; 0 does not make it unavailable. In no answer.' }),
  marginPercent: z
    .number()
    .min(-LIMITS.marginPercentMax)
    .max(LIMITS.marginPercentMax)
    .optional()
    .meta({ description: 'What is left of the price. In no answer.' }),
  sensitive: z
    .enum(SENSITIVE_CLASSES)
    .optional()
    .meta({ description: 'Adds a class; never takes one away.' }),
});

export const itemsBody = z.strictObject({ items: z.array(item).min(1).max(LIMITS.eventsPerBatchMax) });

/** `facts/question.ts` says what a question means and what fits together. */
export const questionBody = z.strictObject({
  ask: z.enum(ASKS),
  purpose: z.enum(COUNTED_FOR).optional().meta({ description: 'Default measure.' }),
  from: z.string().max(10).meta({ description: 'A UTC day, 2026-10-01, included.' }),
  to: z.string().max(10).meta({ description: 'A UTC day that is over, included.' }),
  path: title.optional().meta({ description: 'Food > Tea' }),
  items: z.array(id).max(LIMITS.contributionItemsMax).optional(),
  rowsPerPersonMax: z.int().optional().meta({ description: 'Rows that one person counts in. Default 4.' }),
  rho: z.number().optional().meta({ description: 'What it may cost. Default 0.01.' }),
});

export const copyBody = z.strictObject({ text, language: z.enum(COPY_LANGUAGES) });
