// The code in a Markdown page: spans in backticks, and statements in fences that a shell would run. What a
// fence of another language shows (an answer, a picture of a terminal) is no promise that it can be typed.

import type { SourceFile } from './tree.ts';

export interface Code {
  /** A span without its backticks, or one statement of a shell with its continued lines joined. */
  readonly text: string;
  readonly kind: 'span' | 'statement';
  readonly line: number;
}

const SHELL = /^(?:sh|bash|console)$/;

/** All code of a page, in its order. */
export function codeOf(page: SourceFile): readonly Code[] {
  const code: Code[] = [];
  let fence: { readonly mark: string; readonly isShell: boolean } | undefined;
  let open: { text: string; readonly line: number } | undefined;
  for (const [index, text] of page.text.split('\n').entries()) {
    const line = index + 1;
    const [, mark, language = ''] = /^\s*(```+|~~~+)\s*(\S*)/.exec(text) ?? [];
    if (fence === undefined && mark !== undefined) fence = { mark, isShell: SHELL.test(language) };
    else if (fence === undefined) code.push(...spansOf(text, line));
    else if (mark?.startsWith(fence.mark) === true) fence = undefined;
    else if (fence.isShell) {
      open = { text: `${open?.text ?? ''}${text.replace(/\\$/, ' ')}`, line: open?.line ?? line };
      if (text.endsWith('\\')) continue;
      code.push({ ...open, text: withoutRemark(open.text), kind: 'statement' });
      open = undefined;
    }
  }
  return code;
}

function spansOf(text: string, line: number): readonly Code[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => ({ text: match[1] ?? '', kind: 'span', line }));
}

function withoutRemark(statement: string): string {
  return statement.replace(/(?:^|\s)#.*$/, '');
}
