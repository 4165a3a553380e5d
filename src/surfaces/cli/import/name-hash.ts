// A number from a name, spread evenly and the same on every machine.

/**
 * FNV-1a with a final mix (Fowler, Noll, Vo): spreads customer numbers that follow each other. A whole number
 * below 2^32. Nobody is protected by it: whoever knows the name knows the number.
 */
export function hashOfName(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
