// Events on their way to the shop, over a network that loses, doubles and delays them. A sender that hears
// nothing sends again, with the same id. Choices that come with the town's lines are never doubled or delayed
// beyond the next word: whoever speaks waits for an answer first.

import { DATA_CATEGORIES } from '../../src/facts/category.ts';
import { type Taken, intake } from '../../src/engine/intake.ts';
import { GRANTABLE_PURPOSES } from '../../src/facts/purpose.ts';
import { isFault } from '../../src/kernel/fault.ts';
import { type Life, type Where, type Word, placeName, tells, toldFor } from './book.ts';
import type { SeenEvent } from './checker.ts';
import { draw } from './draw.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from './spans.ts';
import type { Stage } from './stage.ts';
import { ending } from './speaking.ts';

export interface Message {
  readonly json: string;
  readonly kind: string;
  readonly timeMs: number;
  readonly place: Where;
  readonly gpc: boolean;
}

const RETRIES_MAX = 3;

/** Through the network, which is not kind. */
export function send(stage: Stage, life: Life, message: Message): void {
  const { random, machine } = stage;
  const fate = random.below(100);
  const later = (ms: number): void =>
    machine.timeline.after(random.below(ms), () => arrive(stage, life, message, 0));
  if (fate < 2) return later(10 * MINUTE_MS);
  if (fate < 4) later(2 * DAY_MS);
  if (fate < 7) return later(30 * SECOND_MS);
  arrive(stage, life, message, 0);
}

function arrive(stage: Stage, life: Life, message: Message, tries: number): void {
  const { machine, random } = stage;
  const again = (): void => {
    if (tries >= RETRIES_MAX || random.below(4) === 0) return;
    machine.timeline.after(SECOND_MS + random.below(MINUTE_MS), () =>
      arrive(stage, life, message, tries + 1),
    );
  };
  const engine = machine.engine();
  if (engine === undefined) return again();
  const heard = noting(stage, life, message);
  const { place, gpc, kind } = message;
  const nowMs = machine.clockMs();
  const born = machine.life();
  intake(engine, JSON.parse(message.json), { place, signals: { gpc } })
    .then(
      (taken) => {
        stage.tell(
          `${kind} ${life.id} ${taken.accepted} ${taken.repeated} ${Object.keys(taken.refused).join()}`,
        );
        if (taken.problemsTotal > 0)
          stage.broke(new Error(`${message.json}: ${JSON.stringify(taken.problems)}`));
        const items = itemsOf(message.json);
        const event: SeenEvent = { kind, items, place, gpc, nowMs };
        stage.check((checker) => checker.taken?.(life, event, taken, stage.scene));
        if (taken.accepted + taken.repeated > 0) heard();
      },
      (error: unknown) => {
        stage.tell(`failed ${life.id} ${kind}`);
        if (!isFault(error)) stage.broke(error);
        again();
      },
    )
    .catch((error: unknown) => stage.broke(error));
  // A machine that dies meanwhile never answers.
  machine.timeline.after(20 * SECOND_MS, () => {
    if (machine.life() !== born) again();
  });
}

/** Writes down what is on its way; the answer makes it certain. */
function noting(stage: Stage, life: Life, { json, kind, timeMs }: Message): () => void {
  const items = itemsOf(json);
  for (const item of items) life.items.add(item);
  if (kind === 'purchase') for (const item of items) life.buys.add(item);
  if (kind === 'view') for (const item of items) life.looks.add(item);
  const { bought, born, home } = life;
  const year = /"birthYear":"?(\d{4})/.exec(json)?.[1];
  const country = /"country":"([A-Z]{2})"/.exec(json)?.[1];
  const region = /"region":"([A-Z]+)"/.exec(json)?.[1];
  const lives =
    country === undefined ? undefined : placeName({ country, ...(region === undefined ? {} : { region }) });
  if (kind === 'declare' && year !== undefined) tells(born, Number(year));
  if (kind === 'declare' && lives !== undefined) tells(home, lives);
  return () => {
    const nowMs = stage.machine.timeline.nowMs();
    if (kind === 'view') for (const item of items) life.views.set(item, life.views.get(item) ?? nowMs);
    if (kind === 'purchase') for (const item of items) bought.set(item, nowMs);
    if (kind === 'return') for (const item of items) bought.delete(item);
    if (kind === 'declare' && year !== undefined) toldFor(born, Number(year), timeMs);
    if (kind === 'declare' && lives !== undefined) toldFor(home, lives, timeMs);
  };
}

