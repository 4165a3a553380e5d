// The first start shows one decision in full: what is known, what comes out, the share of each fact, what the line held back, and
// the evidence. It is the operator's demo on made-up or public data; in service, a page is told the list and nothing else.

import type { Engine } from '../../engine/engine.ts';
import { parsePlacementId, type PersonId } from '../../facts/ids.ts';
import { NO_SIGNALS } from '../../facts/place.ts';
import { type VerifiedReceipt, verifyReceipt } from '../../prove/verify.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Io } from './io.ts';
import { wrap } from './layout.ts';
import { heldText, listText, sharesText, withoutText } from './show/decision.ts';
import { factsText, knownFacts } from './show/facts.ts';
import { type Told, toldOf } from './show/told.ts';
import { stepsOf, verificationText } from './show/verified.ts';
import { verifyEd25519 } from './verify-ed25519.ts';

const PLACEMENT = 'home';
const CHANNEL = 'web';
const LIMIT = 5;
/** The demo's log grows every second; a machine under load may need a few. */
const PROOF_MS_MAX = 20_000;
const PROOF_STEP_MS = 100;

export interface Demo {
  readonly person: PersonId;
  readonly told: Told;
  readonly receipt: object;
  /** The inclusion receipt, once the log has grown. */
  readonly proof: string | undefined;
  readonly verified: readonly VerifiedReceipt['kind'][];
}

/** Decides for `person`, prints it (unless `io` is silent), checks the evidence as an outsider would. */
export async function showDecision(
  engine: Engine,
  person: PersonId,
  io: Io,
  isSilent: boolean,
): Promise<Demo> {
  const out = isSilent ? () => undefined : io.out;
  const known = await engine.describe(person);
  const facts = typeof known === 'string' ? [] : knownFacts(known);
  const placement = parsePlacementId(PLACEMENT);
  if (!placement.ok) throw new Error('unreachable: the name is a constant');
  const decided = await engine.decide({
    person,
    placement: placement.value,
    channel: CHANNEL,
    limit: LIMIT,
    context: [],
    signals: NO_SIGNALS,
  });
  if (typeof decided === 'string') {
    throw new Fault(
      'refused',
      `No decision to show: the settings have no placement ${PLACEMENT} for ${CHANNEL}.`,
      { retry: 'never' },
    );
  }
  const receipt = await decided.receipt();
  const found = await engine.find(decided.decision);
  if (receipt === undefined || found === undefined)
    throw new Fault('not-found', 'The decision just made is not there.', { retry: 'never' });
  const told = toldOf(await engine.why(found), engine.items(), { withHeld: true });
  const titleOf = (item: string): string => engine.items().get(item)?.title ?? item;

  const rule = io.style.dim('─'.repeat(io.width));
  const title = (text: string): string => `\n${io.style.bold(text)}\n`;
  out(
    `\n${rule}\n${io.style.bold(`One decision in full: ${person}, placement “${PLACEMENT}”, channel ${CHANNEL}`)}\n`,
  );
  out(
    wrap(`Purpose ${told.purpose}, from the settings, never from the caller. Law: ${told.made.pack}.`, {
      width: io.width,
    }),
  );
  out(`${title(`What is known of ${person}`)}${factsText(facts, told.purpose, io)}`);
  out(`${title('What is shown')}${listText(told, io)}`);
  out(
    `${title('Why: each score is the sum of its parts, counted in units of 2⁻³⁰')}${sharesText(told, titleOf, io)}`,
  );
  out(`${title('Without the strongest fact')}${withoutText(told, titleOf, io)}`);
  out(`${title('What the line held back')}${heldText(told, io)}`);
  const note = `Shown here because this is the operator’s demo. In service only ${person} is told, after sign-in; a page, a mail or a till never is.`;
  out(io.style.dim(wrap(note, { width: io.width, indent: '  ' })));

  const trust = { vkey: engine.core.world.log.vkey, verifyEd25519 };
  out(title('The signed receipt, checked as an outsider would'));
  const promise = verifyReceipt({ ...receipt }, trust);
  out(steps(promise, trust.vkey, 'at once, the promise', io));
  const proof = await waitForProof(() => engine.proof(found));
  const included = proof === undefined ? undefined : verifyReceipt(proof, trust);
  if (included === undefined)
    out(
      wrap('The log has not grown yet: fetch the proof later with “fineline verify”.', {
        width: io.width,
        indent: '  ',
      }),
    );
  else out(steps(included, trust.vkey, 'after the next checkpoint, the proof', io));
  out(`${rule}\n`);
  const verified = [promise, included].flatMap((result) => (result?.ok === true ? [result.value.kind] : []));
  return { person, told, receipt, proof, verified };
}

function steps(
  result: ReturnType<typeof verifyReceipt>,
  vkey: string,
  when: string,
  { style, width }: Io,
): string {
  const head = `  ${when}\n`;
  if (!result.ok) return `${head}  ${style.red('✗')} ${verificationText(result.error)}\n`;
  const key = vkey.split('+').slice(0, 2).join('+');
  const lines = stepsOf(result.value, key).map((step) =>
    wrap(step, { width, indent: '      ', first: `    ${style.green('✓')} ` }),
  );
  return `${head}${lines.join('')}`;
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
