import { decoded, viewOf, type View } from './decoded-view.js';
import { encodingsOf, lowerCased } from './encodings.js';
import { withoutStretches, type Stretch } from './stretches.js';

/** Takes a secret out of texts that others wrote. */
export interface Mask {
  /** Without every piece of the secret of 8 letters or more, in whatever encoding. For what is quoted. */
  readonly text: (s: string) => string;
  /** Without the secret where it stands as a whole, in whatever encoding. For ids, which must stay what they are. */
  readonly label: (s: string) => string;
}

/** A shorter piece tells too little of the secret, and stands in too many other words. */
const SHORTEST_PIECE = 8;
/** An escape may be escaped itself: `%2574`. */
const DECODINGS = 3;

/** @param secret a key, as it is; an empty one masks nothing */
export function secretMask(secret: string): Mask {
  const pieces = piecesOf(secret, SHORTEST_PIECE);
  const wholes = piecesOf(secret, Infinity);
  const without = (s: string, known: typeof pieces) =>
    withoutStretches(
      s,
      views(s).flatMap((view) => found(view, known)),
    );
  return {
    text: (s) => without(s, pieces),
    // A short key is a word that ids may hold in another spelling.
    label: (s) => (secret.length < SHORTEST_PIECE ? plainly(s, secret) : without(s, wholes)),
  };
}

function plainly(text: string, secret: string): string {
  return secret === '' ? text : text.replaceAll(secret, '***');
}

/** By their length: pieces of `most` letters of each encoding, of a short secret only the encodings themselves. */
function piecesOf(secret: string, most: number): ReadonlyMap<number, ReadonlySet<string>> {
  const pieces = new Map<number, Set<string>>();
  for (const form of encodingsOf(secret).filter((each) => each !== '')) {
    const length = secret.length < SHORTEST_PIECE ? form.length : Math.min(most, form.length);
    const known = pieces.get(length) ?? new Set();
    pieces.set(length, known);
    for (let start = 0; start + length <= form.length; start++) known.add(form.slice(start, start + length));
  }
  return pieces;
}

function views(text: string): View[] {
  const all = [viewOf(text)];
  while (all.length <= DECODINGS) {
    const next = decoded(all.at(-1) ?? viewOf(text));
    if (!next) break;
    all.push(next);
  }
  return all;
}

/** Where pieces stand, as places of the original text. */
function found({ text, origin }: View, pieces: ReadonlyMap<number, ReadonlySet<string>>): Stretch[] {
  const searched = lowerCased(text);
  const stretches: Stretch[] = [];
  for (const [length, known] of pieces) {
    for (let start = 0; start + length <= searched.length; start++) {
      if (!known.has(searched.slice(start, start + length))) continue;
      stretches.push({ start: origin[start]?.start ?? 0, end: origin[start + length - 1]?.end ?? 0 });
    }
  }
  return stretches;
}
