// The answer of POST /v1/decide as text, put together from parts: the signed note is the same for everybody
// in a micro-batch and is written once; the rest is ASCII in nearly every shop, and one-byte text is what V8
// and the socket handle at a third of the cost.

import type { Slot, Told } from '../../engine/intake.ts';
import type { PromiseReceipt } from '../../facts/receipt.ts';

const NOT_ASCII = /[\u0080-\uffff]/g;

/** JSON in ASCII, everything else as \uXXXX. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value);
  NOT_ASCII.lastIndex = 0;
  if (!NOT_ASCII.test(text)) return text;
  return text.replace(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Letters that `String.fromCharCode` takes at once: arguments live on the stack. */
const LETTERS_AT_ONCE = 4096;

/**
 * The same ASCII text, one byte a letter. What V8 made of two-byte text stays two-byte, and so does all that
 * it is put into: one dash in a signed note made 2.6 KB of answer cost twice to join, measure and send.
 */
function narrow(ascii: string): string {
  let text = '';
  for (let from = 0; from < ascii.length; from += LETTERS_AT_ONCE) {
    const codes = Array.from(ascii.slice(from, from + LETTERS_AT_ONCE), (letter) => letter.charCodeAt(0));
    text += String.fromCharCode(...codes);
  }
  return text;
}

let lastNote = '';
let lastNoteText = '""';

function noteText(note: string): string {
  if (note !== lastNote) {
    lastNoteText = narrow(asciiJson(note));
    lastNote = note;
  }
  return lastNoteText;
}

function itemsText(items: Slot['items']): string {
  let text = '';
  for (const { item, score, reasons } of items) {
    text += `${text === '' ? '' : ','}{"item":${nameText(item)},"score":${score},"reasons":[`;
    let comma = '';
    for (const { reason, value } of reasons) {
      text += `${comma}${(reason.text ??= reasonText(reason))}${value}}`;
      comma = ',';
    }
    text += ']}';
  }
  return text;
}

/** Up to the value, which is all that changes from one decision to the next. */
function reasonText({ kind, did, item }: Told['reason']): string {
  const what = did === undefined ? '' : `,"did":${nameText(did)}`;
  const thing = item === undefined ? '' : `,"item":${nameText(item)}`;
  return `{"kind":"${kind}"${what}${thing},"value":`;
}

/** Base64 has nothing to escape. */
function pathText(path: readonly string[]): string {
  return path.length === 0 ? '[]' : `["${path.join('","')}"]`;
}

/** Names of things in JSON. A shop has few of them and says them often. */
const nameTexts = new Map<string, string>();
const NAMES_KEPT_MAX = 100_000;

function nameText(name: string): string {
  let text = nameTexts.get(name);
  if (text !== undefined) return text;
  text = narrow(asciiJson(name));
  if (nameTexts.size >= NAMES_KEPT_MAX) nameTexts.clear();
  nameTexts.set(name, text);
  return text;
}

/**
 * The same text as `asciiJson({ ...slot, items: slot.items.map(plainItem), receipt })`; a test holds the two
 * together.
 */
export function decisionText({ decision, items, nothing, subject }: Slot, receipt: PromiseReceipt): string {
  const empty = nothing === undefined ? '' : `,"nothing":${JSON.stringify(nothing)}`;
  const above = subject === undefined ? '' : `,"subject":${narrow(asciiJson(subject))}`;
  return (
    `{"decision":"${decision}","items":[${itemsText(items)}]${empty}${above},"receipt":{"v":${receipt.v}` +
    `,"kind":"${receipt.kind}","commitment":"${receipt.commitment}","index":${receipt.index}` +
    `,"path":${pathText(receipt.path)},"note":${noteText(receipt.note)}}}`
  );
}
