// Lines sorted into buckets on disk, and read back bucket by bucket. They are about people, so nothing of
// them may outlive the import: the file has no name any more once it is open (POSIX `unlink`), so it goes
// with the process however that ends, and what then lies in free blocks is sealed under a key that was in
// memory alone (AES-256-GCM, one counter per piece).

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileFault } from '../file-fault.ts';

/** Text gathered per bucket before it is written: with 256 buckets 16 MB of memory. */
const PIECE_CHARS = 64 * 1024;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface Spill {
  /** `line` holds no line break. Fault `disk-full`, `read-only`. */
  put(bucket: number, line: string): void;
  /** Lines of a bucket in the order in which they were put; as often as wanted. */
  lines(bucket: number): Iterable<string>;
  close(): void;
}

interface Piece {
  readonly number: number;
  readonly at: number;
  readonly bytes: number;
}

/** Makes `dir` when it is missing. */
export function openSpill(dir: string, buckets: number): Spill {
  const file = join(dir, `spill-${process.pid}`);
  const descriptor = faulted(dir, () => {
    mkdirSync(dir, { recursive: true });
    const opened = openSync(file, 'wx+', 0o600);
    unlinkSync(file);
    return opened;
  });
  const key = randomBytes(32);
  const pieces = Array.from({ length: buckets }, (): Piece[] => []);
  const held = Array.from({ length: buckets }, () => '');
  let end = 0;
  let count = 0;

  function write(bucket: number): void {
    const nonce = nonceOf(count);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const sealed = Buffer.concat([cipher.update(held[bucket]!, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    faulted(dir, () => writeAll(descriptor, sealed, end));
    pieces[bucket]!.push({ number: count, at: end, bytes: sealed.length });
    held[bucket] = '';
    end += sealed.length;
    count += 1;
  }

  function read({ number, at, bytes }: Piece): string {
    const sealed = Buffer.allocUnsafe(bytes);
    for (let done = 0; done < bytes;) done += readSync(descriptor, sealed, done, bytes - done, at + done);
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number));
    decipher.setAuthTag(sealed.subarray(bytes - TAG_BYTES));
    const text = decipher.update(sealed.subarray(0, bytes - TAG_BYTES), undefined, 'utf8');
    return text + decipher.final('utf8');
  }

  return {
    put: (bucket, line) => {
      held[bucket] += `${line}\n`;
      if (held[bucket]!.length >= PIECE_CHARS) write(bucket);
    },
    *lines(bucket) {
      for (const piece of pieces[bucket]!) yield* linesIn(read(piece));
      yield* linesIn(held[bucket]!);
    },
    close: () => closeSync(descriptor),
  };
}

function* linesIn(text: string): Generator<string> {
  let at = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
    yield text.slice(at, end);
    at = end + 1;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(descriptor, bytes, done, bytes.length - done, at + done);
}

function nonceOf(number: number): Uint8Array {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUIntBE(number, NONCE_BYTES - 6, 6);
  return nonce;
}

function faulted<T>(dir: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fileFault(dir, error);
  }
}
