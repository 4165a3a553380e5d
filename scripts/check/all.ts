// Every check of the repository, in the order in which a fault is best understood: types first, then lint,
// format, dead code, and the house's own rules.

import { TIDY_CHECKS } from '../tidy/tidy.ts';
import { formatFindings, readTree } from '../tidy/tree.ts';
import type { Tree } from '../tidy/tree.ts';
import type { Check } from './check.ts';
import { runTool } from './tool.ts';
import { typeChecks } from './types.ts';

export function allChecks(root: string): readonly Check[] {
  return [...typeChecks(root), ...toolChecks(root), ...tidyChecks(root)];
}

function toolChecks(root: string): readonly Check[] {
  return [
    {
      name: 'lint (oxlint, type-aware)',
      run: async () => runTool(root, 'oxlint', ['--type-aware', '--deny-warnings', '--format=unix']),
    },
    {
      name: 'format (oxfmt; `npm run format` mends it)',
      run: async () => runTool(root, 'oxfmt', ['--check', '.']),
    },
    {
      name: 'no dead files, exports or dependencies (knip)',
      run: async () => runTool(root, 'knip', ['--no-progress', '--no-config-hints']),
    },
  ];
}

function tidyChecks(root: string): readonly Check[] {
  let tree: Tree | undefined;
  return TIDY_CHECKS.map((check) => ({
    name: check.name,
    run: async () => {
      tree ??= readTree(root);
      const findings = check.find(tree);
      return Promise.resolve({ ok: findings.length === 0, report: formatFindings(findings) });
    },
  }));
}
