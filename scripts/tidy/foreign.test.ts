import { describe, expect, it, test } from 'vitest';
import { foreign } from './foreign.ts';
import { placesFound } from './planted.ts';

// Put together here, so that this file does not hold what it looks for.
const at = (...parts: readonly string[]): string => ['', ...parts].join('/');
const host = (name: string): string => `https:/${at(name)}`;

describe('what speaks of one machine', () => {
  test.each([at('work', 'main'), at('root', '.npm'), at('home', 'ada', 'x'), `"${at('Users', 'ada')}"`])(
    'finds the path %s',
    (path) => {
      expect(placesFound(foreign, { 'README.md': `\nin ${path} it` })).toEqual(['README.md:2']);
    },
  );

  test.each([host('registry.npmjs.org'), host('npm-mirror.example.org:4873'), host('proxy.example.org')])(
    'finds the host %s',
    (address) => {
      expect(placesFound(foreign, { 'package-lock.json': `{\n"resolved": "${address}/x.tgz" }` })).toEqual([
        'package-lock.json:2',
      ]);
    },
  );

  it('allows relative paths, routes and other hosts', () => {
    const text = `src${at('home', 'x')} ..${at('work', 'x')} https://example.org${at('work', 'x')} ${at('v1', 'work')} ${at('home')}`;
    expect(placesFound(foreign, { 'README.md': text })).toEqual([]);
  });
});
