/** A power of two. */
const PLACES = 4_096;

/**
 * Remembers the last few thousand responses that were not in the cache, in a fixed amount of memory. Each has one place, which the
 * next one of that place takes.
 */
export class RepeatedMisses {
  private readonly last = new Int32Array(PLACES);

  /** Notes a miss. @returns whether the last one of its place was the same */
  note(url: string): boolean {
    const hash = hashOf(url);
    const place = hash & (PLACES - 1);
    const again = this.last[place] === hash;
    this.last[place] = hash;
    return again;
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
