// A hole: answers tell everybody what was held back.

import type { Engine } from '../../../src/engine/engine.ts';
import { parseDecisionId } from '../../../src/facts/ids.ts';
import type { Answered, Ask } from './stage.ts';

/** Puts what was held back into every answer about a decision. */
export function withHeld(ask: Ask, engine: Engine): Ask {
  return async (asked) => {
    const answer = await ask(asked);
    const name = answer.json?.['decision'] ?? /^\/v1\/why\/(.+)$/.exec(asked.path)?.[1];
    const decision = parseDecisionId(name);
    const found = decision.ok ? await engine.find(decision.value) : undefined;
    if (found === undefined) return answer;
    const { held } = await engine.why(found);
    return told({ ...answer.json, held });
  };
}

function told(json: object): Answered {
  return { status: 200, text: JSON.stringify(json), json: { ...json }, headers: '[]' };
}
