// Sources and notices that are made known while the engine runs. With others it is read back from the store:
// they may have registered something meanwhile, and taken something back.

import type { Notice } from '../facts/notice.ts';
import type { Source } from '../facts/source.ts';
import type { Core } from './core.ts';
import { registerNotice } from './notices.ts';
import { tellOthers } from './opening.ts';
import { judgeSources, registerSource } from './sources.ts';

export async function addSource(core: Core, source: Source): Promise<void> {
  const sources = await registerSource(core.world, core.sources, source);
  if (core.others !== undefined) return tellOthers(core);
  core.sources = sources;
  judgeSources(core);
}

export async function addNotice(core: Core, notice: Notice): Promise<void> {
  const known = { notices: core.notices, sinceMs: core.before.sinceMs };
  const notices = await registerNotice(core.world, known, notice);
  if (core.others !== undefined) return tellOthers(core);
  core.notices = notices;
  judgeSources(core);
}
