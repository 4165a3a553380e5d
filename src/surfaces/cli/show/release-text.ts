// A release as a terminal shows it.

import type { KeptRelease, PeopleTold } from '../../../facts/release.ts';
import { rhoText } from '../../../facts/rho.ts';
import { isoInstant } from '../../../kernel/time.ts';
import type { Io } from '../io.ts';
import { count, cut, padEnd, padStart, wrap } from '../layout.ts';

const told = (people: PeopleTold): string => (people === 'few' ? 'few' : count(people));

export function releaseText({ id, release }: KeptRelease, { width, style }: Io): string {
  const { question, timeMs, rhoMillionths, sigmaSquared, tellFrom, total, rows } = release;
  const { ask, purpose, from, to, path } = question;
  const below = path.length === 0 ? '' : `, ${path.join(' > ')}`;
  const sigma = Math.sqrt(sigmaSquared).toFixed(1);
  const head =
    `Made on ${isoInstant(timeMs).slice(0, 10)} from people who allow ${purpose}, for ρ = ` +
    `${rhoText(rhoMillionths)}: σ = ${sigma}, told from ${count(tellFrom)} on.`;
  const nameWidth = Math.max(20, width - 14);
  const row = (name: string, people: PeopleTold): string =>
    `  ${padEnd(cut(name, nameWidth), nameWidth)}  ${padStart(told(people), 9)}\n`;
  return [
    `${style.bold(`${ask}, ${from} to ${to}${below}`)}\n`,
    `${id}\n`,
    wrap(head, { width }),
    ...rows.map((each) => row(each.row, each.people)),
    row('in all', total),
  ].join('');
}
