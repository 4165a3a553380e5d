// How far an import by person has come, so that one that was interrupted goes on there instead of opening
// everybody again. It counts only for the same file under the same words; else it begins anew, which is
// slower and changes nothing.

import type { Engine } from '../../../engine/engine.ts';
import { canonicalJson } from '../../../kernel/canonical.ts';
import { utf8 } from '../../../kernel/bytes.ts';
import { sha256Hex } from '../../../kernel/sha256.ts';
import type { Input } from './inputs.ts';
import type { Claim } from './options.ts';

export interface Reached {
  /** Buckets that are in. */
  read(): Promise<number>;
  keep(buckets: number): Promise<void>;
  /** At the end: who runs a finished import again means all of it. */
  forget(): Promise<void>;
}

interface Made {
  readonly planId: string;
  readonly input: Input;
  readonly buckets: number;
  readonly claim: Claim;
}

const NONE = 'none';

export function reachedOf(engine: Engine, { planId, input, buckets, claim }: Made): Reached {
  const { documents } = engine.core.world;
  const pointer = `import-reached ${planId}/${input.name}`;
  const { notice, purposes, ...terms } = claim;
  const said = { ...terms, notice: { ...notice }, purposes: [...purposes] };
  const { bytes, changedMs } = input;
  const sources = [...engine.core.sources.keys()].toSorted();
  const under = sha256Hex(utf8(canonicalJson({ bytes, changedMs, buckets, said, sources })));
  return {
    read: async () => {
      const [madeUnder, count] = (await documents.pointer(pointer))?.split(' ') ?? [];
      return madeUnder === under ? Math.min(Number(count), buckets) : 0;
    },
    keep: (count) => documents.point(pointer, `${under} ${count}`),
    forget: () => documents.point(pointer, NONE),
  };
}
