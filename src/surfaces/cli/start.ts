// What `fineline start` does: from nothing to a served, explained, witnessed decision, and from there to a
// server.

import { resolve } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import type { Embedded } from '../../presets/embedded.ts';
import { parsePersonId, type PersonId } from '../../facts/ids.ts';
import { homeOf } from './args.ts';
import { type Args, PORT_DEFAULT, jsonLine, wholeNumber } from './command.ts';
import { type Demo, showDecision } from './demo.ts';
import { demoPerson } from './demo-person.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { type ApiKeys, loadApiKeys } from './home/api-keys.ts';
import { openHome } from './home/direct-desk.ts';
import { publishVkey } from './home/vkey-file.ts';
import type { Imported } from './import/import.ts';
import { TOWN_PLACE, TOWN_POLICY } from './import/town-policy.ts';
import { inputsOf } from './import/inputs.ts';
import { finishPlan } from './import/plan.ts';
import { listenForInterrupt } from './interrupt.ts';
import type { Io } from './io.ts';
import { wrap } from './layout.ts';
import { assertPortFree, serveHome } from './serving.ts';
import { openShop, shopPortOf } from './shop.ts';
import { readyText } from './show/ready.ts';
import { type Context, bringData } from './start-data.ts';

export async function runStart(args: Args, io: Io): Promise<ExitCode> {
  const port = wholeNumber(args.text('port') ?? PORT_DEFAULT, { flag: 'port', min: 0, max: 65_535 });
  const home = homeOf(args);
  const data = args.text('data');
  const inputs = data === undefined ? undefined : inputsOf(data);
  const startedMs = performance.now();
  const shopPort = shopPortOf(args, port);
  if (!args.has('exit')) {
    await assertPortFree(port);
    if (shopPort !== undefined) await assertPortFree(shopPort, { flag: 'shop-port' });
  }
  const interrupt = listenForInterrupt();
  const failed = (what: string, error: unknown): void =>
    io.err(`\n${what}: ${error instanceof Error ? error.message : String(error)}\n`);
  const first = data === undefined ? { first: { policy: TOWN_POLICY, place: TOWN_PLACE } } : {};
  const embedded = await openHome(home, io.env, { fast: true, failed, ...first });
  try {
    const say = args.json ? () => undefined : io.out;
    const keys = loadApiKeys(embedded.paths);
    say(`${io.style.bold('Fineline')} at ${resolve(home)}\n`);
    if (keys.isNew)
      say(
        wrap(
          `API keys for collect, decide, officer and admin were made: ${keys.file} (only you can read it).`,
          { width: io.width },
        ),
      );
    publishVkey(embedded.paths.log, embedded.engine.core.world.log.vkey);
    interrupt.say(() => io.err('\nStopping after this batch …\n'));
    const { engine } = embedded;
    const imported = await bringData(
      { args, io, engine, interrupt, spillDir: embedded.paths.import, say },
      data,
      inputs,
    );
    interrupt.say(() => undefined);
    const demo = imported === undefined ? undefined : await demoOf(engine, imported, io, args.json);
    if (imported?.stopped === false) await finishPlan(engine, imported.plan);
    const ready = { port, shopPort, keys, startedMs, imported, demo };
    return await serve({ args, io, embedded, interrupt, say }, ready);
  } finally {
    await embedded.close();
    interrupt.dispose();
  }
}

async function demoOf(
  engine: Engine,
  imported: Imported,
  io: Io,
  isSilent: boolean,
): Promise<Demo | undefined> {
  const person = await whoToShow(engine, imported);
  return person === undefined ? undefined : showDecision(engine, person, { io, isSilent });
}

/** The town's `ada`, where she lives; else a typical customer. */
async function whoToShow(engine: Engine, { people }: Imported): Promise<PersonId | undefined> {
  return (await ada(engine)) ?? (await demoPerson(engine, people));
}

async function ada(engine: Engine): Promise<PersonId | undefined> {
  const id = parsePersonId('ada');
  const known = id.ok ? await engine.grants(id.value) : 'no-such-person';
  return id.ok && typeof known !== 'string' ? id.value : undefined;
}

interface Serving extends Omit<Context, 'engine' | 'spillDir'> {
  readonly embedded: Embedded;
}

interface Ready {
  readonly port: number;
  readonly shopPort: number | undefined;
  readonly keys: ApiKeys;
  readonly startedMs: number;
  readonly imported: Imported | undefined;
  readonly demo: Demo | undefined;
}

/** Listens and waits for the end, or stops before that when it was asked to. */
async function serve(
  { args, io, embedded, interrupt, say }: Serving,
  { port, shopPort, keys, startedMs, imported, demo }: Ready,
): Promise<ExitCode> {
  const { engine, paths } = embedded;
  const report = {
    home: paths.home,
    keysFile: keys.file,
    keysMade: keys.isNew,
    imported: imported?.tally ?? null,
    decision: demo ?? null,
    status: await engine.status(),
  };
  if (args.has('exit')) {
    if (args.json) io.out(jsonLine({ ...report, address: null }));
    return EXIT.ok;
  }
  interrupt.check('Nothing is lost: start again.');
  const listening = await serveHome({ embedded, keys, port });
  const shop = await openShop(embedded, { api: listening.url, port: shopPort });
  const readyMs = performance.now() - startedMs;
  if (args.json)
    io.out(
      jsonLine({
        ...report,
        address: listening.url,
        shop: shop?.url ?? null,
        readySeconds: Math.round(readyMs) / 1000,
      }),
    );
  const person = demo?.person ?? (await ada(engine));
  const { status } = report;
  const { url: address } = listening;
  say(readyText({ address, shop: shop?.url, keysFile: keys.file, status, readyMs, person }, io));
  await interrupt.signalled;
  await shop?.close();
  await listening.close();
  say('Stopped. Everything acknowledged is on disk.\n');
  return EXIT.ok;
}
