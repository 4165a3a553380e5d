// Goal: notes and checkpoints are those of C2SP. Method: the example that the specification publishes, then
// each way a note can be wrong.

import { describe, expect, it } from 'vitest';
import { logKey, verifyEd25519 } from '../../test/support/log-key.ts';
import { base64, hex, u32 } from '../kernel/bytes.ts';
import { checkpointText, parseCheckpointText, verifyCheckpoint } from './checkpoint.ts';
import { emptyRoot } from './merkle.ts';
import { formatVkey, isKeyName, openNote, parseNote, parseVkey, signNote } from './note.ts';

const SPEC_VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const SPEC_NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
const ours = logKey('town.example/log', 1);
const stranger = logKey('witness.example', 2);

/** Value of a result that must be there. */
function must<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const code = (result: { ok: boolean; error?: { code: string } }): string => result.error?.code ?? 'ok';
const open = (note: string, vkey = ours.vkey): string =>
  code(openNote(note, { key: must(parseVkey(vkey)), verifyEd25519 }));

describe('signed notes', () => {
  it('[W6] [W7] the published example verifies', () => {
    const key = must(parseVkey(SPEC_VKEY));
    expect(hex(u32(key.keyId))).toBe('530d903a');
    expect(formatVkey(key)).toBe(SPEC_VKEY);
    expect(must(openNote(SPEC_NOTE, { key, verifyEd25519 }))).toBe('This is an example message.\n');
  });

  it('[W6] an altered example does not', () => {
    expect(open(SPEC_NOTE.replace('example message', 'example massage'), SPEC_VKEY)).toBe('bad-signature');
    expect(open(SPEC_NOTE.replace('Uw2QOkn8', 'Uw2QOkn9'), SPEC_VKEY)).toBe('bad-signature');
    expect(open(SPEC_NOTE.replace('Uw2Q', 'Uw3Q'), SPEC_VKEY)).toBe('unsigned');
  });

  it('[W6] what is signed is opened, also with empty lines in the text', () => {
    const text = 'one\n\ntwo — and a dash\n\n';
    const note = signNote(text, [stranger.signer, ours.signer]);
    expect(must(openNote(note, { key: must(parseVkey(ours.vkey)), verifyEd25519 }))).toBe(text);
    expect(must(parseNote(note)).signatures.map((one) => one.name)).toEqual([
      'witness.example',
      'town.example/log',
    ]);
  });

  it('[W6] strangers are ignored; a bad signature in our name refuses the note', () => {
    const good = signNote('x\n', [ours.signer]);
    const bad = signNote('x\n', [{ ...ours.signer, sign: () => new Uint8Array(64) }]);
    const line = (note: string): string => note.slice(note.indexOf('—'));
    expect(open(signNote('x\n', [stranger.signer]))).toBe('unsigned');
    expect(open(good + line(signNote('y\n', [stranger.signer])))).toBe('ok');
    expect(open(good + line(bad))).toBe('bad-signature');
    expect(open(`x\n\n${line(bad)}${line(good)}`)).toBe('bad-signature');
    expect(open(good.replace('town.example/log', 'town.example/lag'))).toBe('unsigned');
  });

  it('[W6] 16 foreign signatures of 5 kB are accepted, 65 lines are not looked at', () => {
    const foreign = `— pq.example ${base64(new Uint8Array(5000))}\n`;
    const note = signNote('x\n', [ours.signer]);
    expect(open(note + foreign.repeat(16))).toBe('ok');
    expect(open(note + foreign.repeat(64))).toBe('malformed');
  });

  it.each([
    ['', 'empty'],
    ['x\n', 'no signature'],
    ['x\n\n', 'no signature line'],
    ['x\n\n— a AAAAAA==', 'no newline at the end'],
    ['x\n\n— a AAAAAA==\n', 'no signature after the key id'],
    ['x\n\n- a AAAAAAA=\n', 'a hyphen for the dash'],
    ['x\n\n—  AAAAAAA=\n', 'no name'],
    ['x\n\n— a+b AAAAAAA=\n', 'a plus in the name'],
    ['x\n\n— a AAAAAAA= \n', 'a space at the end'],
    ['x\n\n— a AAAAAAB=\n', 'loose base64'],
    ['x\r\n\n— a AAAAAAA=\n', 'a carriage return'],
    ['x\t\n\n— a AAAAAAA=\n', 'a tab'],
    ['\ud800\n\n— a AAAAAAA=\n', 'half a surrogate pair'],
    ['x'.repeat(600_000), 'too long'],
  ])('[W6] note %#: %j is refused (%s)', (note) => {
    expect(code(parseNote(note))).toBe('malformed');
  });

  it('[W7] a vkey with another name, key, id or type is refused', () => {
    const other = logKey('town.example/log', 3).vkey;
    const id = ours.vkey.split('+')[1]!;
    for (const vkey of [
      ours.vkey.replace('town', 'down'),
      ours.vkey.replace(
        id,
        id.replace(/./, (digit) => (digit === '0' ? '1' : '0')),
      ),
      `${ours.vkey.slice(0, ours.vkey.lastIndexOf('+'))}${other.slice(other.lastIndexOf('+'))}`,
      ours.vkey.slice(0, -4),
      `${ours.vkey}=`,
      ours.vkey.replaceAll('+', ' '),
      '',
      `${'a'.repeat(600)}+00000000+AQ==`,
    ]) {
      expect(code(parseVkey(vkey))).toBe('malformed');
    }
    expect(code(parseVkey('a+00000000+BAAA'))).toBe('unsupported-key');
    expect([
      isKeyName('a b'),
      isKeyName('a+b'),
      isKeyName(''),
      isKeyName('a\u00a0b'),
      isKeyName('ä'),
    ]).toEqual([false, false, false, false, true]);
  });
});

