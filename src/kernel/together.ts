// Questions to a store that several ask in the same moment, asked as one.

import { isFault } from './fault.ts';

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One asking is under way at a time, and takes along all who came while the one before was: the more ask, the
 * less each costs, and whoever is alone waits for nobody.
 *
 * @param ask answers questions in their order; begins after each of them was asked. Where it fails, it fails
 *   for all of them; `damaged` is looked into one by one, for what is damaged of one is not the others'
 *   fault.
 * @param atOnceMax questions in one asking.
 * @example
 *   const rowOf = together((ids: readonly string[]) => database.rowsOf(ids), 1000);
 *   await Promise.all([rowOf('a'), rowOf('b')]); // one statement
 */
export function together<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  atOnceMax: number,
): (question: Question) => Promise<Answer> {
  let waiting: Waiting<Question, Answer>[] = [];
  let isUnderWay = false;

  const beginTurn = (): void => {
    if (isUnderWay || waiting.length === 0) return;
    isUnderWay = true;
    const turn = waiting.slice(0, atOnceMax);
    waiting = waiting.slice(atOnceMax);
    void answerAll(ask, turn).finally(() => {
      isUnderWay = false;
      beginTurn();
    });
  };

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      // Whoever asks in the same turn of the loop comes along.
      if (waiting.length === 1) void Promise.resolve().then(beginTurn);
    });
}

async function answerAll<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  turn: readonly Waiting<Question, Answer>[],
): Promise<void> {
  try {
    const answers = await ask(turn.map(({ question }) => question));
    for (const [at, { resolve }] of turn.entries()) resolve(answers[at] as Answer);
  } catch (error) {
    if (turn.length > 1 && isFault(error, 'damaged'))
      await Promise.all(turn.map((one) => answerAll(ask, [one])));
    else for (const { reject } of turn) reject(error);
  }
}
