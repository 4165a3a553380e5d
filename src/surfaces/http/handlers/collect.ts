// POST /v1/events: messages of any intake format, one or many.

import { type IntakeOptions, intake, signalsOf } from '../../../engine/intake.ts';
import { assertRole } from '../../../engine/others.ts';
import { parseSourceId } from '../../../facts/ids.ts';
import { parsePlace } from '../../../facts/place.ts';
import { json } from '../exchange.ts';
import type { Ask, Handler } from '../host.ts';
import { type Refused, invalid } from '../problem.ts';

export const collect: Handler<'collect'> = async (host, ask) => {
  assertRole(host.engine.core, 'collect');
  const options = optionsOf(ask);
  if ('problem' in options) return options;
  const taken = await intake(host.intake, ask.body, options);
  const understood = taken.accepted + taken.repeated + taken.consents + taken.ignored;
  const isRefused = Object.keys(taken.refused).length > 0;
  // Nothing at all could be read: that is a mistake of the sender, not a batch with a flaw.
  if (understood === 0 && !isRefused && taken.problems.length > 0) return invalid(...taken.problems);
  return json(taken.accepted + taken.consents > 0 ? 202 : 200, taken);
};

function optionsOf({ query, header }: Ask<'collect'>): IntakeOptions | Refused {
  const signals = signalsOf({ secGpc: header('sec-gpc'), json: undefined });
  const source = query.source === undefined ? undefined : parseSourceId(query.source);
  if (source?.ok === false) return invalid(source.error);
  const { country, region } = query;
  const place =
    country === undefined && region === undefined
      ? undefined
      : parsePlace({ country, ...(region === undefined ? {} : { region }) });
  if (place?.ok === false) return invalid(place.error);
  return {
    signals,
    ...(source === undefined ? {} : { source: source.value }),
    ...(place === undefined ? {} : { place: place.value }),
  };
}
