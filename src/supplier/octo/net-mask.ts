import type { Mask } from '../../secrets/index.js';

const NET = /\\?"net[A-Za-z]*\\?"\s*:\s*-?[\d.eE+-]*/g;

/** `net` is what we pay to the supplier. It is never read, and it is removed from every text that is quoted. */
export function withoutNet({ text, label }: Mask): Mask {
  return { text: (s) => text(s.replaceAll(NET, '"net":…')), label };
}
