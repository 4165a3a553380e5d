// Token buckets: how much one caller may ask for. One bucket per service key, one per person with a token,
// one for everybody without a key. No address is remembered, not even for a second: behind a proxy it would
// be the proxy's, and elsewhere it would be somebody's.

export interface Rate {
  /** Requests that may come at once. */
  readonly burst: number;
  readonly perSecond: number;
}

export interface Bucket {
  /** 0 when the request may pass; else seconds to wait, at least 1. */
  take(nowMs: number): number;
}

/** Filled at `perSecond` up to `burst`; starts full. */
export function createBucket({ burst, perSecond }: Rate): Bucket {
  let level = burst;
  let last: number | undefined;
  return {
    take: (nowMs) => {
      // A clock that steps back fills nothing.
      const elapsedMs = Math.max(0, nowMs - (last ?? nowMs));
      last = nowMs;
      level = Math.min(burst, level + (elapsedMs * perSecond) / 1000);
      if (level >= 1) {
        level -= 1;
        return 0;
      }
      return Math.max(1, Math.ceil((1 - level) / perSecond));
    },
  };
}

/** People whose buckets are remembered; who was longest away is forgotten first. */
const PEOPLE_REMEMBERED_MAX = 10_000;

/** Buckets by name. Names live here in memory alone. */
export function createBuckets(
  rate: Rate,
  rememberedMax = PEOPLE_REMEMBERED_MAX,
): { take(name: string, nowMs: number): number } {
  const buckets = new Map<string, Bucket>();
  return {
    take: (name, nowMs) => {
      const bucket = buckets.get(name) ?? createBucket(rate);
      buckets.delete(name);
      buckets.set(name, bucket);
      if (buckets.size > rememberedMax) {
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      }
      return bucket.take(nowMs);
    },
  };
}
