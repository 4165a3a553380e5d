// The notices of this shop: kept as documents for good, their hashes in the log before anybody can say yes in
// front of them. So what people were shown can be proved later, and a text cannot be exchanged under its
// name.

import { canonicalJson } from '../kernel/canonical.ts';
import { equalBytes, utf8, utf8Text } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';
import { parseJson } from '../kernel/parse-json.ts';
import { type Notices, noticeProblems, noticesOf } from '../consent/notices.ts';
import type { ControllerId } from '../facts/ids.ts';
import type { Notice } from '../facts/notice.ts';
import { parseNotice } from '../facts/parse-notice.ts';
import { problemText } from '../facts/parse.ts';
import type { Source } from '../facts/source.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import type { World } from './ports.ts';

const KIND = 'notice';
/** Thirty languages of a minute each, three bytes to a character, and room. */
const DOCUMENT_BOUNDS = { bytesMax: 524_288, depthMax: 8 };

/** Canonical JSON of a notice: what is kept, hashed and shown. */
export function noticeText({ id, version, controller, texts, asks, partners }: Notice): string {
  return canonicalJson({
    v: 1,
    id,
    version,
    controller,
    texts: { ...texts },
    asks: asks.map(({ purposes, categories }) => ({ purposes: [...purposes], categories: [...categories] })),
    ...(partners === undefined ? {} : { partners: partners.map((partner) => ({ ...partner })) }),
  });
}

const nameOf = ({ id, version }: Notice): string => `${id}@${version}`;
const pointerOf = (id: string): string => `notice/${id}`;

/**
 * What a home held when it began to register notices: its people had said yes to names, and its sources named
 * notices that nobody kept. Both go on as they were; whatever is said or registered later does not.
 */
export interface Before {
  /** Yeses said before this may name no text. 0 in a home that has always registered notices. */
  readonly sinceMs: number;
  /** Sources of then, each with the notice that it named. */
  readonly sources: Readonly<Record<string, string>>;
}

const BEFORE = { kind: 'notices-before', id: 'home' } as const;

/** Read from the home; written at its first start with notices. Asked before anything else is written. */
export async function openBefore(world: World, sources: Iterable<Source>): Promise<Before> {
  const { documents, keys, clock } = world;
  const known = await documents.get(BEFORE.kind, BEFORE.id);
  if (known !== undefined) return JSON.parse(utf8Text(known)) as Before;
  // A home that has notices has begun with them: this word of it was lost, and nothing is let through for
  // that.
  const isNew = (await keys.counts()).people === 0 || (await documents.list(KIND)).length > 0;
  const nowMs = clock.nowMs();
  const before: Before = isNew
    ? { sinceMs: 0, sources: {} }
    : {
        sinceMs: nowMs,
        sources: Object.fromEntries([...sources].map(({ id, noticeId }) => [id, noticeId])),
      };
  await documents.put(BEFORE.kind, BEFORE.id, utf8(canonicalJson({ ...before })), nowMs);
  return before;
}

/** Notices registered before, as far as they can be read; one that cannot is not registered. */
export async function loadNotices(
  { documents }: World,
  { controller, sinceMs }: { readonly controller: ControllerId; readonly sinceMs: number },
): Promise<Notices> {
  const all: Notice[] = [];
  const versions = new Map<string, string>();
  for (const { id: name } of await documents.list(KIND)) {
    const bytes = await documents.get(KIND, name);
    const notice = bytes === undefined ? undefined : readNotice(bytes, controller);
    if (notice === undefined || nameOf(notice) !== name) continue;
    all.push(notice);
    const version = await documents.pointer(pointerOf(notice.id));
    if (version !== undefined) versions.set(notice.id, version);
  }
  return noticesOf({ all, versions, sinceMs });
}

/** Whether just this notice was registered before, in force or not. */
export async function isKept({ documents }: World, notice: Notice): Promise<boolean> {
  const known = await documents.get(KIND, nameOf(notice));
  return known !== undefined && equalBytes(known, utf8(noticeText(notice)));
}

function readNotice(bytes: Uint8Array, controller: ControllerId): Notice | undefined {
  const json = parseJson(utf8Text(bytes), DOCUMENT_BOUNDS);
  if (!json.ok || typeof json.value !== 'object' || json.value === null || Array.isArray(json.value))
    return undefined;
  const { v, controller: whose, ...fields } = json.value as Readonly<Record<string, unknown>>;
  const notice = parseNotice(fields, controller);
  return v === 1 && whose === controller && notice.ok ? notice.value : undefined;
}

/**
 * Registers a notice for good and puts it into force; resolves with all of them when it is durable. Fault
 * `notice-unreadable` says what nobody could read, `notice-changed` that another text stands under this id
 * and version. Nothing is registered then.
 */
export async function registerNotice(
  world: World,
  { notices, sinceMs }: { readonly notices: Notices; readonly sinceMs: number },
  notice: Notice,
): Promise<Notices> {
  assertReadable(notice);
  const { documents } = world;
  const name = nameOf(notice);
  const bytes = utf8(noticeText(notice));
  const known = await documents.get(KIND, name);
  if (known !== undefined && !equalBytes(known, bytes)) throw changed(notice);
  if (known === undefined) {
    // The leaf first: after a crash in between, what is not kept yet is handed over again, which is one leaf.
    await world.people.submit([documentLeafOf(world.crypto.sha256(bytes))]);
    await documents.put(KIND, name, bytes, world.clock.nowMs());
  }
  if ((await documents.pointer(pointerOf(notice.id))) !== notice.version)
    await documents.point(pointerOf(notice.id), notice.version);
  if (notices.inForce.get(notice.id)?.version === notice.version) return notices;
  const versions = new Map([...notices.inForce].map(([id, { version }]) => [id, version]));
  const others = notices.all.filter((one) => nameOf(one) !== name);
  return noticesOf({ all: [...others, notice], versions: versions.set(notice.id, notice.version), sinceMs });
}

function assertReadable(notice: Notice): void {
  const problems = noticeProblems(notice);
  if (problems.length === 0) return;
  const said = problems.map((one) => problemText(one)).join(' ');
  const message = `The notice ${nameOf(notice)} cannot carry a yes. ${said}`;
  throw new Fault('notice-unreadable', message, { retry: 'never' });
}

function changed(notice: Notice): Fault {
  const message =
    `The notice ${nameOf(notice)} is registered with another text or other questions, and people may have ` +
    'said yes to those. Give the new one a new version.';
  return new Fault('notice-changed', message, { retry: 'never' });
}