function itemsOf(json: string): readonly string[] {
  return [...json.matchAll(/"(?:item|item_id|product_id|likes|dislikes)":"([^"]+)"/g)].map(
    ([, item = '']) => item,
  );
}

/** A choice as a line of the town brings it: grants, and what Global Privacy Control ends. */
export function sendChoice(stage: Stage, life: Life, message: Message): void {
  const engine = stage.machine.engine();
  if (engine === undefined || life.speaking) return;
  // Our own town wrote the line (data/town/formats.ts).
  const line = JSON.parse(message.json) as {
    readonly grants: readonly {
      readonly category: string;
      readonly purpose: string;
      readonly state: string;
    }[];
    readonly place: Where;
    readonly gpc?: boolean;
  };
  const words: Word[] = line.grants.map(({ category, purpose, state }) => ({
    category,
    purpose,
    said: state === 'given' ? 'given' : 'no',
  }));
  const inCalifornia = placeName(line.place) === 'US-CA';
  const ended =
    line.gpc === true
      ? GRANTABLE_PURPOSES.filter((purpose) =>
          inCalifornia ? purpose !== 'guard' : ADVERTS.includes(purpose),
        )
      : [];
  const signal = ended.flatMap((purpose) =>
    DATA_CATEGORIES.map((category): Word => ({ category, purpose, said: 'no' })),
  );
  const parts = [words, signal].filter((part) => part.length > 0);
  if (!life.erased) {
    for (const part of parts) stage.book.speaks(life, part);
    stage.check((checker) => {
      for (const part of parts) checker.speaks?.(life, part);
      return undefined;
    });
  }
  life.speaking = true;
  const asked: Promise<Taken> = intake(engine, line, { place: message.place, signals: { gpc: message.gpc } });
  ending(stage, life, asked, ({ consents }) => {
    stage.tell(`choice ${life.id} ${consents}`);
    if (life.erased || consents < parts.length) return;
    for (const part of parts) {
      stage.book.heard(life, part, stage.machine.timeline.nowMs());
      stage.check((checker) => checker.said?.(life, part, undefined, stage.scene));
    }
  });
}

const ADVERTS: readonly string[] = ['advertise', 'contact'];

let serial = 0;

/** Ids of messages begin anew with each run, so that a run depends on its seed alone. */
export function resetIds(): void {
  serial = 0;
}

/** What somebody does on their own account, in Fineline's own format. */
export function act(stage: Stage, life: Life, { place, gpc }: Pick<Message, 'place' | 'gpc'>): Message {
  const { random, town, machine } = stage;
  serial += 1;
  const kind = draw(random, [
    'view',
    'view',
    'view',
    'click',
    'dismiss',
    'purchase',
    'purchase',
    'declare',
    'basket-add',
  ] as const);
  const timeMs = machine.clockMs() - random.below(MINUTE_MS);
  // A few things are everybody's, so that there is something to learn.
  const { id: item } =
    random.below(3) === 0 ? draw(random, town.items) : draw(random, town.items.slice(0, 30));
  const about = kind === 'declare' ? { traits: statement(stage, item) } : { lines: [{ item, quantity: 1 }] };
  const body = {
    kind,
    id: `s-${serial}`,
    person: life.id,
    source: 'town-web',
    time: new Date(timeMs).toISOString(),
    ...about,
  };
  return { json: JSON.stringify(body), kind, timeMs, place, gpc };
}

function statement({ random }: Stage, item: string): Readonly<Record<string, string | number>> {
  const drawn = random.below(8);
  if (drawn < 4) return random.below(2) === 0 ? { likes: item } : { dislikes: item };
  if (drawn < 6) return { birthYear: 2026 - draw(random, [11, 16, 17, 18, 30, 60]) };
  if (drawn === 6) return { language: 'de' };
  return draw(random, [{ country: 'DE' }, { country: 'BE' }, { country: 'US', region: 'CA' }]);
}
