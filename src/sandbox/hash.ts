/** A well mixed 32 bit number of the parts: FNV-1a over their text, then murmur's finaliser, for FNV alone leaves neighbours alike. */
export function hash(...parts: readonly (string | number)[]): number {
  const text = parts.join('|');
  let mixed = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** At least 0 and less than 1, the same for the same parts. */
export function fraction(...parts: readonly (string | number)[]): number {
  return hash(...parts) / 2 ** 32;
}

export function pick<T>(list: readonly T[], ...parts: readonly (string | number)[]): T {
  const picked = list[hash(...parts) % list.length];
  if (picked === undefined) throw new RangeError('There is nothing to pick from');
  return picked;
}
