// What the server says to whoever sends events, and to whoever asks whether it may be sent some.

import { z } from 'zod';

const counts = z.record(z.string(), z.int());
export const fieldError = z.object({ field: z.string(), expected: z.string(), remedy: z.string() });

export const eventsAnswer = z.object({
  accepted: z.int().meta({ description: 'Kept now, and durable.' }),
  waiting: z
    .int()
    .optional()
    .meta({
      description:
        'Of those, and of what was known, so many wait in the event stream: they act once a worker has ' +
        'written them, as a rule within a second. Absent: what was accepted rules the next decision.',
    }),
  repeated: z.int().meta({ description: 'Known already.' }),
  consents: z.int().meta({ description: 'Choices of people kept now.' }),
  ignored: z.int().meta({ description: 'Understood, and nothing for us.' }),
  refused: counts.meta({ description: 'Not kept, by reason.' }),
  dropped: counts.meta({ description: 'Fields left out, by path.' }),
  problems: z.array(fieldError),
  problemsTotal: z.int(),
});

export const readyAnswer = z.object({
  ready: z.boolean(),
  recovered: z.boolean(),
  events: z
    .enum(['open', 'full', 'away'])
    .optional()
    .meta({
      description:
        'The event stream, where there is one. full: senders are told to wait. away: events are answered ' +
        '503, all else goes on.',
    }),
});
