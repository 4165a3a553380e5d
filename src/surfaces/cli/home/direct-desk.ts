// The desk over an engine opened here, for homes without a running server.

import type { JsonObject } from '../../../kernel/canonical.ts';
import { Fault } from '../../../kernel/fault.ts';
import { parseConsentRequest, plainItem, slot } from '../../../engine/intake.ts';
import { learnedTold } from '../../../engine/learned-told.ts';
import type { ThingTold } from '../../../engine/review-told.ts';
import { CHANNELS } from '../../../facts/channel.ts';
import {
  type ItemId,
  parseDecisionId,
  parseItemId,
  parsePersonId,
  parseCampaignId,
  parsePlacementId,
  type PersonId,
} from '../../../facts/ids.ts';
import { parsePath } from '../../../facts/parse-things.ts';
import { type Parsed, type Problem, parseWord, problemText } from '../../../facts/parse.ts';
import { readQuestion } from '../../../facts/question.ts';
import type { KeptRelease } from '../../../facts/release.ts';
import { aboutIn } from '../../../facts/about.ts';
import { isRefusal } from '../../../facts/refusal.ts';
import { NO_SIGNALS } from '../../../facts/signals.ts';
import { type AsNode, openAsSet } from '../../../presets/cluster.ts';
import type { Embedded, EmbeddedOptions } from '../../../presets/embedded.ts';
import { usage } from '../command.ts';
import { toldOf } from '../show/told.ts';
import type { ConsentAsk, CopyAsk, DecideAsk, Desk, Slot } from './desk.ts';

