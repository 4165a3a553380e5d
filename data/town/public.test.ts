// Goal: what leaves the town by its public door holds no ground truth, in no field and in no sentence of it.

import { describe, expect, test } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { generateTown } from './generate.ts';
import { publicTown } from './public.ts';

const OPTIONS = { seed: 5, people: 120, days: 90, endMs: Date.UTC(2026, 1, 1) };
const { catalogue, sources, lines } = publicTown(OPTIONS);
const town = generateTown(OPTIONS);

/** Names of fields that hold what is true and known to nobody. */
const SECRET: readonly string[] = [
  ...Object.keys(town.person(0)).filter((name) => !['id', 'index', 'country', 'language'].includes(name)),
  ...['complements', 'substituteGroup', 'classItems', 'proxies', 'strength', 'fatigue', 'members'],
];
/** Fields that people tell themselves; everything else in SECRET never stands in a line. */
const TOLD: readonly string[] = ['region', 'birthYear', 'consent', 'grants', 'gpc'];

function fieldsOf(value: unknown, into: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const each of value) fieldsOf(each, into);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) fieldsOf(inner, into.add(name));
  return into;
}

describe('what leaves the town', () => {
  test('are its lines, as they stand in events.ndjson', () => {
    expect([...lines()]).toEqual([...town.lines()].map(({ json }) => json));
  });

  test('has no field of the ground truth', () => {
    const fields = new Set<string>();
    for (const line of lines()) fieldsOf(JSON.parse(line), fields);
    fieldsOf(sources, fields);
    for (const column of catalogue.split('\n')[0]?.split(',') ?? []) fields.add(column);
    const leaked = SECRET.filter((name) => fields.has(name) && !TOLD.includes(name));
    expect(leaked).toEqual([]);
    expect(SECRET.length).toBeGreaterThan(15);
  });

  test('names no class and no substitute group', () => {
    // What people say of themselves is theirs to say: those who open a class name it.
    const said = [...lines()].join('\n').replaceAll(/"class:[a-z-]+"/g, '');
    const everything = `${catalogue}\n${said}`;
    const words = new Set(everything.match(/[a-z0-9-]+/g));
    const sold = new Set(CATALOGUE.map(({ id }) => id));
    const groups = new Set(CATALOGUE.map(({ substituteGroup }) => substituteGroup));
    const classes = new Set(town.people.flatMap((person) => [...person.classes]));
    expect(classes.size).toBe(3);
    // "Health" is a shelf as well.
    for (const name of classes) if (name !== 'health') expect(words.has(name), name).toBe(false);
    const own = [...groups].filter((name) => name.includes('-') && !sold.has(name));
    expect(own.length).toBeGreaterThan(10);
    for (const name of own) expect(words.has(name), name).toBe(false);
  });
});
