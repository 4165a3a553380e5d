// `fineline notice`: can people read it, and what does a home show them?

import { noticeLines, readingOf } from '../../../engine/notices-told.ts';
import { pathsOf } from '../../../presets/paths.ts';
import { readNoticeFile } from '../../../presets/notice-files.ts';
import { lookUpSettings } from '../../../presets/settings-file.ts';
import { homeOf } from '../args.ts';
import { type Args, type Command, HOME_FLAG, JSON_FLAG, jsonLine, usage } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { wrap } from '../layout.ts';
import { nearest } from '../nearest.ts';

const WORDS = ['check', 'show'];

export const notice: Command = {
  name: 'notice',
  about: 'measure whether people can read a consent notice, or show those of a home',
  usage: 'check FILE --language TAG | show [ID]',
  words: [1, 2],
  flags: [
    { name: 'language', value: 'TAG', about: 'language of the text: en, de, it, tr, he, ar or zh-Hant' },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'check prints each measure with its bound and the hardest sentences, and ends with 1 when a yes to ' +
      'this text would not count. Blank lines and list entries end a sentence.',
    'show prints the notices in the settings of a home, the standard one among them. How they are ' +
      'registered: docs/notices.md.',
  ],
  examples: [
    { line: 'fineline notice check privacy-7.de.txt --language de', about: 'before it is registered' },
    { line: 'fineline notice show notice-1', about: 'the standard notice in all its languages' },
  ],
  run: (args, io) => Promise.resolve(runNotice(args, io)),
};

function runNotice(args: Args, io: Io): ExitCode {
  const [word = '', named] = args.words;
  if (word === 'show') return show(args, io, named);
  if (word === 'check') return check(args, io, named);
  const close = nearest(word, WORDS);
  const hint = close === undefined ? `Say one of ${WORDS.join(', ')}.` : `Did you mean ${close}?`;
  throw usage(`there is no notice ${JSON.stringify(word)}. ${hint}`);
}

function check(args: Args, io: Io, file: string | undefined): ExitCode {
  const language = args.text('language');
  if (file === undefined || language === undefined)
    throw usage('check wants a file and its language: fineline notice check FILE --language de');
  const reading = readingOf(readNoticeFile(file), language);
  if (args.json) io.out(jsonLine({ file, language, ...reading }));
  else {
    const { width, style } = io;
    const mark = (passed: boolean): string => (passed ? style.green('✓') : style.red('✗'));
    const rows = noticeLines(reading).map(({ passed, text }) =>
      wrap(text, { width, indent: '    ', first: passed === undefined ? '    ' : `  ${mark(passed)} ` }),
    );
    const verdict = reading.readable ? 'a yes to it counts.' : 'a yes to it would not count.';
    io.out(wrap(`${mark(reading.readable)} ${file} (${language}): ${verdict}`, { width }) + rows.join(''));
  }
  return reading.readable ? EXIT.ok : EXIT.refused;
}

function show(args: Args, io: Io, id: string | undefined): ExitCode {
  const { notices } = lookUpSettings(pathsOf(homeOf(args)));
  const shown = notices.filter((one) => id === undefined || one.id === id);
  if (shown.length === 0) {
    const known = notices.map((one) => one.id).join(', ');
    throw usage(`the settings have no notice ${JSON.stringify(id)}. There is ${known}.`);
  }
  if (args.json) io.out(jsonLine({ notices: shown.map((one) => ({ ...one })) }));
  else {
    for (const { id: name, version, texts, asks } of shown) {
      io.out(`${io.style.bold(`${name}, version ${version}`)}\n`);
      for (const { purposes, categories } of asks)
        io.out(wrap(`asks for ${purposes.join(', ')}: ${categories.join(', ')}`, { width: io.width }));
      for (const [language, text] of Object.entries(texts)) io.out(`\n${io.style.bold(language)}\n${text}\n`);
    }
  }
  return EXIT.ok;
}
