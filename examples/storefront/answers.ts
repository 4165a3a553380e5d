// What the shop reads of the API's answers, and no more. Schemas are loose: a client must accept more than it
// knows.

import { z } from 'zod';

export const events = z.looseObject({
  accepted: z.int(),
  repeated: z.int(),
  refused: z.record(z.string(), z.int()),
});
export type Events = z.infer<typeof events>;

const reason = z.object({
  kind: z.enum(['fact', 'repeat', 'context', 'prior', 'merchandising', 'pinned', 'rest']),
  did: z.string().optional(),
  item: z.string().optional(),
  value: z.number(),
});
export type Reason = z.infer<typeof reason>;

export const decision = z.looseObject({
  decision: z.string(),
  items: z.array(z.object({ item: z.string(), score: z.number(), reasons: z.array(reason) })),
  nothing: z.string().optional(),
});
export type Decision = z.infer<typeof decision>;

export const why = z.looseObject({
  decision: z.string(),
  time: z.string(),
  placement: z.string(),
  purpose: z.string(),
  channel: z.string(),
  refused: z.string().optional(),
  items: z.array(
    z.looseObject({
      item: z.string(),
      score: z.number(),
      pinned: z.boolean().optional(),
      contributions: z.array(
        z.object({ kind: z.string(), of: z.string(), joint: z.boolean().optional(), value: z.number() }),
      ),
    }),
  ),
  propensity: z.number(),
  without: z.array(z.object({ fact: z.string(), gone: z.array(z.string()), instead: z.array(z.string()) })),
  /** Other shops with whom it was learned, where `joint` stands. */
  learnedWith: z.array(z.string()).optional(),
  made: z.looseObject({ pack: z.string(), model: z.string() }),
  held: z.array(z.looseObject({ item: z.string(), guard: z.string(), number: z.number() })).optional(),
});
export type Why = z.infer<typeof why>;

const allowed = z.object({
  category: z.string(),
  purpose: z.string(),
  allowed: z.boolean(),
  reason: z.string().optional(),
});
export type Allowed = z.infer<typeof allowed>;

const declared = z.object({ class: z.string(), purpose: z.string() });

export const consent = z.looseObject({
  records: z.int(),
  grants: z.array(z.looseObject({ category: z.string(), purpose: z.string(), state: z.string() })),
  allowed: z.array(allowed),
});
export type Consent = z.infer<typeof consent>;

const fact = z.looseObject({
  key: z.string(),
  kind: z.string(),
  category: z.string(),
  item: z.string().optional(),
  name: z.string().optional(),
  value: z.union([z.string(), z.number()]).optional(),
  last: z.string(),
  channel: z.string(),
  basis: z.string(),
  until: z.string(),
  purposes: z.array(z.string()),
  restricted: z.boolean().optional(),
});
export type Fact = z.infer<typeof fact>;

export const person = z.looseObject({
  pack: z.string().optional(),
  facts: z.array(fact),
  allowed: z.array(allowed),
  declared: z.array(declared),
  contacts: z.object({ days: z.int(), count: z.int() }),
  consent: z.looseObject({
    grants: z.array(z.looseObject({ category: z.string(), purpose: z.string(), state: z.string() })),
  }),
});
export type Person = z.infer<typeof person>;

export const kept = z.looseObject({
  record: z.record(z.string(), z.unknown()),
  receipt: z.record(z.string(), z.unknown()),
});
export type Kept = z.infer<typeof kept>;

export const token = z.object({ token: z.string(), expires: z.string() });
