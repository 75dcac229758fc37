/** A response that is kept takes at least about so many bytes, so that there are as many places as responses fit into the cache. */
const BYTES_EACH = 1_000;
const FEWEST = 1_024;

/**
 * Remembers URLs that a full cache lacked, in a fixed amount of memory. Each has one place, which the next one of that place takes; two
 * that have the same hash count as one.
 */
export class RepeatedMisses {
  private readonly last: Int32Array;

  /** @param bytes of the cache */
  constructor(bytes: number) {
    this.last = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(FEWEST, bytes / BYTES_EACH))));
  }

  /** @returns whether it is the one that was noted last at its place */
  note(url: string): boolean {
    const hash = hashOf(url);
    const place = hash & (this.last.length - 1);
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
