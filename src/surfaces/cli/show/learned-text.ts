// What was learned, and what it took.

import type { ItemModel } from '../../../facts/model.ts';
import type { Io } from '../io.ts';
import { count, duration } from '../layout.ts';

const MIB_PER_KIB = 1 / 1024;

/** `elapsedMs`: of the learning alone. The memory is the most that the process has had since its start. */
export function learnedText(
  model: ItemModel | undefined,
  elapsedMs: number,
  { style }: Pick<Io, 'style'>,
): string {
  const things = `${count(model?.itemIds.length ?? 0)} things`;
  const relations = `${count(model?.targets.length ?? 0)} relations between them`;
  const peakMib = process.resourceUsage().maxRSS * MIB_PER_KIB;
  return (
    `${style.green('✓')} learned in ${duration(elapsedMs)}: ${things}, ${relations}\n` +
    chosenText(model?.kind ?? null) +
    `  · at most ${count(peakMib)} MiB of memory, import included\n`
  );
}

/** What the settings of lists for a person rest on; nothing where nothing was learned. */
export function chosenText(kind: string | null): string {
  if (kind === null || kind.startsWith('empty/')) return '';
  const found = /^(?<formula>\S+) (?<settings>.*) asked=(?<asked>\d+)/.exec(kind)?.groups;
  if (found === undefined) return '  · too few people to choose settings on; the safe ones serve\n';
  const { formula, settings, asked } = found;
  return `  · settings chosen on ${count(Number(asked))} people or more:\n    ${formula} ${settings}\n`;
}
