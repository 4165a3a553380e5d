// The log a receipt is checked against: a folder (the operator's, or anybody's copy) or an address. It gives
// the key, the newest signed head, and the proof that the receipt's head is the beginning of it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../kernel/fault.ts';
import {
  type Checkpoint,
  type LogTrust,
  SUCCESSIONS_PATH,
  askAhead,
  consistencyPath,
  readerOfTiles,
  tilePath,
  verifyCheckpoint,
} from '../../prove/verify.ts';
import { readVkey } from './home/vkey-file.ts';

export interface LogSource {
  /** In words. */
  readonly name: string;
  readonly vkey: string;
  /** How its keys followed each other; '' where it had one. */
  readonly successions: string;
  /** A static resource below the log's prefix; `undefined` when it is not there. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
}

const ANSWER_MS_MAX = 20_000;
/** A checkpoint has some 200 bytes, a tile 8 KB. */
const BYTES_MAX = 1 << 20;

/** Fault `no-file` when nothing is there, `no-answer` when an address does not answer. */
export async function openLogSource(place: string): Promise<LogSource> {
  if (/^https?:\/\//.test(place)) return remoteSource(place.replace(/\/+$/, '').replace(/\/checkpoint$/, ''));
  const found = readVkey(place);
  if (found === undefined) {
    throw new Fault(
      'no-file',
      `${place}: no log with a vkey file here. Give its public folder, its address, or the key with --vkey.`,
      { retry: 'never' },
    );
  }
  const read = (path: string): Promise<Uint8Array | undefined> => {
    const file = join(found.dir, path);
    return Promise.resolve(existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined);
  };
  const successions = textOf(await read(SUCCESSIONS_PATH));
  return { name: found.dir, vkey: found.vkey, successions, read };
}

async function remoteSource(address: string): Promise<LogSource> {
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    try {
      const answer = await fetch(`${address}/${path}`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
      const bytes = answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
      return bytes !== undefined && bytes.length <= BYTES_MAX ? bytes : undefined;
    } catch (cause) {
      throw new Fault('no-answer', `${address} does not answer. Check the address.`, {
        retry: 'later',
        cause,
      });
    }
  };
  const vkey = await read('vkey');
  if (vkey === undefined)
    throw new Fault(
      'no-file',
      `${address}/vkey: not there. Give the address of the log, or the key with --vkey.`,
      { retry: 'never' },
    );
  const successions = textOf(await read(SUCCESSIONS_PATH));
  return { name: address, vkey: textOf(vkey).trim(), successions, read };
}

function textOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}

/** The log's newest head, as signed. */
export async function newestHead(
  source: LogSource,
  trust: LogTrust,
): Promise<{ readonly note: string; readonly head: Checkpoint } | undefined> {
  const bytes = await source.read('checkpoint');
  if (bytes === undefined) return undefined;
  const note = new TextDecoder().decode(bytes);
  const head = verifyCheckpoint(note, trust);
  return head.ok ? { note, head: head.value } : undefined;
}

/** Consistency proof between two sizes, from the log's tiles. Fault `bad-file` when a tile is missing. */
export function proofBetween(source: LogSource, from: number, to: number): Promise<readonly Uint8Array[]> {
  type Tile = { readonly level: number; readonly index: number; readonly width: number };
  return askAhead({
    keyOf: ({ level, index, width }: Tile) => `${level}/${index}/${width}`,
    answer: async (tile: Tile): Promise<Uint8Array> => {
      // A partial tile may have grown full since.
      const bytes =
        (await source.read(tilePath(tile))) ?? (await source.read(tilePath({ ...tile, width: 256 })));
      if (bytes === undefined || bytes.length < tile.width * 32) {
        throw new Fault('bad-file', `${source.name}: the tile ${tilePath(tile)} is missing or too short.`, {
          retry: 'never',
        });
      }
      return bytes;
    },
    run: (ask: (tile: Tile) => Uint8Array) => consistencyPath({ from, to, read: readerOfTiles(to, ask) }),
  });
}
