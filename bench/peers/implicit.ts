// The library `implicit` as a peer of top-N tasks, in a Python environment of its own that is made once in
// the temporary folder; `FINELINE_PYTHON` names another one that has it.

import { execFile, execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EvaluationFiles } from '../data/convert.ts';
import type { Figures } from '../../src/surfaces/cli/evaluate/metrics.ts';

const VERSION = '0.7.3';
const SCRIPT = join(import.meta.dirname, 'implicit-peer.py');

/** Empty, and said so, where there is no Python that can have it. */
export async function implicitPeers(files: EvaluationFiles, k: number): Promise<readonly ImplicitFigures[]> {
  const python = findPython();
  if (python === undefined) {
    process.stderr.write('implicit is left out: it needs python3 with venv, and its package\n');
    return [];
  }
  // Left alone, OpenBLAS takes threads from implicit. Which processor it is it finds out by itself: named
  // SKYLAKEX, it stops on one without AVX-512.
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1' };
  const { stdout } = await promisify(execFile)(python, [SCRIPT, files.train, files.test, `${k}`], { env });
  // Our own script wrote it a moment ago.
  const answers = JSON.parse(stdout) as readonly Answer[];
  return answers.map(({ name, settings, figures: { recall, ndcg } }) => ({
    name,
    settings,
    figures: { recall, ndcg, mrr: Number.NaN, hitRate: Number.NaN },
  }));
}

export interface ImplicitFigures {
  readonly name: string;
  readonly settings: unknown;
  readonly figures: Figures;
}

interface Answer {
  readonly name: string;
  readonly settings: unknown;
  readonly figures: { readonly recall: number; readonly ndcg: number };
}

function findPython(): string | undefined {
  const named = process.env['FINELINE_PYTHON'];
  if (named !== undefined && hasIt(named)) return named;
  const home = join(tmpdir(), `fineline-implicit-${VERSION}`);
  const python = join(home, 'bin', 'python');
  if (hasIt(python)) return python;
  try {
    execFileSync('python3', ['-m', 'venv', home], { stdio: 'ignore' });
    execFileSync(python, ['-m', 'pip', 'install', '-q', `implicit==${VERSION}`], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return hasIt(python) ? python : undefined;
}

function hasIt(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import implicit'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
