// Goal: the model of repeat purchase, fitted to the data of its paper, is that of the paper.

import { expect, test } from 'vitest';
import { cdnowRepeats } from './repeat.ts';
import { expectedRepeats, fitBgNbd } from '../../src/learn/models/bg-nbd.ts';

test('BG/NBD refitted on CDNOW has the published parameters, likelihood and expectation', () => {
  const { model, logLikelihood } = fitBgNbd(cdnowRepeats());
  const rounded = [model.r, model.alpha, model.a, model.b].map((value) => value.toFixed(3));
  expect(rounded).toEqual(['0.243', '4.414', '0.793', '2.426']);
  expect(logLikelihood.toFixed(1)).toBe('-9582.4');
  const first = { repeats: 2, lastAt: 30.43, observed: 38.86, people: 1 };
  expect(expectedRepeats(model, first, 39).toFixed(3)).toBe('1.226');
});
