// Owns: the allow-list. A format names the fields it reads; all others are dropped here, and only the path of
// what was dropped is counted, so that a shop can see that it sends too much. Values are never kept. Paths
// are written by the sender and could hold a name as well (`{"alice@example.com": 1}`), so a field that does
// not look like a word of a programmer is counted as `?`.

/** Distinct paths remembered; the formats we read have about 150 fields, beyond that it is noise. */
const DROPPED_PATHS_MAX = 256;

const OTHER = '(other)';
const wordPattern = /^[A-Za-z][A-Za-z_-]{0,31}\d{0,2}$/;

/** Counts of dropped fields by path, e.g. `context/ip`; a star stands for the entries of a list. */
export interface Tally {
  readonly counts: Map<string, number>;
}

export function createTally(): Tally {
  return { counts: new Map() };
}

/** Counts one dropped field. `path` is the place it lies in, empty for the top. */
export function countDropped(tally: Tally, path: string, field: string): void {
  const word = wordPattern.test(field) ? field : '?';
  const full = path === '' ? word : `${path}/${word}`;
  const { counts } = tally;
  const key = counts.has(full) || counts.size < DROPPED_PATHS_MAX ? full : OTHER;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** True for `{ … }`: neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The allowed fields of an object; everything else is counted and left behind. Anything but an object reads
 * as empty.
 */
export function pick<Name extends string>(
  value: unknown,
  options: { readonly allowed: readonly Name[]; readonly path: string; readonly tally: Tally },
): Readonly<Partial<Record<Name, unknown>>> {
  const picked: Partial<Record<Name, unknown>> = {};
  if (!isObject(value)) return picked;
  for (const field of Object.keys(value)) {
    const name = options.allowed.find((candidate) => candidate === field);
    if (name === undefined) countDropped(options.tally, options.path, field);
    else picked[name] = value[field];
  }
  return picked;
}
