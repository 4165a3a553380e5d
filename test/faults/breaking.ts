// Loaded before everything else in a node that is to be broken: changes one line of one source while it is
// read. FINELINE_BROKEN names the break.

import { registerHooks } from 'node:module';
import { BREAKS } from './breaks.ts';

const broken = BREAKS[process.env['FINELINE_BROKEN'] ?? ''];
if (broken === undefined) throw new Error(`FINELINE_BROKEN is one of ${Object.keys(BREAKS).join(', ')}`);
const { file, old, now } = broken;
let isDone = false;

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith(`/${file}`) || loaded.source === undefined) return loaded;
    const text = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
    if (text.split(old).length !== 2) throw new Error(`${file}: “${old}” does not stand there once`);
    isDone = true;
    return { ...loaded, source: text.replace(old, () => now) };
  },
});
process.on('exit', () => {
  if (!isDone) process.stderr.write(`${file} was never read, so nothing was broken\n`);
});
