// `fineline policy simulate`: what another policy would have done to the newest decisions of the home.
// Counts alone, and none that stands for fewer than twenty people.

import { problemsOfAudiences } from '../../../engine/audiences-told.ts';
import { SIMULATED_MAX } from '../../../engine/simulating.ts';
import type { Change, Figure, Simulated } from '../../../engine/simulation.ts';
import type { Problem } from '../../../facts/parse.ts';
import { Fault } from '../../../kernel/fault.ts';
import { LIMITS } from '../../../kernel/limits.ts';
import { homeOf } from '../args.ts';
import { type Args, jsonLine } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { openHome } from '../home/direct-desk.ts';
import { assertHome } from '../home/open-desk.ts';
import { liveServer } from '../home/server-file.ts';
import type { Io } from '../io.ts';
import { count, padEnd, padStart, wrap } from '../layout.ts';
import { policyGiven } from './given.ts';

export async function simulate(args: Args, io: Io, file: string): Promise<ExitCode> {
  const home = homeOf(args);
  const { policy } = policyGiven(file);
  assertHome(home);
  const server = await liveServer(home);
  if (server !== undefined) {
    const who = `A server (process ${server.pid}) runs at ${server.address}`;
    throw new Fault('home-in-use', `${who}: stop it to simulate.`, { retry: 'later' });
  }
  const embedded = await openHome(home, io.env);
  try {
    const simulated = await embedded.engine.simulate(policy);
    const telling = problemsOfAudiences(embedded.engine.core, policy);
    if (args.json) io.out(jsonLine({ version: policy.version, ...simulated, telling }));
    else io.out(`${simulatedText(simulated, io)}${tellingText(telling, io)}`);
    return EXIT.ok;
  } finally {
    await embedded.close();
  }
}

/** By the catalogue and the list of proxies as they are now: nobody would be in these audiences. */
function tellingText(telling: readonly Problem[], { width, style }: Io): string {
  if (telling.length === 0) return '';
  const rows = telling.map(({ field, expected, remedy }) =>
    wrap(`${field}: expected ${expected}. ${remedy}`, { width, indent: '    ', first: '  - ' }),
  );
  return `\n${style.bold('Nobody would be in an audience that tells')}\n${rows.join('')}`;
}

function simulatedText(simulated: Simulated, io: Io): string {
  const { decisions, compared, notKept, otherPurpose, changedLists, noSlot, held, nothing } = simulated;
  const { width, style } = io;
  const out = [
    wrap(
      `Of the newest ${count(SIMULATED_MAX)} decisions at most: ${figure(decisions)} looked at, ` +
        `${figure(compared)} decided again both ways.`,
      { width },
    ),
    `  ${padStart(figure(changedLists), 8)}  lists would be others\n`,
  ];
  if (isSaid(noSlot)) out.push(`  ${padStart(figure(noSlot), 8)}  would not have been asked: no such slot\n`);
  if (isSaid(otherPurpose))
    out.push(`  ${padStart(figure(otherPurpose), 8)}  not compared: their slot has another purpose\n`);
  if (isSaid(notKept))
    out.push(`  ${padStart(figure(notKept), 8)}  not compared: model or policy of then are gone\n`);
  out.push(
    ...table('Things held back', held, style.bold),
    ...table('Answers with nothing', nothing, style.bold),
  );
  if (simulated.cannotShow.length > 0) out.push(`\n${style.bold('What the records cannot show')}\n`);
  for (const text of simulated.cannotShow) out.push(wrap(text, { width, indent: '    ', first: '  - ' }));
  const few =
    `few: none, or not surely ${LIMITS.peopleOutsideMin} people. Counts are rough, to within ` +
    `${LIMITS.peopleOutsideMin}, and drawn anew each time. ` +
    'Lists shown before are taken as they were. Looked at are people who let it be measured.';
  return [...out, '\n', wrap(few, { width })].join('');
}

function table(
  title: string,
  rows: readonly Change<string>[],
  bold: (text: string) => string,
): readonly string[] {
  if (rows.length === 0) return [`\n${bold(title)}\n  as before, or of few\n`];
  const lines = rows.map(
    ({ name, more, less }) =>
      `  ${padEnd(name, 18)}${padStart(figure(more), 8)} more  ${padStart(figure(less), 8)} less\n`,
  );
  return [`\n${bold(title)}\n`, ...lines];
}

const isSaid = (value: Figure): boolean => value !== 'few' && value > 0;

function figure(value: Figure): string {
  return value === 'few' ? 'few' : count(value);
}
