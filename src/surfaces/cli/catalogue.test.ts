// Goal: whoever imported a catalogue learns what nobody can tell, and why a thing has its class. Method: one
// small home.

import { afterAll, expect, test } from 'vitest';
import { cli, tempPlace } from './testing.ts';

const place = tempPlace();
afterAll(() => place.dispose());
const home = place.path('home');
const ask = (...words: string[]) => cli([...words, '--home', home]);

test('[Q60] an import counts what nobody can tell, review lists it, why names the word', async () => {
  const file = place.file(
    'catalogue.csv',
    'id,title,category\na,4711,Разное\nb,4712,Разное\nwine,Rotwein,Keller\nlamp,Desk lamp,Lamps\n',
  );
  const imported = await ask(
    'import',
    file,
    '--source',
    'stock',
    '--basis',
    'contract',
    '--notice',
    'notice-1',
  );
  expect(imported.out).toContain('2 things that nobody can tell a class of');
  const review = await ask('catalogue', 'review');
  expect(review.out).toContain('4 things in the catalogue: 1 of a sensitive class, 2 that nobody can tell.');
  expect(review.out).toContain('Разное: 2 things, a script without a list');
  expect(review.out).toContain('“4711”, “4712”');
  expect(review.out).toContain('sensitive.reviewed');
  expect(JSON.parse((await ask('catalogue', 'review', '--json')).out)).toMatchObject({ unmapped: 2 });
  const why = (await ask('catalogue', 'why', 'wine')).out.replaceAll(/\s+/g, ' ');
  expect(why).toContain('found alcohol: in its title “Rotwein”, the word “rotwein” of the list de.');
  expect((await ask('catalogue', 'why', 'lamp')).out).toContain('Of no sensitive class.');
  expect((await ask('catalogue', 'why', 'none')).code).toBe(1);
});

test('[Q60] other words are refused with the usage', async () => {
  for (const words of [['list'], ['review', 'a'], ['why']]) {
    const { code, err } = await ask('catalogue', ...words);
    expect([code, err.includes('review | why ITEM')]).toEqual([2, true]);
  }
});
