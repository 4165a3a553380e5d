// Holds the import table of layers.ts over src/, data/ and examples/.

import type { Import } from './imports.ts';
import { importsOf, packageOf } from './imports.ts';
import type { Layer } from './layers.ts';
import { isInside, layerOf } from './layers.ts';
import { isCode, isTest } from './tree.ts';
import type { Finding, SourceFile, TidyCheck, Tree } from './tree.ts';

export const importTable: TidyCheck = {
  name: 'imports follow the table of the architecture',
  find: (tree) => [...tree.files.filter(isChecked).flatMap(checkFile), ...checkDrivers(tree)],
};

function isChecked(file: SourceFile): boolean {
  return isCode(file.path) && !isTest(file.path) && /^(src|data|examples)\//.test(file.path);
}

function checkFile(file: SourceFile): readonly Finding[] {
  const layer = layerOf(file.path);
  if (layer === undefined) {
    const message =
      'belongs to no row of the import table; add one to scripts/tidy/layers.ts, or move the file';
    return [{ path: file.path, line: 1, message }];
  }
  const { imports, computedLines } = importsOf(file);
  const faults = imports.flatMap((one) => {
    const message = faultOf(layer, one);
    return message === undefined ? [] : [{ path: file.path, line: one.line, message }];
  });
  const computed = computedLines.map((line) => ({
    path: file.path,
    line,
    message: 'imports a computed path, which no check can follow; write the path as a literal',
  }));
  return [...faults, ...computed];
}

function faultOf(layer: Layer, one: Import): string | undefined {
  const target = one.target;
  if (target === undefined) return packageFaultOf(layer, one.specifier);
  if (isTest(target)) return `imports the test ${target}; nothing may import a test`;
  if (isInside(layer.at, target) || layer.may.some((at) => isInside(at, target))) return undefined;
  if (layer.mayTypes?.some((at) => isInside(at, target)) === true) {
    return one.typeOnly
      ? undefined
      : `imports ${target} as a value; ${layer.at} may have its types only (import type)`;
  }
  const may = [...layer.may, ...(layer.mayTypes ?? []).map((at) => `${at} (types)`)].join(', ') || 'nothing';
  return (
    `imports ${target}, but ${layer.at} may import only: ${may}. ` +
    'Move what both need to a layer they share, or let the caller pass it in'
  );
}

function packageFaultOf(layer: Layer, specifier: string): string | undefined {
  if (specifier.startsWith('node:')) {
    return layer.node
      ? undefined
      : `imports ${specifier}, but ${layer.at} runs without Node; reach it through a port`;
  }
  if (layer.packages !== 'none') return undefined;
  return `imports the package ${specifier}, but ${layer.at} has no dependency; reach it through an adapter`;
}

/** An adapter is one technology: at most one npm package in all its files. */
function checkDrivers(tree: Tree): readonly Finding[] {
  const first = new Map<string, string>();
  const findings: Finding[] = [];
  for (const file of tree.files.filter(isChecked)) {
    const layer = layerOf(file.path);
    if (layer?.packages !== 'one') continue;
    for (const one of importsOf(file).imports) {
      const driver = packageOf(one.specifier);
      if (driver === undefined) continue;
      const known = first.get(layer.at) ?? driver;
      first.set(layer.at, known);
      if (known === driver) continue;
      const message = `${layer.at} already drives ${known}; ${driver} needs an adapter of its own`;
      findings.push({ path: file.path, line: one.line, message });
    }
  }
  return findings;
}
