// Links in Markdown lead somewhere: to a file or folder of the tree, and to a heading that exists. Addresses
// of the web are left alone: a check that needs the network fails for reasons that are not ours.

import path from 'node:path';
import type { Finding, SourceFile, TidyCheck, Tree } from './tree.ts';

const LINK = /\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const REFERENCE = /^\[[^\]]+\]:\s*(\S+)/g;
const ELSEWHERE = /^([a-z][a-z0-9+.-]*:|\/\/)/i;

export const links: TidyCheck = {
  name: 'links in Markdown lead somewhere',
  find: (tree) =>
    tree.files.filter((file) => file.path.endsWith('.md')).flatMap((file) => findIn(file, tree)),
};

function findIn(file: SourceFile, tree: Tree): readonly Finding[] {
  return proseLines(file.text).flatMap(({ text, line }) => {
    const targets = [...text.matchAll(LINK), ...text.matchAll(REFERENCE)].map((match) => match[1] ?? '');
    return targets.flatMap((target) => {
      const message = faultOf(target, file, tree);
      return message === undefined ? [] : [{ path: file.path, line, message }];
    });
  });
}

function faultOf(target: string, file: SourceFile, tree: Tree): string | undefined {
  if (ELSEWHERE.test(target)) return undefined;
  const [pathPart = '', anchor] = decodeURI(target).split('#');
  const from = pathPart.startsWith('/') ? '' : path.posix.dirname(file.path);
  const to = pathPart === '' ? file.path : path.posix.join(from, pathPart).replace(/^\/|\/$/g, '');
  if (!exists(to, tree))
    return `the link ${target} leads to ${to}, which does not exist; correct or remove it`;
  if (anchor === undefined || !to.endsWith('.md')) return undefined;
  const page = tree.files.find((one) => one.path === to);
  if (page === undefined || anchorsOf(page).has(anchor)) return undefined;
  return `the link ${target} names a heading that ${to} does not have`;
}

function exists(to: string, tree: Tree): boolean {
  if (to === '' || to === '.' || tree.paths.has(to)) return true;
  for (const known of tree.paths) if (known.startsWith(`${to}/`)) return true;
  return false;
}

/** Anchors as GitHub makes them: lower case, punctuation dropped, spaces to hyphens, repeats numbered. */
function anchorsOf(page: SourceFile): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const { text } of proseLines(page.text)) {
    const explicit = /<a (?:id|name)="([^"]+)"/.exec(text)?.[1];
    if (explicit !== undefined) anchors.add(explicit);
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(text)?.[1];
    if (heading === undefined) continue;
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The lines outside code fences, with code spans blanked. */
function proseLines(text: string): readonly { readonly text: string; readonly line: number }[] {
  let fence: string | undefined;
  return text.split('\n').flatMap((raw, index) => {
    const mark = /^\s*(```+|~~~+)/.exec(raw)?.[1];
    if (mark !== undefined) {
      if (fence === undefined) fence = mark;
      else if (mark.startsWith(fence)) fence = undefined;
      return [];
    }
    return fence === undefined ? [{ text: raw.replaceAll(/`[^`]*`/g, ''), line: index + 1 }] : [];
  });
}
