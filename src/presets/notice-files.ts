// Texts of notices that stand in files beside the settings. What a file holds takes the place of its name, so
// that whoever reads the settings sees texts alone.

import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Fault } from '../kernel/fault.ts';
import { LIMITS } from '../kernel/limits.ts';

/** Four bytes to a character are the most that UTF-8 needs. */
const FILE_BYTES_MAX = 4 * LIMITS.noticeLengthMax;

/**
 * The parsed settings with each `{ file: NAME }` among the texts of notices replaced by what is in it. NAME
 * is taken from the folder of the settings. Fault `bad-settings` for a file that cannot be read or is far too
 * long.
 */
export function withNoticeFiles(value: unknown, settingsFile: string): unknown {
  const settings = recordOf(value);
  const notices = settings?.['notices'];
  if (settings === undefined || !Array.isArray(notices)) return value;
  const folder = dirname(resolve(settingsFile));
  return { ...settings, notices: notices.map((notice: unknown) => withTexts(notice, folder)) };
}

function withTexts(value: unknown, folder: string): unknown {
  const notice = recordOf(value);
  const texts = recordOf(notice?.['texts']);
  if (notice === undefined || texts === undefined) return value;
  const read = Object.entries(texts).map(([language, text]) => {
    const file = recordOf(text)?.['file'];
    return [language, typeof file === 'string' ? readNoticeFile(resolve(folder, file)) : text] as const;
  });
  return { ...notice, texts: Object.fromEntries(read) };
}

/** Text of a file in UTF-8, with line breaks of one kind and without a byte order mark. */
export function readNoticeFile(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > FILE_BYTES_MAX) {
      const message = `${file}: ${size} bytes; a notice has at most ${FILE_BYTES_MAX}. Say less.`;
      throw new Fault('bad-settings', message, { retry: 'never' });
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    return text.replaceAll('\r\n', '\n');
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    const message = `${file}: the text of a notice cannot be read; a file in UTF-8 is expected there.`;
    throw new Fault('bad-settings', message, { retry: 'never', cause });
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, unknown>>;
}
