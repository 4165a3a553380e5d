import { describe, expect, it, test } from 'vitest';
import { groundTruth } from './ground-truth.ts';
import { placesFound } from './planted.ts';

const found = (text: string, file = 'src/surfaces/cli/import/town.ts'): readonly string[] =>
  placesFound(groundTruth, { [file]: text });

describe('the ground truth', () => {
  test.each([
    "import { PLANTED } from '../../../../data/town/truth.ts';",
    "import type { TownPerson } from '../../../../data/town/types.ts';",
    "export { generateTown } from '../../../../data/town/generate.ts';",
    "const truth = await import('../../../../data/town/catalogue.ts');",
    "const text = readFileSync('town/truth.json', 'utf8');",
  ])('is found in %s', (line) => {
    expect(found(line)).toContain('src/surfaces/cli/import/town.ts:1');
  });

  it('is no business of the storefront, which knows its own catalogue', () => {
    const shop = 'examples/storefront/shelf.ts';
    expect(found("import { CATALOGUE } from '../../data/town/catalogue.ts';", shop)).toEqual([]);
    expect(found("import { PLANTED } from '../../data/town/truth.ts';", shop)).toEqual([`${shop}:1`]);
    expect(found("import { generateTown } from '../../data/town/generate.ts';", shop)).toEqual([`${shop}:1`]);
  });

  it('is not behind the public door, and tests may judge by it', () => {
    expect(found("import { publicTown } from '../../../../data/town/public.ts';")).toEqual([]);
    expect(found("import '../../../../data/town/truth.ts';", 'src/surfaces/cli/import/a.test.ts')).toEqual(
      [],
    );
  });
});
