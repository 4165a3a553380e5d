// The statistics of sellers who learn together, and the model made of them. Runs in a worker of its own;
// tests run it directly.

import { utf8 } from '../../kernel/bytes.ts';
import type { JointChange, ThingPair } from '../../engine/ports.ts';
import { encodeModel } from '../../facts/model.ts';
import { contributionOf } from '../../learn/contribution.ts';
import { createJointCounts } from '../../learn/joint-counts.ts';
import { finish } from '../../learn/models/sparse-form.ts';
import { serveJointSteps } from '../../learn/serve-joint.ts';

export type JointQuestion =
  | {
      readonly kind: 'change';
      readonly id: number;
      readonly changes: readonly JointChange[];
      readonly k: number;
    }
  | { readonly kind: 'fit'; readonly id: number; readonly k: number; readonly nowMs: number }
  | { readonly kind: 'canonical'; readonly id: number };
export type JointRequest = JointQuestion | { readonly kind: 'clear' };

export interface JointStatistics {
  handle(request: JointRequest): unknown;
}

export function createJointStatistics(): JointStatistics {
  const counts = createJointCounts();

  function change({ seller, person, items }: JointChange, k: number): readonly ThingPair[] {
    const contacts = items?.map((item) => ({ item, lastMs: 0 })) ?? [];
    return counts.replace({ seller, person, next: contributionOf(contacts), k });
  }

  return {
    handle: (request) => {
      switch (request.kind) {
        case 'clear':
          counts.clear();
          return undefined;
        case 'change':
          return request.changes.flatMap((each) => change(each, request.k));
        case 'fit': {
          const { k, nowMs } = request;
          return encodeModel(finish(serveJointSteps(counts.snapshot(k), { minPeople: k, nowMs })));
        }
        case 'canonical':
          return utf8(counts.canonicalText());
      }
    },
  };
}
