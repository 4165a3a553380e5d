// `fineline policy proxies`: which ordinary things betray a sensitive leaf, and are held back like it.

import type { ShadowTold } from '../../../engine/shadow-told.ts';
import { homeOf } from '../args.ts';
import { type Args, jsonLine } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { openDesk } from '../home/open-desk.ts';
import type { Io } from '../io.ts';
import { count, counted, cut, padEnd, padStart, wrap } from '../layout.ts';

export async function tellProxies(args: Args, io: Io): Promise<ExitCode> {
  const desk = await openDesk(homeOf(args), io.env);
  try {
    const told = await desk.proxies();
    io.out(args.json ? jsonLine(told) : proxiesText(told, io));
    return EXIT.ok;
  } finally {
    await desk.close();
  }
}

const WHY_NONE: Readonly<Record<Exclude<ShadowTold['state'], 'in-force'>, string>> = {
  'not-asked': 'The policy names no leaf under “proxies”, so nothing is looked for.',
  waiting:
    'Nothing is held back yet: too few people allowed “guard” (volunteersMin in the policy), or no thing ' +
    'of a sensitive class stands below the paths that the policy names.',
  unreadable: 'What was found cannot be read any more. Nothing is shown to anybody until it was found anew.',
};

function proxiesText(told: ShadowTold, io: Io): string {
  const { width, style } = io;
  if (told.state !== 'in-force') return wrap(WHY_NONE[told.state], { width });
  const { proxies, volunteers = 0, since = '', unknown, unjudged, erased } = told;
  const head =
    `Found on ${since.slice(0, 10)} from ${count(volunteers)} people or a few more who allowed “guard”: ` +
    `${counted(proxies.length, 'thing')}. Nobody is shown them where the class is not shown.`;
  const titleWidth = Math.min(34, Math.max(12, ...proxies.map(({ title, item }) => (title ?? item).length)));
  const rows = proxies.map(({ item, title, leaf, t, lift }) => {
    const row =
      `  ${padEnd(cut(title ?? item, titleWidth), titleWidth)}  ${padStart(t.toFixed(1), 5)}` +
      `  ${padStart(`×${lift.toFixed(1)}`, 6)}  `;
    return `${row}${cut(leaf, Math.max(8, width - titleWidth - 19))}\n`;
  });
  const names = `  ${padEnd('thing', titleWidth)}  ${padStart('t', 5)}  ${padStart('lift', 6)}  goes with\n`;
  const tail = [
    't: standard errors by which those who buy from that leaf differ from others as active as they.',
    `${counted(unknown, 'thing')} of the catalogue that nobody can judge: not shown either.`,
    ...(erased.length === 0 ? [] : [`Taken out of the model as well (erase): ${erased.join(', ')}.`]),
    ...(unjudged.length === 0 ? [] : [`Too few members to be judged: ${unjudged.join(', ')}.`]),
  ];
  return [
    wrap(head, { width }),
    `\n${style.bold(names)}`,
    ...rows,
    '\n',
    ...tail.map((text) => wrap(text, { width })),
  ].join('');
}
