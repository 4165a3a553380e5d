/*
 * Peer: vector multiplication session kNN (VS-kNN), written from its paper (Ludewig and Jannach, "Evaluation
 * of session-based recommendation algorithms", UMUAI 2018, arXiv 1803.09587). It keeps people's sessions, so
 * it is for the bench alone.
 *
 * The current session's clicks weigh (position / length)²; the `recent` latest training sessions that share
 * an item compete; the `neighbours` most similar (weighted overlap / √length) score their items by
 * similarity, by how late in the current session the last shared click is, and by idf.
 */
import { best, thingsOfEach } from './ranked.ts';
import { type Histories, peopleIn, stepsOf } from '../../src/learn/histories.ts';

export type VsKnnSettings = {
  readonly recent: number;
  readonly neighbours: number;
  readonly idfWeight: number;
};

/** A function from clicks so far to the best k items. `order` lists the training sessions, oldest first. */
export function createVsKnn(
  train: Histories,
  order: readonly number[],
  settings: VsKnnSettings,
): (clicks: readonly number[], k: number) => number[] {
  const sessions = thingsOfEach(train, order);
  const sessionsOf = new Map<number, number[]>();
  for (const [session, items] of sessions.entries()) {
    for (const item of items) {
      const known = sessionsOf.get(item);
      if (known) known.push(session);
      else sessionsOf.set(item, [session]);
    }
  }
  const idf = (item: number): number => Math.log(sessions.length / (sessionsOf.get(item)?.length ?? 1));
  return (clicks, k) => {
    const positionOf = new Map(clicks.map((item, x) => [item, x + 1]));
    const candidates = new Set<number>();
    for (const item of positionOf.keys())
      for (const session of sessionsOf.get(item) ?? []) candidates.add(session);
    const recent = [...candidates].sort((a, b) => b - a).slice(0, settings.recent);
    const near = recent
      .map((session) => ({ session, ...similarity(sessions[session]!, positionOf, clicks.length) }))
      .sort((a, b) => b.similar - a.similar || b.session - a.session)
      .slice(0, settings.neighbours);
    const scores = new Map<number, number>();
    for (const { session, similar, last } of near) {
      for (const item of sessions[session]!) {
        const score = similar * (last / clicks.length) ** 2 * (1 + settings.idfWeight * idf(item));
        scores.set(item, (scores.get(item) ?? 0) + score);
      }
    }
    return best(scores, k);
  };
}

function similarity(
  session: ReadonlySet<number>,
  positionOf: ReadonlyMap<number, number>,
  length: number,
): { similar: number; last: number } {
  let similar = 0;
  let last = 0;
  for (const [item, position] of positionOf) {
    if (!session.has(item)) continue;
    similar += (position / length) ** 2;
    last = Math.max(last, position);
  }
  return { similar: similar / Math.sqrt(session.size), last };
}

/** Training sessions in order of their last click. */
export function sessionsByTime(train: Histories, lastMs: Float64Array): number[] {
  const order: number[] = [];
  for (let person = 0; person < peopleIn(train); person++) if (stepsOf(train, person) > 0) order.push(person);
  return order.sort((a, b) => lastMs[a]! - lastMs[b]! || a - b);
}
