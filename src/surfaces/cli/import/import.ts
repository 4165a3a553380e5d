// An import from beginning to end: plan, catalogue, events, order lines. The same way for `start --data` and
// `import`; they differ in what they declare and in where times are put.

import type { Engine } from '../../../engine/engine.ts';
import { type PersonId, type SourceId, parseSourceId } from '../../../facts/ids.ts';
import { Fault } from '../../../kernel/fault.ts';
import { createSample } from '../demo-person.ts';
import { importCatalogue } from './catalogue.ts';
import type { Input } from './inputs.ts';
import type { ImportOptions } from './options.ts';
import { importPart } from './part.ts';
import { textPieces } from './pieces.ts';
import { type Plan, beginPlan } from './plan.ts';
import { type Scanned, sayShift, scan, shiftOf } from './scan.ts';
import { channelOfName, registerClaim } from './sources.ts';
import { type Tally, createTally } from './tally.ts';

export interface Imported {
  readonly tally: Tally;
  readonly plan: Plan;
  /** Sources registered under the claim. */
  readonly sources: readonly SourceId[];
  /** A few of the people in the data, the same ones each time. */
  readonly people: readonly PersonId[];
  /** Strict reading ended at a bad line. */
  readonly stopped: boolean;
}

export interface NamedInputs {
  readonly id: string;
  readonly label: string;
  readonly inputs: readonly Input[];
}

/**
 * Reads everything twice: what is there, then in it goes. Idempotent, so an interrupted import is simply run
 * again.
 */
export async function importInputs(
  engine: Engine,
  { id, label, inputs }: NamedInputs,
  options: ImportOptions,
): Promise<Imported> {
  const { io, interrupt, howToGoOn } = options;
  const tally = createTally();
  const parts: Scanned[] = [];
  for (const input of inputs) {
    if (io.isLive) io.err(`\rReading ${input.name} …\u001b[K`);
    parts.push(await scan(engine, input, options));
    interrupt.check(howToGoOn);
  }
  if (io.isLive) io.err('\r\u001b[K');
  const startedMs = engine.core.world.clock.nowMs();
  const shiftsMs = Object.fromEntries(
    parts.map((part) => [part.input.name, shiftOf(part, options.shift, startedMs)]),
  );
  const plan = await beginPlan(engine, { id, label, startedMs, shiftsMs });
  for (const part of parts) sayShift(part, plan, options);
  const sources = await claimSources(engine, parts, options);
  const sample = createSample();
  let known: ReadonlySet<string> = new Set();
  for (const part of parts) {
    if (part.kind === 'catalogue') known = await importCatalogueOf(engine, part.input, { options, tally });
    else await importPart(engine, part, { options, tally, plan, known, sample });
    interrupt.check(howToGoOn);
  }
  return { tally, plan, sources, people: sample.people, stopped: options.strict && tally.badTotal > 0 };
}

function importCatalogueOf(
  engine: Engine,
  { file }: Input,
  { options, tally }: { readonly options: ImportOptions; readonly tally: Tally },
): Promise<ReadonlySet<string>> {
  const { currency } = options;
  const work = { pieces: textPieces(file), name: file, tally };
  return importCatalogue(engine, currency === undefined ? work : { ...work, currency });
}

/** Registers what the data need. Sources that stand in the settings are left as they are. */
async function claimSources(
  engine: Engine,
  parts: readonly Scanned[],
  { claim, adoptSources }: ImportOptions,
): Promise<readonly SourceId[]> {
  const registered = [await registerClaim(engine, { ...claim, id: claim.source, noticeId: claim.notice.id })];
  if (!adoptSources) return registered;
  for (const part of parts) {
    if (part.kind !== 'events') continue;
    for (const name of part.scan.sources) {
      const id = parseSourceId(name);
      if (!id.ok || engine.core.sources.has(id.value)) continue;
      const description = `${name}, as named in ${part.input.name}`;
      const noticeId = claim.notice.id;
      const made = { id: name, channel: channelOfName(name), basis: claim.basis, noticeId, description };
      registered.push(await registerClaim(engine, made));
    }
  }
  return registered;
}

/** Fault `bad-file` when nothing of the data could be used, for reasons that lie in the data. */
export function assertUseful(tally: Tally, label: string): void {
  if (tally.admitted + tally.repeated > 0) return;
  const [first] = tally.bad;
  if (tally.lines === 0) throw badFile(`${label}: there is not one line of data in it.`);
  if (first === undefined || tally.badTotal < tally.lines) return;
  const where = first.line > 0 ? `line ${first.line}: ` : '';
  throw badFile(`${label}: not one line could be used. First: ${where}${first.problem}`);
}

function badFile(message: string): Fault<'bad-file'> {
  return new Fault('bad-file', message, { retry: 'never' });
}
