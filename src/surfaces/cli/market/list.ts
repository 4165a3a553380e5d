// `fineline market list`: who is in a market, which of them a server answers for now, and who learns together
// with whom, or what is missing for it. It opens no home.

import { existsSync } from 'node:fs';
import { missing } from '../../../engine/pool.ts';
import type { ControllerId } from '../../../facts/ids.ts';
import type { JointRules } from '../../../facts/joint.ts';
import { isFault } from '../../../kernel/fault.ts';
import { pathsOf } from '../../../presets/paths.ts';
import { type Stall, readMarket } from '../../../presets/market-file.ts';
import { lookUpSettings } from '../../../presets/settings-file.ts';
import { homeOf } from '../args.ts';
import { type Args, jsonLine } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { liveServer } from '../home/server-file.ts';
import type { Io } from '../io.ts';
import { wrap } from '../layout.ts';

type State = 'served' | 'not served' | 'no home';

export async function listMarket(args: Args, io: Io): Promise<ExitCode> {
  const { stalls, joint } = readMarket(homeOf(args));
  const rows = await Promise.all(
    stalls.map(async ({ controller, home, isPortal }) => {
      return { controller, home, isPortal, state: await stateOf(home) };
    }),
  );
  const groups = joint.map((group) => groupOf(group, stalls));
  if (args.json) io.out(jsonLine({ stalls: rows, joint: groups }));
  else {
    const width = Math.max(...rows.map(({ controller }) => controller.length)) + 2;
    for (const { controller, home, isPortal, state } of rows) {
      const what = isPortal ? 'portal' : 'seller';
      io.out(`${controller.padEnd(width)}${what}  ${state.padEnd(12)}${home}\n`);
    }
    for (const group of groups) tellGroup(group, io);
  }
  return EXIT.ok;
}

interface Group {
  readonly members: readonly ControllerId[];
  /** The portal, if it is one of them. */
  readonly portal?: ControllerId;
  /** Why nothing is learned together, as far as files tell; empty: the policies agree. */
  readonly missing: readonly string[];
}

/** From the policies as they stand in the homes; the yes of each person is asked besides. */
function groupOf(members: readonly ControllerId[], stalls: readonly Stall[]): Group {
  const homes = new Map(stalls.map(({ controller, home }) => [controller, home]));
  const portal = stalls.find(({ isPortal }) => isPortal)?.controller;
  return {
    members,
    ...(portal !== undefined && members.includes(portal) ? { portal } : {}),
    missing: missing(members, (controller) => termsIn(homes.get(controller))),
  };
}

/** What cannot be read says no. */
function termsIn(home: string | undefined): JointRules | undefined {
  if (home === undefined || !existsSync(pathsOf(home).settings)) return undefined;
  try {
    return lookUpSettings(pathsOf(home)).policy.joint;
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}

function tellGroup({ members, portal, missing: lacking }: Group, { out, style, width }: Io): void {
  const names = members.join(', ');
  const state = lacking.length === 0 ? 'their policies agree' : `not yet: ${lacking.join('; ')}`;
  const warned = portal === undefined ? '' : ` ${portal} is the portal: what it promotes rests on it too.`;
  const mark = lacking.length === 0 ? style.green('✓') : style.red('✗');
  out(wrap(`learn together: ${names}; ${state}.${warned}`, { width, indent: '  ', first: `${mark} ` }));
}

async function stateOf(home: Stall['home']): Promise<State> {
  if (!existsSync(pathsOf(home).settings)) return 'no home';
  return (await liveServer(home)) === undefined ? 'not served' : 'served';
}
