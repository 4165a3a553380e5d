// The learner of a node: there while the node has the duty to learn, and begun anew each time that it takes
// it. Without the duty it counts nobody and knows nobody.

import { Fault } from '../kernel/fault.ts';
import type { Learner } from '../engine/ports.ts';

const NOTHING = { pairs: [], links: [], steps: [], clicks: [] };

export function createDutyLearner(open: () => Learner): Learner {
  let current: Learner | undefined;
  const mine = (): Learner => {
    if (current !== undefined) return current;
    throw new Fault('elsewhere', 'Another node learns.', { retry: 'later' });
  };
  const close = async (): Promise<void> => {
    const old = current;
    current = undefined;
    await old?.close();
  };
  return {
    change: (person, share) => current?.change(person, share),
    forget: async (person, leaving) => current?.forget(person, leaving) ?? NOTHING,
    adopt: (models) => current?.adopt(models),
    fit: async (options) => mine().fit(options),
    proxies: async (question) => mine().proxies(question),
    canonical: async () => mine().canonical(),
    renew: async () => {
      await close();
      current = open();
    },
    close,
  };
}
