// Questions to a store that several ask in the same moment, asked as one.

import { isFault } from './fault.ts';

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** One of them is about the store, and nobody else will get an answer either. */
const NOBODY_ANSWERS = ['unreachable', 'closed', 'overloaded'];

export interface TogetherOptions {
  /** Questions in one asking. */
  readonly atOnceMax: number;
  /** Askings under way at a time: a slow one holds up no more than its part. Default 1. */
  readonly turnsMax?: number;
}

/**
 * Few askings are under way at a time, and the next takes along all who came meanwhile: the more ask, the
 * less each costs, and whoever is alone waits for nobody.
 *
 * @param ask answers questions in their order; begins after each of them was asked. Where it fails, each is
 *   asked by itself, for what is damaged or too large of one is not the others' fault; but where nobody can
 *   be asked, all of them and all who wait hear so.
 * @example
 *   const rowOf = together((ids: readonly string[]) => database.rowsOf(ids), { atOnceMax: 1000 });
 *   await Promise.all([rowOf('a'), rowOf('b')]); // one statement
 */
export function together<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  { atOnceMax, turnsMax = 1 }: TogetherOptions,
): (question: Question) => Promise<Answer> {
  let waiting: Waiting<Question, Answer>[] = [];
  let underWay = 0;

  const beginTurns = (): void => {
    while (underWay < turnsMax && waiting.length > 0) {
      underWay += 1;
      const turn = waiting.slice(0, atOnceMax);
      waiting = waiting.slice(atOnceMax);
      void answerAll(turn).finally(() => {
        underWay -= 1;
        beginTurns();
      });
    }
  };

  async function answerAll(turn: readonly Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await ask(turn.map(({ question }) => question));
      for (const [at, { resolve }] of turn.entries()) resolve(answers[at] as Answer);
    } catch (error) {
      const isOfAll = isFault(error) && NOBODY_ANSWERS.includes(error.code);
      if (!isOfAll && turn.length > 1) {
        await Promise.all(turn.map((one) => answerAll([one])));
        return;
      }
      const behind = isOfAll ? waiting.splice(0) : [];
      for (const { reject } of [...turn, ...behind]) reject(error);
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      // Whoever asks in the same turn of the loop comes along.
      if (waiting.length === 1) void Promise.resolve().then(beginTurns);
    });
}