export async function openDirect(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Desk> {
  return directDesk(await openHome(home, env));
}

export interface OpenOptions extends Pick<EmbeddedOptions, 'fast' | 'failed' | 'first' | 'traces'> {
  /**
   * Which node it is, where that is not left to the settings. Fault `bad-settings` where there is no cluster.
   */
  readonly asNode?: AsNode;
}

/** The preset that the settings name, with the master key from the environment, if it is there. */
export async function openHome(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
  { asNode, ...options }: OpenOptions = {},
): Promise<Embedded> {
  const masterKey = env['FINELINE_MASTER_KEY'];
  const secret = masterKey === undefined || masterKey === '' ? {} : { masterKey };
  return openAsSet({ home, ...secret, failed: (_what, error) => report(error), ...options }, asNode);
}

/** Background work that failed while a short command ran; it is tried again at the next start. */
function report(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

function directDesk(embedded: Embedded): Desk {
  const { engine } = embedded;
  return {
    via: 'directly',
    decide: (ask) => decideDirectly(embedded, ask),
    why: async (decision) =>
      toldOf(await engine.why(await findOf(embedded, decision)), engine.items(), { withHeld: false }),
    receipt: async (decision) => {
      const proof = await engine.proof(await findOf(embedded, decision));
      if (proof !== undefined) return proof;
      throw new Fault('not-found', 'The decision is not in the log yet: its period has not ended.', {
        retry: 'later',
      });
    },
    readConsent: async (person) => present(await engine.grants(personOf(person))),
    changeConsent: async (ask) => changeDirectly(embedded, ask),
    export: async (person) => present(await engine.export(personOf(person))),
    erase: async (person) => plain(present(await engine.erase(personOf(person)))),
    learn: async () => {
      // Everybody has to be counted first, or the model would be that of a part.
      await embedded.recovered;
      return learnedTold(engine.core, await engine.learn());
    },
    proxies: () => Promise.resolve(engine.proxies()),
    review: () => Promise.resolve(engine.review()),
    thing: async (item) => thingDirectly(embedded, item),
    releases: () => Promise.resolve(engine.releases()),
    publish: (fields) => publishDirectly(embedded, fields),
    copy: (ask) => Promise.resolve(copyDirectly(embedded, ask)),
    close: () => embedded.close(),
  };
}

export async function findOf({ engine }: Embedded, decision: string) {
  const id = parseDecisionId(decision);
  const found = id.ok ? await engine.find(id.value) : undefined;
  if (found !== undefined) return found;
  throw new Fault('not-found', 'There is no such decision (any more): records are kept for 30 days.', {
    retry: 'never',
  });
}

async function decideDirectly({ engine }: Embedded, ask: DecideAsk): Promise<Slot> {
  const placement = engine.core.policy.placements.find(({ id }) => id === ask.placement);
  const known = engine.core.policy.placements.map(({ id }) => id).join(', ');
  if (placement === undefined)
    throw usage(`--placement must be one of ${known}, not ${JSON.stringify(ask.placement)}`);
  const channel =
    ask.channel === undefined ? placement.channels[0] : given(parseWord(ask.channel, CHANNELS, '--channel'));
  if (channel === undefined) throw usage('--channel is needed: this placement names none');
  const context: ItemId[] = ask.items.map((item) => given(parseItemId(item, '--context')));
  const person = ask.person === undefined ? {} : { person: personOf(ask.person) };
  const campaign =
    ask.campaign === undefined ? {} : { campaign: given(parseCampaignId(ask.campaign, '--campaign')) };
  const within = ask.within === undefined ? {} : { within: given(parsePath(ask.within, '--within')) };
  const limit = Math.min(ask.limit ?? placement.itemsMax, placement.itemsMax);
  const id = given(parsePlacementId(ask.placement));
  const decided = await engine.decide({
    ...person,
    ...campaign,
    ...within,
    placement: id,
    channel,
    limit,
    context,
    signals: NO_SIGNALS,
  });
  if (typeof decided === 'string') {
    throw usage(`--channel must be one of ${placement.channels.join(', ')} for ${placement.id}`);
  }
  const receipt = await decided.receipt();
  const { items, ...told } = slot(decided.decision, decided.result);
  const titled = items.map((shown) => {
    const title = engine.items().get(shown.item)?.title;
    const item = plainItem(shown);
    return title === undefined ? item : { ...item, title };
  });
  return { ...told, items: titled, receipt };
}

async function changeDirectly(
  { engine }: Embedded,
  { person, grants, notice }: ConsentAsk,
): Promise<JsonObject> {
  const request = given(parseConsentRequest({ grants, notice, method: 'officer' }));
  // An officer keeps what a person said; only the person's own token brings back one who was erased.
  const kept = await engine.consent({ person: personOf(person), ...request, byPerson: false });
  if (kept === 'suppressed')
    throw new Fault('suppressed', 'This person was erased. Only they can open the door again.', {
      retry: 'never',
    });
  if (isRefusal(kept)) {
    const remedy = 'No yes was kept; every no was. docs/notices.md says how a notice is registered.';
    throw new Fault(kept.refused, `${kept.detail} ${remedy}`, { retry: 'never' });
  }
  return plain(kept);
}

async function thingDirectly({ engine }: Embedded, item: string): Promise<ThingTold> {
  const told = engine.thing(given(parseItemId(item, 'ITEM')));
  if (told !== undefined) return told;
  throw new Fault('not-found', 'The catalogue has no such thing.', { retry: 'never' });
}

async function publishDirectly({ engine }: Embedded, fields: object): Promise<KeptRelease> {
  const asked = readQuestion(fields);
  if (!asked.ok) throw usage(problemsText(asked.error));
  const published = await engine.publish(asked.value);
  if (published.kind === 'released') return published.kept;
  if (published.kind === 'invalid') throw usage(problemsText(published.problems));
  throw new Fault('refused', published.detail, { retry: 'never' });
}

function copyDirectly({ engine }: Embedded, { text, language }: CopyAsk): { readonly text: string } {
  const filled = engine.fillCopy(text, aboutIn(language));
  if (filled.ok) return { text: filled.value };
  throw usage(filled.error.map(({ place, reason }) => `${place}: ${reason}`).join(' '));
}

function problemsText(problems: readonly Problem[]): string {
  return problems.map((one) => problemText(one)).join(' ');
}

function personOf(text: string): PersonId {
  return given(parsePersonId(text));
}

function given<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw usage(problemText(parsed.error));
}

const ABSENT: Readonly<Record<string, string>> = {
  'no-such-person': 'Nobody of that name is known here.',
  erased: 'This person was erased.',
  'erased-before': 'This person was erased before.',
};

function present<T extends object>(answer: T | string): T {
  if (typeof answer !== 'string') return answer;
  throw new Fault('not-found', ABSENT[answer] ?? answer, { retry: 'never' });
}

/** The same as it would come over the wire. */
function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
