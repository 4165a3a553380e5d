// The officer's look at the catalogue: what nobody can tell, and why a thing is of its class.

import { parseItemId } from '../../../facts/ids.ts';
import { json } from '../exchange.ts';
import type { Handler } from '../host.ts';
import { NOT_FOUND } from '../problem.ts';

export const review: Handler<'review'> = ({ engine }) => Promise.resolve(json(200, engine.review()));

export const thing: Handler<'thing'> = ({ engine }, { params }) => {
  const id = parseItemId(params['item']);
  const told = id.ok ? engine.thing(id.value) : undefined;
  return Promise.resolve(told === undefined ? NOT_FOUND : json(200, told));
};
