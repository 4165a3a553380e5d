// Who may import whom: the table of the architecture, as data. Type-only imports count, because a type is
// knowledge too. A file belongs to the most specific row that fits; tests may import everything and nothing
// may import them.

const STAGES = ['collect', 'consent', 'profile', 'learn', 'decide', 'deliver', 'measure', 'prove'] as const;

export interface Layer {
  /** Folder or file from the root. A last `*` makes each entry of the folder a world of its own. */
  readonly at: string;
  /** Folders or files it may import besides itself. */
  readonly may: readonly string[];
  /** What it may import as types only. */
  readonly mayTypes?: readonly string[];
  /** npm packages: none, at most one in the whole layer (an adapter's driver), or any. */
  readonly packages: 'none' | 'one' | 'any';
  /** Whether `node:` modules are allowed. */
  readonly node: boolean;
}

const stages = STAGES.map((stage) => `src/${stage}`);
const core = { packages: 'none', node: false } as const;
const server = { packages: 'any', node: true } as const;
const browser = { packages: 'any', node: false } as const;

/** What every surface may import. The kernel knows no domain word, so it opens no way around the engine. */
const surface = ['src/facts', 'src/engine', 'src/kernel'];

const LAYERS: readonly Layer[] = [
  { at: 'src/kernel', may: [], ...core },
  { at: 'src/facts', may: ['src/kernel'], ...core },
  ...stages.map((at) => ({ at, may: ['src/kernel', 'src/facts'], ...core })),
  { at: 'src/systems', may: ['src/kernel', 'src/facts', ...stages], ...core },
  { at: 'src/engine', may: ['src/kernel', 'src/facts', ...stages, 'src/systems'], ...core },
  // Two adapters put a pure stage on a machine: the log on disk, the statistics in a worker
  // (docs/decisions/0004).
  {
    at: 'src/adapters/tilelog',
    may: ['src/kernel', 'src/facts', 'src/prove'],
    mayTypes: ['src/engine/ports.ts'],
    packages: 'one',
    node: true,
  },
  // The worker is where heavy arithmetic is asked for (docs/decisions/0027).
  {
    at: 'src/adapters/learner',
    may: ['src/kernel', 'src/facts', 'src/learn', 'src/adapters/wasm'],
    mayTypes: ['src/engine/ports.ts'],
    packages: 'one',
    node: true,
  },
  // Threads that learn together (docs/decisions/0028).
  {
    at: 'src/adapters/threads',
    may: ['src/kernel', 'src/facts', 'src/learn', 'src/adapters/wasm'],
    mayTypes: ['src/engine/ports.ts'],
    packages: 'one',
    node: true,
  },
  // One log for many nodes: what is written into the tables is computed by `prove` (docs/decisions/0004).
  {
    at: 'src/adapters/postgres',
    may: ['src/kernel', 'src/facts', 'src/prove'],
    mayTypes: ['src/engine/ports.ts'],
    packages: 'one',
    node: true,
  },
  // The official client of NATS comes in two packages: the connection and JetStream (docs/decisions/0015).
  {
    at: 'src/adapters/nats',
    may: ['src/kernel', 'src/facts'],
    mayTypes: ['src/engine/ports.ts'],
    packages: 'any',
    node: true,
  },
  // OpenTelemetry's comes in parts: its API, recording, sending.
  {
    at: 'src/adapters/otel',
    may: ['src/kernel', 'src/facts'],
    mayTypes: ['src/engine/ports.ts'],
    packages: 'any',
    node: true,
  },
  {
    at: 'src/adapters/*',
    may: ['src/kernel', 'src/facts'],
    mayTypes: ['src/engine/ports.ts'],
    packages: 'one',
    node: true,
  },
  {
    at: 'src/presets',
    may: ['src/kernel', 'src/facts', 'src/engine', 'src/adapters'],
    packages: 'none',
    node: true,
  },
  { at: 'src/surfaces/http', may: surface, ...server },
  {
    at: 'src/surfaces/cli',
    may: [
      ...surface,
      'src/presets',
      'src/surfaces/http',
      'src/prove/verify.ts',
      'src/collect',
      'data',
      'examples',
    ],
    ...server,
  },
  // Evaluation measures the very models that serve, without an engine around them.
  {
    at: 'src/surfaces/cli/evaluate',
    may: [...surface, 'src/learn', 'src/adapters/threads', 'src/collect/catalogue'],
    ...server,
  },
  { at: 'src/surfaces/sdk', may: [...surface, 'src/presets/browser.ts'], ...browser },
  { at: 'src/surfaces/centre', may: surface, ...browser },
  { at: 'src/surfaces/console', may: [...surface, 'src/prove', 'src/decide'], ...browser },
  { at: 'src/surfaces/web', may: surface, ...browser },
  { at: 'src/main.ts', may: [...surface, 'src/presets', 'src/surfaces'], ...server },
  { at: 'src/verify.ts', may: ['src/prove', 'src/kernel'], ...core },
  // An example of integration imports nothing of ours: it knows Fineline by its HTTP API.
  { at: 'examples', may: ['data'], ...server },
  { at: 'data', may: ['src/kernel', 'src/facts'], packages: 'none', node: true },
];

/** The layer of a file, with `at` made concrete (`src/adapters/sqlite`); undefined when no row fits. */
export function layerOf(file: string): Layer | undefined {
  const fits = LAYERS.flatMap((layer) => {
    const at = layer.at.endsWith('*') ? entryOf(layer.at.slice(0, -1), file) : layer.at;
    return at !== undefined && isInside(at, file) ? [{ ...layer, at }] : [];
  });
  return fits.sort((a, b) => b.at.length - a.at.length)[0];
}

/**
 * Whether a file is the given file or lies in the given folder. A single-file adapter owns its tests as well.
 */
export function isInside(at: string, file: string): boolean {
  return file === at || file.startsWith(`${at}/`);
}

function entryOf(folder: string, file: string): string | undefined {
  if (!file.startsWith(folder)) return undefined;
  return folder + (file.slice(folder.length).split('/')[0] ?? '');
}
