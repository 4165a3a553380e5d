// Loaded before everything else in a node that is to be broken: changes lines of sources while they are
// read. FINELINE_BROKEN names the break.

import { registerHooks } from 'node:module';
import { BREAKS } from './breaks.ts';

const broken = BREAKS[process.env['FINELINE_BROKEN'] ?? ''];
if (broken === undefined) throw new Error(`FINELINE_BROKEN is one of ${Object.keys(BREAKS).join(', ')}`);
const { edits } = broken;
const done = new Set<string>();

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    const mine = edits.filter(({ file }) => url.endsWith(`/${file}`));
    if (mine.length === 0 || loaded.source === undefined) return loaded;
    let text = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
    for (const { file, old, now } of mine) {
      if (text.split(old).length !== 2) throw new Error(`${file}: “${old}” does not stand there once`);
      text = text.replace(old, () => now);
      done.add(file);
    }
    return { ...loaded, source: text };
  },
});
process.on('exit', () => {
  for (const { file } of edits)
    if (!done.has(file)) process.stderr.write(`${file} was never read, so nothing was broken\n`);
});
