import { describe, expect, it, test } from 'vitest';
import { documents } from './documents.ts';
import { placesFound } from './planted.ts';

const SOURCES = {
  'package.json': '{ "scripts": { "start": "x", "bench": "y" } }',
  'src/surfaces/cli/commands/start.ts': `export const start = {
    name: 'start', usage: '', words: [0, 0], flags: [{ name: 'port', about: 'port' }],
  };`,
  'src/surfaces/http/contract.ts': `export const CONTRACT = {
    a: { method: 'PUT', path: '/v1/people/{id}/consent' }, b: { method: 'GET', path: '/log/{path}' },
  };`,
  'docs/a.md': '',
  'src/prove/SPEC.md': '- **W9** A leaf.\n**K4. A hash.** Why.\n',
};

const found = (text: string, page = 'README.md'): readonly string[] =>
  placesFound(documents, { ...SOURCES, [page]: text });
const shell = (text: string): string => `\`\`\`sh\n${text}\n\`\`\`\n`;

describe('documents', () => {
  test.each([
    'Run `npm run deploy`.',
    'Run `npm deploy`.',
    'Run `fineline stop`.',
    'Run `fineline start --prot 1`.',
    'Run `npm start -- --prot 1`.',
    'Ask `POST /v1/people/{id}/consent`.',
    'Ask `/v1/people/{id}`.',
    'Open `src/surfaces/none.ts`.',
    'Open `docs/b.md`.',
    'Held by [W9] and [W10].',
  ])('finds %s', (text) => {
    expect(found(text)).toEqual(['README.md:1']);
  });

  test.each([
    'npm run deploy',
    'fineline stop --port 1',
    'npm start -- --prot 1',
    'curl "$URL/v1/people/maria"',
    "curl -X PUT \\\n  --json '{}' $URL/v1/people/maria",
    "curl --json '{}' $URL/v1/people/maria/consent",
    'curl http://localhost:8787/nowhere',
  ])('finds, in a shell, %s', (text) => {
    expect(found(shell(text))).toEqual(['README.md:2']);
  });

  it('allows what is there', () => {
    const spans =
      '`npm start -- --port 1` `npm run bench` `npm ci` `fineline start --port N` `fineline help`';
    const others =
      '`PUT /v1/people/{id}/consent` `GET /log/tile/0/000` `src/surfaces/cli/` `docs/a.md` `src/<name>.ts`';
    const asked = shell(
      'npm start # --prot\ncurl -X PUT --json \'{}\' "$URL/v1/people/maria/consent?x=1" # done',
    );
    expect(found(`${spans}\n${others}\n${asked}`)).toEqual([]);
  });

  it('allows rules that a SPEC.md states, and what only looks like one', () => {
    expect(found('[W9], [K4], `[D12] …`, [C4](docs/a.md)')).toEqual([]);
  });

  it('leaves pictures and history alone, but not the files they name', () => {
    expect(found('```text\nfineline stop\n```')).toEqual([]);
    expect(found('`fineline stop`', 'docs/decisions/0001-a.md')).toEqual([]);
    expect(found('`fineline stop`', 'CHANGELOG.md')).toEqual([]);
    expect(found('`src/gone.ts`', 'docs/decisions/0001-a.md')).toEqual(['docs/decisions/0001-a.md:1']);
  });
});
