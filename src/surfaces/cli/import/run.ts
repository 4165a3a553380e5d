// What `fineline import` does.

import { CHANNELS } from '../../../facts/channel.ts';
import { GRANTABLE_PURPOSES, type Purpose } from '../../../facts/purpose.ts';
import { BASES } from '../../../facts/source.ts';
import { Fault } from '../../../kernel/fault.ts';
import { homeOf } from '../args.ts';
import { type Args, jsonLine, usage } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { openHome } from '../home/direct-desk.ts';
import { liveServer } from '../home/server-file.ts';
import { assertUseful, importInputs } from './import.ts';
import type { Claim } from './options.ts';
import { inputsOf } from './inputs.ts';
import { finishPlan, planId } from './plan.ts';
import { listenForInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { wrap } from '../layout.ts';
import { nearest } from '../nearest.ts';
import { importText } from '../show/import-text.ts';
import { learnedText } from '../show/learned-text.ts';

export async function runImport(args: Args, io: Io): Promise<ExitCode> {
  const path = args.words[0] ?? '';
  const claim = claimOf(args);
  const inputs = inputsOf(path);
  const home = homeOf(args);
  const server = await liveServer(home);
  if (server !== undefined) {
    throw new Fault(
      'home-in-use',
      `A server (process ${server.pid}) runs on this home: stop it to import, or send to ` +
        `${server.address}/v1/events.`,
      { retry: 'later' },
    );
  }
  const interrupt = listenForInterrupt();
  interrupt.say(() => io.err('\nStopping after this batch …\n'));
  const embedded = await openHome(home, io.env);
  try {
    const beganMs = performance.now();
    const say = args.json ? () => undefined : (text: string) => io.out(wrap(text, { width: io.width }));
    const currency = args.text('currency');
    const imported = await importInputs(
      embedded.engine,
      { id: planId(path, inputs), label: path, inputs },
      {
        claim,
        ...(currency === undefined ? {} : { currency }),
        strict: args.has('strict'),
        shift: args.has('shift-to-now') ? 'always' : 'never',
        adoptSources: false,
        spillDir: embedded.paths.import,
        howToGoOn: 'Run the same command again to go on; what is in stays in.',
        interrupt,
        io,
        say,
      },
    );
    const importMs = performance.now() - beganMs;
    if (!args.json) io.out(importText(imported.tally, importMs, io));
    assertUseful(imported.tally, path);
    if (!imported.stopped) await finishPlan(embedded.engine, imported.plan);
    const learned = args.has('no-learn') ? undefined : await learnNow(embedded, io, args.json);
    const seconds = Number((importMs / 1000).toFixed(3));
    const { sources } = imported;
    if (args.json) io.out(jsonLine({ ...imported.tally, sources, seconds, model: learned ?? null }));
    return imported.stopped ? EXIT.refused : EXIT.ok;
  } finally {
    await embedded.close();
    interrupt.dispose();
  }
}

async function learnNow(
  { engine, recovered }: Awaited<ReturnType<typeof openHome>>,
  io: Io,
  isJson: boolean,
): Promise<string | undefined> {
  await recovered;
  const beganMs = performance.now();
  const model = await engine.learn();
  if (!isJson) io.out(learnedText(model, performance.now() - beganMs, io));
  return model?.id;
}

const PURPOSES_DEFAULT = 'recommend,improve,measure';

const WHY =
  'Data without a known origin and a basis on which people agreed are refused, so that ' +
  'every fact can say where it came from. ' +
  'Say it like this: --source orders-2025 --basis consent --notice privacy-7. See: fineline help import';

function claimOf(args: Args): Claim {
  const source = args.text('source');
  const noticeId = args.text('notice');
  const basis = BASES.find((known) => known === args.text('basis'));
  const missing = [
    ...(source === undefined ? ['--source NAME (where the data come from)'] : []),
    ...(args.text('basis') === undefined ? ['--basis consent or contract (why they may be kept)'] : []),
    ...(noticeId === undefined ? ['--notice ID (what people were shown)'] : []),
  ];
  if (source === undefined || noticeId === undefined || missing.length > 0)
    throw usage(`missing: ${missing.join('; ')}. ${WHY}`);
  if (basis === undefined)
    throw usage(`--basis must be consent or contract, not ${JSON.stringify(args.text('basis'))}`);
  const channelText = args.text('channel') ?? 'web';
  const channel = CHANNELS.find((known) => known === channelText);
  if (channel === undefined)
    throw usage(`--channel must be one of ${CHANNELS.join(', ')}, not ${JSON.stringify(channelText)}`);
  const said = args.text('purposes');
  if (basis === 'contract' && said !== undefined)
    throw usage(
      '--purposes goes with --basis consent: the contract covers the order itself and nothing else',
    );
  const purposes = basis === 'contract' || said === 'none' ? [] : purposesOf(said ?? PURPOSES_DEFAULT);
  return {
    source,
    description: source,
    channel,
    basis,
    notice: { id: noticeId, language: args.text('language') ?? 'en' },
    purposes,
    forEvents: said !== undefined,
  };
}

function purposesOf(text: string): readonly Purpose[] {
  return text.split(',').map((word) => {
    const purpose = GRANTABLE_PURPOSES.find((known) => known === word.trim());
    if (purpose !== undefined) return purpose;
    const close = nearest(word.trim(), GRANTABLE_PURPOSES);
    const hint = close === undefined ? `Known: ${GRANTABLE_PURPOSES.join(', ')}` : `Did you mean ${close}?`;
    throw usage(`--purposes: there is no purpose ${JSON.stringify(word)}. ${hint}`);
  });
}
