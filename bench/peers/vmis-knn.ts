/*
 * Peer: vector multiplication indexed session kNN (VMIS-kNN), written from its paper (B. Kersbergen, O.
 * Sprangers and S. Schelter, "Serenade: Low-Latency Session-Based Recommendation in e-Commerce at Scale",
 * SIGMOD 2022, doi 10.1145/3514221.3517901). It keeps people's sessions, so it is for the bench alone.
 *
 * Of each thing the `recent` latest sessions are indexed; similarity is the sum of the places of shared
 * things over the length of the session so far; the `neighbours` most similar score their things by
 * similarity, by a match weight that falls by a tenth with each step back from the newest click that is
 * shared, and by idf.
 */
import { best, thingsOfEach } from './ranked.ts';
import type { Histories } from '../../src/learn/histories.ts';

export type VmisKnnSettings = {
  readonly recent: number;
  readonly neighbours: number;
  readonly isIdfWeighted: boolean;
};

/** A function from clicks so far to the best k items. `order` lists the training sessions, oldest first. */
export function createVmisKnn(
  train: Histories,
  order: readonly number[],
  { recent, neighbours, isIdfWeighted }: VmisKnnSettings,
): (clicks: readonly number[], k: number) => number[] {
  const sessions = thingsOfEach(train, order);
  const peopleOf = new Map<number, number>();
  const newest = new Map<number, number[]>();
  for (let session = sessions.length - 1; session >= 0; session--) {
    for (const item of sessions[session]!) {
      peopleOf.set(item, (peopleOf.get(item) ?? 0) + 1);
      const known = newest.get(item) ?? [];
      if (known.length < recent) known.push(session);
      newest.set(item, known);
    }
  }
  const idf = (item: number): number =>
    isIdfWeighted ? Math.log(sessions.length / (peopleOf.get(item) ?? 1)) : 1;
  return (clicks, k) => {
    const placeOf = new Map(clicks.map((item, x) => [item, x + 1]));
    const similar = new Map<number, { similarity: number; last: number }>();
    for (const [item, place] of placeOf) {
      for (const session of newest.get(item) ?? []) {
        const known = similar.get(session) ?? { similarity: 0, last: 0 };
        known.similarity += place / clicks.length;
        known.last = Math.max(known.last, place);
        similar.set(session, known);
      }
    }
    // Of the candidates, too, only the `recent` latest compete.
    const candidates = [...similar].sort((a, b) => b[0] - a[0]).slice(0, recent);
    candidates.sort((a, b) => b[1].similarity - a[1].similarity || b[0] - a[0]);
    const scores = new Map<number, number>();
    for (const [session, { similarity, last }] of candidates.slice(0, neighbours)) {
      const match = Math.max(0, 1 - 0.1 * (clicks.length - last));
      for (const item of sessions[session]!) {
        scores.set(item, (scores.get(item) ?? 0) + similarity * match * idf(item));
      }
    }
    return best(scores, k);
  };
}
