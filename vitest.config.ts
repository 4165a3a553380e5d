// How tests run: three workers on the two cores that the machines we test on have, because a third of the
// time tests wait for servers, disks and clocks; `x.test.ts` beside `x.ts`, `x.fuzz.ts`
// against a naive model. `npm run prove` sets FINELINE_FULL=1; long checks read it and then run their full
// counts.

import { defineConfig } from 'vitest/config';

const full = process.env['FINELINE_FULL'] === '1';
const NAMES = '*.{test,fuzz}.ts';
/** Plain functions: their tests share a process, which loads each module once. */
const STAGES = [
  `src/{kernel,facts,collect,consent,profile,learn,decide,deliver,explain,measure,prove}/**/${NAMES}`,
  `src/engine/**/${NAMES}`,
];

const shared = {
  exclude: ['**/node_modules/**', '**/.fineline/**', '**/dist/**'],
  maxConcurrency: 2,
  // Generous on purpose: a timeout here means "hangs", never "slow today".
  testTimeout: full ? 3_600_000 : 300_000,
  hookTimeout: full ? 600_000 : 300_000,
};

export default defineConfig({
  test: {
    allowOnly: false,
    passWithNoTests: false,
    maxWorkers: 3,
    watch: false,
    projects: [
      { test: { ...shared, name: 'stages', include: STAGES, isolate: false } },
      {
        test: {
          ...shared,
          name: 'whole',
          // Stops what tests have started for one another.
          globalSetup: ['test/support/global.ts'],
          include: [`{src,test,scripts,bench,data,bin,examples}/**/${NAMES}`],
          exclude: [...shared.exclude, ...STAGES],
        },
      },
    ],
  },
});
