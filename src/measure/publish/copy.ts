// Numbers in marketing copy: a place in braces is filled with a released number, as roughly as its noise asks
// for, and with nothing else. How a number is written in a language is for the surface.

import { type Result, err, ok } from '../../kernel/result.ts';
import type { PeopleTold, Release } from '../../facts/release.ts';
import type { Ledger } from './ledger.ts';

export interface CopyProblem {
  /** Which place it is, from 0. */
  readonly at: number;
  /** The place as it stands in the template. */
  readonly place: string;
  readonly reason: string;
}

/** A place begins with a brace; one that is never closed is a place, too. */
const PLACE = /\{([^{}]*)\}|[{}]/g;
const PEOPLE = /^people:([0-9a-f]{64})(?:\/(.+))?$/;

/**
 * Fills `{people:RELEASE}` with the total of a release and `{people:RELEASE/ROW}` with a row of it; `write`
 * gets the number and writes it with the word for “about”. Every place that cannot be filled is named with
 * its reason, and then nothing is filled.
 */
export function fillCopy(
  template: string,
  ledger: Ledger,
  write: (about: number) => string,
): Result<string, readonly CopyProblem[]> {
  const problems: CopyProblem[] = [];
  let at = -1;
  const text = template.replaceAll(PLACE, (place, inside: string | undefined) => {
    at += 1;
    const number = numberFor(inside ?? '', ledger);
    if (number.ok) return write(number.value);
    problems.push({ at, place, reason: number.error });
    return place;
  });
  return problems.length === 0 ? ok(text) : err(problems);
}

const NO_NUMBER =
  'a number in copy comes from a release: write {people:RELEASE} or {people:RELEASE/ROW}, with its id of ' +
  '64 digits.';

function numberFor(inside: string, ledger: Ledger): Result<number, string> {
  const [, id, row] = PEOPLE.exec(inside) ?? [];
  if (id === undefined) return err(NO_NUMBER);
  const release = ledger.find((kept) => kept.id === id)?.release;
  if (release === undefined) return err('no release of this name is in the ledger.');
  const people = row === undefined ? release.total : rowOf(release, row);
  if (people === undefined) return err('the release has no row of this name.');
  if (people === 'few') return err('so few people stand behind it that no number is told.');
  return roughly(people, release);
}

function rowOf({ rows }: Release, name: string): PeopleTold | undefined {
  return rows.find(({ row }) => row === name)?.people;
}

/** A number of which the last digit that is said is less than a tenth is more than it looks. */
const STEPS_MIN = 10;

/**
 * To 1, 2 or 5 times a power of ten that is at least 4σ wide: 19 times of 20 the noise moves a number by less
 * than half of that. Example: 2,312 with σ = 7 is 2,300.
 */
function roughly(people: number, { sigmaSquared }: Release): Result<number, string> {
  const step = stepFor(sigmaSquared);
  if (people < STEPS_MIN * step)
    return err(
      `its noise allows steps of ${step}, which is too rough for fewer than ${STEPS_MIN * step} people.`,
    );
  return ok(Math.round(people / step) * step);
}

export function stepFor(sigmaSquared: number): number {
  const fits = (step: number): boolean => step * step >= 16 * sigmaSquared;
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].map((digit) => digit * power).find(fits);
    if (step !== undefined) return step;
  }
}
