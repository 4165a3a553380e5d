// The notices of the town, registered before its people say yes in front of them.

import { townNotices } from '../../../../data/town/public.ts';
import type { Engine } from '../../../engine/engine.ts';

/** Those that are registered already stay as they are. */
export async function registerTownNotices(engine: Engine): Promise<void> {
  for (const notice of townNotices(engine.core.config.controller)) await engine.registerNotice(notice);
}
