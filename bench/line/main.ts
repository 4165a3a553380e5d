// npm run bench -- line [--decisions 1000000] [--people 50000] [--only policy,guards] [--keep FOLDER]: all
// that is asked of the line, one part after the other, and a report at the end. The whole takes some hours,
// most of it the onlooker of 50,000 people, who needs Python; `--people 12000 --decisions 100000` takes half
// an hour. Ends with 1 when something was not reached or could not be read.

import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Finding, type Part, partsOf } from './parts.ts';

const { values } = parseArgs({
  options: {
    decisions: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '50000' },
    only: { type: 'string' },
    keep: { type: 'string' },
  },
});
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'fineline-line-'));
mkdirSync(folder, { recursive: true });
const parts = partsOf(values);
const only = values.only?.split(',');
const unknown = only?.filter((name) => parts.every((part) => part.name !== name)) ?? [];
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(', ')}; parts: ${parts.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const lines: string[] = [];
let missed = 0;
for (const part of parts) {
  if (only !== undefined && !only.includes(part.name)) continue;
  const beganMs = performance.now();
  process.stderr.write(`${part.name} …`);
  const findings = await run(part);
  process.stderr.write(` ${((performance.now() - beganMs) / 60_000).toFixed(1)} min\n`);
  for (const { asked, seen, reached } of findings) {
    lines.push(`| ${part.name} | ${asked} | ${seen} | ${reached ? '✓' : '✗'} |`);
    if (!reached) missed += 1;
  }
}
console.log(['| part | asked | seen | |', '| --- | --- | --- | --- |', ...lines].join('\n'));
console.log(`\nWhat each part printed: ${folder}`);
process.exitCode = missed === 0 ? 0 : 1;

/** Runs it, with its words kept in a file. */
async function run({ name, command, read }: Part): Promise<readonly Finding[]> {
  const file = join(folder, `${name}.txt`);
  const kept = createWriteStream(file);
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(kept, { end: false });
  child.stderr.pipe(kept, { end: false });
  const code = await new Promise<number | null>((resolve) => void child.on('close', resolve));
  await new Promise<void>((resolve) => void kept.end(resolve));
  const findings = read(readFileSync(file, 'utf8'));
  if (findings.length > 0 && (code === 0 || findings.some(({ reached }) => !reached))) return findings;
  return [
    ...findings,
    { asked: 'the part runs to its end', seen: `it ended with ${code}, see ${file}`, reached: false },
  ];
}
