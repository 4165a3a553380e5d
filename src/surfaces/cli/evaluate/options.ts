/*
 * The command line of `fineline evaluate`: a contract that stays (docs in `help.ts`).
 */
import { err, ok, type Result } from '../../../kernel/result.ts';
import { LIMITS } from '../../../kernel/limits.ts';

export const TASKS = ['topn', 'next', 'session', 'basket'] as const;
export type Task = (typeof TASKS)[number];

export type EvaluateOptions = {
  readonly task: Task;
  readonly train: string;
  readonly history: string | undefined;
  readonly test: string;
  readonly catalog: string | undefined;
  readonly k: number;
  readonly peopleMin: number;
  readonly seed: number;
  readonly json: boolean;
  /** A page to write, with the figures and a plot. */
  readonly report: string | undefined;
};

const VALUE_FLAGS = [
  'task',
  'train',
  'history',
  'test',
  'catalog',
  'k',
  'min-people',
  'seed',
  'report',
] as const;
type ValueFlag = (typeof VALUE_FLAGS)[number];
type FlagValues = Partial<Record<ValueFlag, string>>;

/** `'help'` when help is asked for; an error is one sentence that says what to write instead. */
export function parseOptions(argv: readonly string[]): Result<EvaluateOptions | 'help', string> {
  if (argv.includes('--help') || argv.includes('-h')) return ok('help');
  const flags = readFlags(argv);
  if (!flags.ok) return flags;
  const { values, json } = flags.value;
  const task = TASKS.find((name) => name === values.task);
  if (task === undefined) return err(`--task must be one of ${TASKS.join(', ')}${came(values.task)}`);
  if (values.train === undefined) return err('--train FILE is missing: the CSV file to learn from');
  if (values.test === undefined) return err('--test FILE is missing: the CSV file with what came after');
  const k = wholeNumber(values.k ?? '20', 1, LIMITS.decisionItemsMax);
  if (k === undefined)
    return err(`--k must be a whole number from 1 to ${LIMITS.decisionItemsMax}${came(values.k)}`);
  const peopleMin = wholeNumber(values['min-people'] ?? String(LIMITS.peopleInsideMin), 1, 1_000_000);
  if (peopleMin === undefined) {
    return err(`--min-people must be a whole number from 1 to 1000000${came(values['min-people'])}`);
  }
  const seed = wholeNumber(values.seed ?? '1', 0, Number.MAX_SAFE_INTEGER);
  if (seed === undefined) return err(`--seed must be a whole number from 0 to 2^53 - 1${came(values.seed)}`);
  const { train, history, test, catalog, report } = values;
  return ok({ task, train, history, test, catalog, k, peopleMin, seed, json, report });
}

type Flags = { readonly values: FlagValues; readonly json: boolean };

// Accepts `--flag value` and `--flag=value`; each flag once.
function readFlags(argv: readonly string[]): Result<Flags, string> {
  const values: FlagValues = {};
  let json = false;
  for (let x = 0; x < argv.length; x++) {
    const word = argv[x]!;
    if (word === '--json') {
      json = true;
      continue;
    }
    const [written, ...inline] = word.split('=');
    const flag = VALUE_FLAGS.find((name) => `--${name}` === written);
    if (flag === undefined)
      return err(`unknown argument ${JSON.stringify(word)}: see fineline evaluate --help`);
    if (values[flag] !== undefined) return err(`--${flag} is given twice`);
    const value = inline.length > 0 ? inline.join('=') : argv[++x];
    if (value === undefined || value === '' || (inline.length === 0 && value.startsWith('--'))) {
      return err(`--${flag} needs a value`);
    }
    values[flag] = value;
  }
  return ok({ values, json });
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

function came(text: string | undefined): string {
  return text === undefined ? '' : `, not ${JSON.stringify(text)}`;
}
