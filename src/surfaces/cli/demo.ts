// The first start shows one decision in full: what is known, what comes out, the share of each fact, what the
// line held back, and the evidence. It is the operator's demo on made-up or public data; in service, a page
// is told the list and nothing else.

import type { Engine } from '../../engine/engine.ts';
import type { Found } from '../../engine/explaining.ts';
import { parsePlacementId, type PersonId } from '../../facts/ids.ts';
import { NO_SIGNALS } from '../../facts/signals.ts';
import { type PromiseReceipt, type VerifiedReceipt, verifyReceipt } from '../../prove/verify.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Io } from './io.ts';
import { wrap } from './layout.ts';
import { decisionText, ruleText, titleText } from './show/demo-text.ts';
import { knownFacts } from './show/facts.ts';
import { type Told, toldOf } from './show/told.ts';
import { stepsOf, verificationText } from './show/verified.ts';
import { verifyEd25519 } from './verify-ed25519.ts';

const PLACEMENT = 'home';
const CHANNEL = 'web';
const LIMIT = 5;
/** The demo's log grows every second; a machine under load may need a few. */
const PROOF_MS_MAX = 20_000;
const PROOF_STEP_MS = 100;
const LATER = 'The log has not grown yet: fetch the proof later and check it with “fineline verify”.';

export interface Demo {
  readonly person: PersonId;
  readonly told: Told;
  readonly receipt: PromiseReceipt;
  /** The inclusion receipt, once the log has grown. */
  readonly proof: string | undefined;
  readonly verified: readonly VerifiedReceipt['kind'][];
}

/**
 * Decides for `person`, prints it unless it is to be silent, and checks the evidence as an outsider would.
 */
export async function showDecision(
  engine: Engine,
  person: PersonId,
  { io, isSilent }: { readonly io: Io; readonly isSilent: boolean },
): Promise<Demo> {
  const out = isSilent ? () => undefined : io.out;
  const known = await engine.describe(person);
  const facts = typeof known === 'string' ? [] : knownFacts(known);
  const { found, receipt } = await decideOnce(engine, person);
  const told = toldOf(await engine.why(found), engine.items(), { withHeld: true });
  const titleOf = (item: string): string => engine.items().get(item)?.title ?? item;
  out(decisionText({ person, facts, told, titleOf }, io));

  const trust = { vkey: engine.core.world.log.vkey, verifyEd25519 };
  out(titleText('The signed receipt, checked as an outsider would', io));
  const promise = verifyReceipt(receipt, trust);
  out(stepsText(promise, { vkey: trust.vkey, when: 'at once, the promise' }, io));
  const proof = await waitForProof(() => engine.proof(found));
  const included = proof === undefined ? undefined : verifyReceipt(proof, trust);
  const when = 'after the next checkpoint, the proof';
  if (included === undefined) out(wrap(LATER, { width: io.width, indent: '  ' }));
  else out(stepsText(included, { vkey: trust.vkey, when }, io));
  out(ruleText(io));
  const verified = [promise, included].flatMap((result) => (result?.ok === true ? [result.value.kind] : []));
  return { person, told, receipt, proof, verified };
}

async function decideOnce(
  engine: Engine,
  person: PersonId,
): Promise<{ readonly found: Found; readonly receipt: PromiseReceipt }> {
  const placement = parsePlacementId(PLACEMENT);
  if (!placement.ok) throw new Error('unreachable: the name is a constant');
  const request = { person, placement: placement.value, channel: CHANNEL, limit: LIMIT } as const;
  const decided = await engine.decide({ ...request, context: [], signals: NO_SIGNALS });
  if (typeof decided === 'string') {
    const message = `No decision to show: the settings have no placement ${PLACEMENT} for ${CHANNEL}.`;
    throw new Fault('refused', message, { retry: 'never' });
  }
  const receipt = await decided.receipt();
  const found = await engine.find(decided.decision);
  if (found !== undefined) return { found, receipt };
  throw new Fault('not-found', 'The decision just made is not there.', { retry: 'never' });
}

function stepsText(
  result: ReturnType<typeof verifyReceipt>,
  { vkey, when }: { readonly vkey: string; readonly when: string },
  { style, width }: Io,
): string {
  const head = `  ${when}\n`;
  if (!result.ok) return `${head}  ${style.red('✗')} ${verificationText(result.error)}\n`;
  const key = vkey.split('+').slice(0, 2).join('+');
  const mark = `    ${style.green('✓')} `;
  return (
    head +
    stepsOf(result.value, key)
      .map((step) => wrap(step, { width, indent: '      ', first: mark }))
      .join('')
  );
}

async function waitForProof(ask: () => Promise<string | undefined>): Promise<string | undefined> {
  const untilMs = performance.now() + PROOF_MS_MAX;
  for (;;) {
    const proof = await ask();
    if (proof !== undefined || performance.now() > untilMs) return proof;
    await new Promise((resolve) => {
      setTimeout(resolve, PROOF_STEP_MS);
    });
  }
}
