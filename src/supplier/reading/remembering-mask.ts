import type { Mask } from '../../secrets/index.js';

/** Caches masked texts: slots repeat labels and types, and searching them for a secret takes longer than reading them. */
export function rememberingMask({ text, label }: Mask): Mask {
  return { text: remembering(text), label: remembering(label) };
}

function remembering(mask: (s: string) => string): (s: string) => string {
  const masked = new Map<string, string>();
  return (original) => {
    const known = masked.get(original) ?? mask(original);
    masked.set(original, known);
    return known;
  };
}
