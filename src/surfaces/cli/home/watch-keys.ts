// A running server takes up its keys anew: those that were made, and those that ended. It looks at the file
// once a second rather than waiting for a signal, which terminals, containers and some systems do not give.

import { statSync } from 'node:fs';
import { isFault } from '../../../kernel/fault.ts';
import { sha256 } from '../../../kernel/sha256.ts';
import { hex, utf8 } from '../../../kernel/bytes.ts';
import type { HashedKeys } from '../../http/keys.ts';
import type { Log } from '../../http/log.ts';
import { type KeptKeys, hashedAt, keyFileOf, readKeyFile } from './key-file.ts';
import { readServerFile, writeServerFile } from './server-file.ts';

const LOOK_MS = 1000;

export interface Watched {
  readonly paths: { readonly home: string; readonly keys: string };
  readonly use: (keys: HashedKeys) => void;
  readonly log: Log;
}

/**
 * Gives the server what opens something, at once and whenever it changes, until the answer is called. A file
 * that cannot be read opens nothing new; what it said before holds until its end.
 */
export function watchKeys({ paths, use, log }: Watched): () => void {
  let kept: KeptKeys | undefined;
  let seen = '';
  let used = '';
  let told = '';
  const read = (): void => {
    let stamp = 'unknown';
    try {
      stamp = stampOf(keyFileOf(paths));
      if (stamp === seen) return;
      kept = readKeyFile(paths) ?? kept;
      seen = stamp;
    } catch (error) {
      // Tried again with the next look, and told once.
      if (told !== stamp)
        log.error({ says: isFault(error) ? error.message : 'unknown' }, 'keys: those before stay');
      told = stamp;
    }
  };
  const look = (): void => {
    read();
    if (kept === undefined) return;
    const open = hashedAt(kept, Date.now());
    const version = keysVersion(open);
    if (version === used) return;
    use(open);
    if (used !== '') log.info({ keys: version }, 'keys in force');
    used = version;
    note(version);
  };
  /** For whoever waits for it; a disk that is full must not end the server. */
  const note = (version: string): void => {
    try {
      const server = readServerFile(paths.home);
      if (server !== undefined) writeServerFile(paths.home, { ...server, keys: version });
    } catch {
      log.error({ keys: version }, 'keys in force, but server.json could not be written');
    }
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Names what opens something; of hashes, so that it gives nothing away. */
export function keysVersion(open: HashedKeys): string {
  return hex(sha256(utf8(JSON.stringify(open)))).slice(0, 16);
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.ino} ${found.mtimeMs} ${found.size}`;
}
