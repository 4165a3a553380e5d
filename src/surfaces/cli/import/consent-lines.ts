// Consent lines of a file. Each becomes one record of the person's chain, method `import`. An import that goes on after an
// interruption skips the records it wrote before; where the person has answered us directly, no imported yes counts any more.

import type { ConsentLine, Objection } from '../../../collect/collect.ts';
import type { ConsentChange } from '../../../engine/consenting.ts';
import type { Engine } from '../../../engine/engine.ts';
import { DATA_CATEGORIES } from '../../../facts/category.ts';
import type { GrantChange, NoticeRef } from '../../../facts/grant.ts';
import type { PersonId } from '../../../facts/ids.ts';
import type { Purpose } from '../../../facts/purpose.ts';
import { parseObject } from '../../../facts/parse.ts';
import { recordsOf } from './declare.ts';
import { type Tally, addRefused } from './tally.ts';

export interface ConsentImporter {
  /** In order. Durable when it resolves. */
  keep(lines: readonly ConsentLine[]): Promise<void>;
}

interface Standing {
  /** Records of this import written by an earlier run: as many lines are passed over. */
  skip: number;
  readonly hasOwnAnswer: boolean;
}

/** Lines that name no notice say no; a no needs none, a record does. */
const NO_NOTICE: NoticeRef = { id: 'none', language: 'und' };

export function createConsentImporter(engine: Engine, tally: Tally): ConsentImporter {
  const standings = new Map<PersonId, Standing>();

  async function standingOf(person: PersonId): Promise<Standing> {
    const known = standings.get(person);
    if (known !== undefined) return known;
    const records = await recordsOf(engine, person);
    const own = records > 0 ? await ownAnswers(engine, person) : 0;
    const standing: Standing = { skip: own > 0 ? 0 : Math.max(0, records), hasOwnAnswer: own > 0 };
    if (own > 0) tally.ownAnswers += 1;
    standings.set(person, standing);
    return standing;
  }

  return {
    keep: async (lines) => {
      const wanted: ConsentChange[] = [];
      for (const line of lines) {
        const standing = await standingOf(line.person);
        const said = changesOf(line).filter(({ state }) => !standing.hasOwnAnswer || state !== 'given');
        if (said.length === 0) continue;
        if (standing.skip > 0) {
          standing.skip -= 1;
          continue;
        }
        const notice = line.notice ?? NO_NOTICE;
        const change = {
          person: line.person,
          changes: said,
          notice,
          method: 'import',
          byPerson: false,
        } as const;
        wanted.push(line.place === undefined ? change : { ...change, place: line.place });
      }
      if (wanted.length === 0) return;
      const { kept, suppressed } = await engine.importConsents(wanted);
      tally.consents += kept;
      if (suppressed > 0) addRefused(tally, 'suppressed', suppressed);
    },
  };
}

/** What the line says; Global Privacy Control adds a no to advertising wherever the line itself said nothing. */
function changesOf(line: ConsentLine): readonly GrantChange[] {
  if (!line.signals.gpc) return line.changes;
  const said = new Set(
    line.changes.filter(({ purpose }) => purpose === 'advertise').map(({ category }) => category),
  );
  const noes = refusals(['advertise']).filter(({ category }) => !said.has(category));
  return [...line.changes, ...noes];
}

function refusals(purposes: readonly Purpose[]): readonly GrantChange[] {
  return purposes.flatMap((purpose) =>
    DATA_CATEGORIES.map((category) => ({ category, purpose, state: 'refused' as const })),
  );
}

/** An objection that travelled with an event, as the consent line it amounts to. */
export function lineOfObjection(objection: Objection, source: ConsentLine['source']): ConsentLine {
  const { person, purposes, timeMs } = objection;
  return { person, source, timeMs, changes: refusals(purposes), signals: { gpc: false } };
}

/** Records that came from the person and not from an import. */
async function ownAnswers(engine: Engine, person: PersonId): Promise<number> {
  const exported = await engine.export(person);
  if (typeof exported === 'string' || !Array.isArray(exported['journal'])) return 0;
  let own = 0;
  for (const entry of exported['journal'] as readonly unknown[]) {
    const fields = parseObject(entry, 'entry');
    if (!fields.ok || fields.value['kind'] !== 'consent') continue;
    const record = parseObject(fields.value['record'], 'record');
    if (!record.ok || record.value['method'] !== 'import') own += 1;
  }
  return own;
}
