// The witness log of a cluster lies in one home, and only there: whoever made it first. Other nodes hand
// their leaves over through the store, sign promises with the same key, and say where the log is.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../kernel/fault.ts';
import { equalBytes, utf8, utf8Text } from '../kernel/bytes.ts';
import type { DocumentStore, WitnessLog } from '../engine/ports.ts';
import type { Paths } from './paths.ts';

const HOME = { kind: 'log', id: 'home' } as const;
/** Key of the log, as its checkpoints name it. */
const VKEY_POINTER = 'log/vkey';
/** In HOME/log, beside the log itself. */
const MARK_FILE = 'home.id';

/** Whether the log of these databases lies in this home; a home may claim it as long as nobody has. */
export async function hasLog(documents: DocumentStore, paths: Paths): Promise<boolean> {
  const known = await documents.get(HOME.kind, HOME.id);
  const own = readMark(paths);
  if (known !== undefined) return own !== undefined && equalBytes(utf8(own), known);
  const mark = own ?? makeMark(paths);
  try {
    await documents.put(HOME.kind, HOME.id, utf8(mark), 0);
    return true;
  } catch {
    // Somebody else was first; or the store failed, and then nobody knows.
    const now = await documents.get(HOME.kind, HOME.id);
    return now !== undefined && utf8Text(now) === mark;
  }
}

const fileOf = ({ log }: Paths): string => join(log, MARK_FILE);

function readMark(paths: Paths): string | undefined {
  return existsSync(fileOf(paths)) ? readFileSync(fileOf(paths), 'utf8').trim() : undefined;
}

function makeMark(paths: Paths): string {
  const mark = randomBytes(16).toString('hex');
  mkdirSync(paths.log, { recursive: true });
  writeFileSync(fileOf(paths), `${mark}\n`);
  return mark;
}

/** Notes under which key the log is signed, for the nodes that have to sign with the same. */
export async function noteLogKey(documents: DocumentStore, { vkey }: WitnessLog): Promise<void> {
  if ((await documents.pointer(VKEY_POINTER)) !== vkey) await documents.point(VKEY_POINTER, vkey);
}

/** Fault `no-log-key`: a node that promises for a log signs with its key, and makes none of its own. */
export function assertLogKey({ keys }: Paths): void {
  if (existsSync(join(keys, 'log.key'))) return;
  const message = `${keys} has no log.key: copy that of the node that keeps the log (docs/operations.md)`;
  throw new Fault('no-log-key', message, { retry: 'never' });
}

/** The log of another home. Fault `no-log` before there is one. */
export async function logElsewhere(documents: DocumentStore, origin: string): Promise<WitnessLog> {
  const vkey = await documents.pointer(VKEY_POINTER);
  if (vkey === undefined) {
    const message = 'no node has opened the log yet: start one with the role log first';
    throw new Fault('no-log', message, { retry: 'later' });
  }
  const elsewhere = (): Promise<never> => {
    const message = 'The log lies with another node. Ask the one that was started with the role log.';
    return Promise.reject(new Fault('elsewhere', message, { retry: 'later' }));
  };
  return {
    origin,
    vkey,
    submit: elsewhere,
    integrate: elsewhere,
    checkpoint: elsewhere,
    inclusion: elsewhere,
    consistency: elsewhere,
    read: elsewhere,
    close: () => Promise.resolve(),
  };
}
