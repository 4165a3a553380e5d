// What the server says of the line: which things are held back, and for whom slots are.

import { z } from 'zod';
import { AUDIENCE_STATES } from '../../engine/audiences-told.ts';
import { PURPOSES } from '../../facts/purpose.ts';

export const audiencesAnswer = z.object({
  audiences: z.array(
    z.object({
      name: z.string(),
      purpose: z.enum(PURPOSES),
      conditions: z.array(z.string()).meta({ description: 'In words; all of them hold.' }),
      placements: z.array(z.string()),
      state: z.enum(AUDIENCE_STATES).meta({
        description:
          'Only with enough anybody is written to. few: fewer than 20 are in it, or kept out by one of its ' +
          'conditions. tells: a condition names something sensitive. uncounted: not yet.',
      }),
      about: z
        .int()
        .optional()
        .meta({ description: 'Rough, in steps of 100; 0 is fewer than 100. Only with enough.' }),
      because: z.object({ condition: z.string(), tells: z.string() }).optional(),
    }),
  ),
});
export const proxiesAnswer = z.object({
  state: z.enum(['in-force', 'waiting', 'not-asked', 'unreadable']),
  shadow: z.string().optional(),
  since: z.string().optional(),
  volunteers: z.int().optional().meta({ description: 'Down to a multiple of 20.' }),
  proxies: z.array(
    z.object({
      item: z.string(),
      title: z.string().optional(),
      class: z.string(),
      leaf: z.string(),
      t: z.number().meta({ description: 'Standard errors that members differ from others.' }),
      lift: z.number().meta({ description: 'How many times as many members have it.' }),
    }),
  ),
  unknown: z.int().meta({ description: 'Things nobody can judge, so they are not shown.' }),
  unjudged: z.array(z.string()).meta({ description: 'Leaves with too few members.' }),
  erased: z.array(z.string()).meta({ description: 'Leaves that are taken out of the model, too.' }),
});