describe('checkpoints', () => {
  const root = new Uint8Array(32).fill(9);
  const head = { origin: 'town.example/log', size: 20852163, root };

  it('[W8] are written and read', () => {
    const text = checkpointText(head);
    expect(text).toBe(`town.example/log\n20852163\n${base64(root)}\n`);
    expect(must(parseCheckpointText(text))).toEqual(head);
    expect(must(parseCheckpointText(`${text}extension\n`))).toEqual(head);
    expect(must(verifyCheckpoint(signNote(text, [ours.signer]), { vkey: ours.vkey, verifyEd25519 }))).toEqual(
      head,
    );
  });

  it.each([
    ['o\n1\n', 'two lines'],
    [`o\n01\n${base64(root)}\n`, 'a leading zero'],
    [`o\n+1\n${base64(root)}\n`, 'a sign'],
    [`o\n1.0\n${base64(root)}\n`, 'a fraction'],
    [`o\n9007199254740992\n${base64(root)}\n`, '2^53'],
    [`o\n99999999999999999999\n${base64(root)}\n`, 'more than 2^64'],
    [`\n1\n${base64(root)}\n`, 'no origin'],
    [`o\n1\n${base64(root)}`, 'no newline'],
    [`o\n1\n${base64(root)}\n\nx\n`, 'an empty line'],
    [`o\n1\n${base64(root.slice(1))}\n`, '31 bytes'],
    [`o\n1\n${base64(root).replace('=', '')}\n`, 'no padding'],
    [`o\n0\n${base64(root)}\n`, 'a root without leaves'],
  ])('[W8] %j is refused (%s)', (text) => {
    expect(code(parseCheckpointText(text))).toBe('malformed');
  });

  it('[W8] another origin, another key, no key are refused', () => {
    const trust = { vkey: ours.vkey, verifyEd25519 };
    const other = signNote(checkpointText({ ...head, origin: 'city.example/log' }), [ours.signer]);
    expect(code(verifyCheckpoint(other, trust))).toBe('wrong-origin');
    expect(code(verifyCheckpoint(signNote(checkpointText(head), [stranger.signer]), trust))).toBe('unsigned');
    expect(
      code(verifyCheckpoint(signNote(checkpointText(head), [ours.signer]), { ...trust, vkey: 'x' })),
    ).toBe('malformed');
    expect(must(parseCheckpointText(checkpointText({ ...head, size: 0, root: emptyRoot() }))).size).toBe(0);
  });
});
