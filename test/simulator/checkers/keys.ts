// A fact's key, read naively: `bought|town-web|coat-1`.

const CATEGORIES: Readonly<Record<string, string>> = {
  viewed: 'browsing',
  bought: 'purchases',
  'in-basket': 'basket',
  clicked: 'interactions',
  dismissed: 'interactions',
  likes: 'declared',
  dislikes: 'declared',
};
const PLACES: readonly string[] = ['country', 'region'];

export function categoryOfKey(key: string): string | undefined {
  const [kind = '', , name = ''] = key.split('|');
  if (kind !== 'trait') return CATEGORIES[kind];
  return PLACES.includes(name) ? 'location' : 'demographics';
}

/** The thing it is about; `undefined` for what is about the person. */
export function itemOfKey(key: string): string | undefined {
  const [kind, , name] = key.split('|');
  return kind === 'trait' ? undefined : name;
}
