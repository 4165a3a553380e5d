// What a failure of a file that the command itself names means.

import { Fault } from '../../kernel/fault.ts';

const MEANINGS: Readonly<Record<string, readonly [code: string, advice: string]>> = {
  ENOENT: ['no-file', 'there is no such file or folder. Check the path.'],
  EISDIR: ['bad-file', 'is a folder. Name a file.'],
  ENOTDIR: ['bad-file', 'part of this path is no folder. Check it.'],
  EACCES: ['read-only', 'may not be read or written by you. Check its permissions.'],
  EPERM: ['read-only', 'may not be read or written by you. Check its permissions.'],
  EROFS: ['read-only', 'lies on a disk that cannot be written. Choose another place.'],
  ENOSPC: ['disk-full', 'the disk is full. Free some space, then try again.'],
  EDQUOT: ['disk-full', 'your share of the disk is full. Free some space, then try again.'],
};

/** The fault behind a file system error, or the error itself when it is something else. */
export function fileFault(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Fault || !('code' in error)) return error;
  const meaning = MEANINGS[String(error.code)];
  if (meaning === undefined) return error;
  const [code, advice] = meaning;
  return new Fault(code, `${file}: ${advice}`, {
    retry: code === 'disk-full' ? 'later' : 'never',
    cause: error,
  });
}

/** The same for an error that reached the top, with the path it names itself. */
export function systemFault(error: unknown): unknown {
  const path =
    error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  return path === undefined ? error : fileFault(path, error);
}
