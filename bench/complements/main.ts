// node bench/complements/main.ts: when people come back, beside published figures.

import { cdnowRepeats } from './repeat.ts';
import { expectedRepeats, fitBgNbd } from '../../src/learn/models/bg-nbd.ts';

const { model, logLikelihood, settled } = fitBgNbd(cdnowRepeats());
const { r, alpha, a, b } = model;
const fitted = [r, alpha, a, b].map((value) => value.toFixed(3)).join(', ');
const first = { repeats: 2, lastAt: 30.43, observed: 38.86, people: 1 };
print(`repeat       CDNOW, BG/NBD r, α, a, b: ${fitted} (published: .243, 4.414, .793, 2.426)`);
print(`             log-likelihood ${logLikelihood.toFixed(2)} (published: -9582.4), settled: ${settled}`);
print(
  `             customer 1 in 39 weeks: ${expectedRepeats(model, first, 39).toFixed(3)} (published: 1.226)`,
);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
