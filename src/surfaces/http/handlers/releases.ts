// What becomes public: the ledger, another entry of it, and copy with its numbers.

import { type Problem, problem } from '../../../facts/parse.ts';
import { readQuestion } from '../../../facts/question.ts';
import { aboutIn } from '../../../facts/about.ts';
import { json } from '../exchange.ts';
import type { Handler } from '../host.ts';
import { invalid, refused } from '../problem.ts';

export const releases: Handler<'releases'> = ({ engine }) => Promise.resolve(json(200, engine.releases()));

export const publish: Handler<'publish'> = async ({ engine }, { body }) => {
  const asked = readQuestion(body);
  if (!asked.ok) return invalid(...asked.error);
  const published = await engine.publish(asked.value);
  switch (published.kind) {
    case 'released':
      return json(published.isNew ? 201 : 200, published.kept);
    case 'invalid':
      return invalid(...published.problems);
    case 'spent':
    case 'ledger-damaged':
      return refused('budget-spent', published.detail);
  }
};

export const copy: Handler<'copy'> = ({ engine }, { body }) => {
  const filled = engine.fillCopy(body.text, aboutIn(body.language));
  if (filled.ok) return Promise.resolve(json(200, { text: filled.value }));
  const errors = filled.error.map(({ at, reason }): Problem =>
    problem(`text/places/${at}`, 'a number that was released', reason),
  );
  return Promise.resolve(invalid(...errors));
};
