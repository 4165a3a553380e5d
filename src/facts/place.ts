// Where a person is, as far as the law cares: a country and, where states differ, a region. Nothing finer.

import { err, ok } from '../kernel/result.ts';
import { type Parsed, parseObject, problem } from './parse.ts';

/**
 * ISO 3166-1 alpha-2 country; ISO 3166-2 subdivision without the country, e.g. `{country: 'US', region:
 * 'CA'}`.
 */
export interface Place {
  readonly country: string;
  readonly region?: string;
}

/** Reads `{country, region?}`. Lower case is accepted and raised; anything else is refused. */
export function parsePlace(value: unknown, field = 'place'): Parsed<Place> {
  const object = parseObject(value, field);
  if (!object.ok) return object;
  const country = upper(object.value['country']);
  if (country === undefined || !/^[A-Z]{2}$/.test(country)) {
    return err(problem(`${field}/country`, 'an ISO 3166-1 code of two letters', 'Send for instance "DE".'));
  }
  const region = object.value['region'];
  if (region === undefined) return ok({ country });
  const regionText = upper(region);
  if (regionText === undefined || !/^[A-Z0-9]{1,3}$/.test(regionText)) {
    return err(problem(`${field}/region`, 'an ISO 3166-2 code of 1–3 characters', 'Send for instance "CA".'));
  }
  return ok({ country, region: regionText });
}

function upper(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toUpperCase() : undefined;
}
