// A brand that anyone may cast to is worth nothing. `View` and `AdmittedEvent` have one mint each; elsewhere,
// tests included, a cast to them, a type guard that claims them, or a use of their brand is a fault.

import { lineAt, visit } from './syntax.ts';
import { isCode } from './tree.ts';
import type { Finding, SourceFile, TidyCheck } from './tree.ts';

interface Mint {
  readonly type: string;
  readonly brand: string;
  readonly declaredIn: string;
  readonly mintedIn: string;
}

const MINTS: readonly Mint[] = [
  { type: 'View', brand: 'viewBrand', declaredIn: 'src/facts/view.ts', mintedIn: 'src/profile/door.ts' },
  {
    type: 'AdmittedEvent',
    brand: 'admittedBrand',
    declaredIn: 'src/facts/event.ts',
    mintedIn: 'src/consent/admit.ts',
  },
];

export const mints: TidyCheck = {
  name: 'View and AdmittedEvent are minted in one file each',
  find: (tree) => tree.files.filter((file) => isCode(file.path)).flatMap(findIn),
};

function findIn(file: SourceFile): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (offset: number, what: string, mint: Mint): void => {
    const message = `${what} ${mint.type}: only ${mint.mintedIn} may make one; call it`;
    findings.push({ path: file.path, line: lineAt(file, offset), message });
  };
  const checkType = (start: number, end: number, what: string): void => {
    for (const mint of MINTS) {
      if (file.path !== mint.mintedIn && namesIn(file, start, end).has(mint.type)) add(start, what, mint);
    }
  };
  visit(file, {
    TSAsExpression: (node) => checkType(node.typeAnnotation.start, node.typeAnnotation.end, 'casts to'),
    TSTypeAssertion: (node) => checkType(node.typeAnnotation.start, node.typeAnnotation.end, 'casts to'),
    TSTypePredicate: (node) => {
      const claimed = node.typeAnnotation;
      if (claimed !== null) checkType(claimed.start, claimed.end, 'a type guard claims');
    },
    Identifier: (node) => {
      for (const mint of MINTS) {
        const isHome = file.path === mint.declaredIn || file.path === mint.mintedIn;
        if (node.name === mint.brand && !isHome) add(node.start, 'uses the brand of', mint);
      }
    },
  });
  return findings;
}

/** The words of a type, without what stands in quotes: `Readonly<View>[]` names Readonly and View. */
function namesIn(file: SourceFile, start: number, end: number): ReadonlySet<string> {
  const text = file.text.slice(start, end).replaceAll(/'[^']*'|"[^"]*"|\/\*.*?\*\//gs, ' ');
  return new Set(text.match(/[A-Za-z_$][\w$]*/g));
}
