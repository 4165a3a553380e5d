// Text of a file in pieces, plain or gzip (told by its first two bytes, RFC 1952, not by its name). Whatever
// is wrong with the file becomes a fault that says what to do.

import { type FileHandle, open } from 'node:fs/promises';
import { type Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Fault, isFault } from '../../../kernel/fault.ts';

const PIECE_BYTES = 256 * 1024;

/**
 * Faults: `no-file`, `bad-file` (damaged, a folder), `cannot-open`. Bytes that are no UTF-8 become U+FFFD.
 * `onRead` hears how many bytes of the file have been read.
 */
export async function* textPieces(file: string, onRead?: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  try {
    const handle = await open(file, 'r');
    const zipped = await isGzip(handle);
    const source = handle.createReadStream({ start: 0, highWaterMark: PIECE_BYTES });
    for await (const piece of zipped ? unzipped(source) : source) {
      onRead?.(source.bytesRead);
      // Without an encoding a stream gives bytes.
      yield decoder.decode(piece as Uint8Array, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw fileFault(file, error);
  }
}

async function isGzip(handle: FileHandle): Promise<boolean> {
  const head = new Uint8Array(2);
  const { bytesRead } = await handle.read(head, 0, 2, 0);
  return bytesRead === 2 && head[0] === 0x1f && head[1] === 0x8b;
}

function unzipped(source: Readable): AsyncIterable<Uint8Array> {
  const unzip = createGunzip({ chunkSize: PIECE_BYTES });
  // A failure of either destroys both, and comes out of the iteration.
  pipeline(source, unzip, () => undefined);
  return unzip;
}

function fileFault(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || isFault(error) || !('code' in error)) return error;
  const code = String(error.code);
  if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new Fault(
      'bad-file',
      `${file}: the compressed data are damaged or cut off. Fetch the file again.`,
      {
        retry: 'never',
        cause: error,
      },
    );
  }
  if (code === 'ENOENT') {
    return new Fault('no-file', `${file}: there is no such file. Check the path.`, {
      retry: 'never',
      cause: error,
    });
  }
  if (code === 'EISDIR')
    return new Fault('bad-file', `${file}: a folder, not a file.`, { retry: 'never', cause: error });
  return new Fault('cannot-open', `${file}: cannot be read (${code}). Check its permissions.`, {
    retry: 'never',
    cause: error,
  });
}
