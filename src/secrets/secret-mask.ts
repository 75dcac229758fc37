import { createHmac } from 'node:crypto';
import { placeOf, viewsOf, type View } from './decoded-view.js';
import { encodingsOf, lowerCased } from './encodings.js';
import { withoutStretches, type Stretch } from './stretches.js';

/** Takes a secret out of texts that others wrote. */
export interface Mask {
  /** Without every piece of the secret of 8 letters or more, in whatever encoding. */
  readonly text: (s: string) => string;
  /**
   * Likewise, for ids, which are compared: an id that held a piece ends in a digest of what it was, so that different ids
   * stay different, and the same id the same, in each process that has the same secret.
   */
  readonly label: (s: string) => string;
}

/** A shorter piece tells too little of the secret, and stands in too many other words. */
const SHORTEST_PIECE = 8;
/** Hexadecimal. The ids of a day are some thousands at most. */
const DIGEST_DIGITS = 12;

type Pieces = ReadonlyMap<number, ReadonlySet<string>>;

/** @param secret a key, as it is; an empty one masks nothing */
export function secretMask(secret: string): Mask {
  const pieces = piecesOf(secret);
  const text = (s: string): string =>
    withoutStretches(
      s,
      viewsOf(s).flatMap((view) => found(view, pieces)),
    );
  // A short key is a word that ids may hold in another spelling. From a digest that it alone keys it could be guessed.
  const label =
    secret.length < SHORTEST_PIECE ? (s: string) => plainly(s, secret) : (s: string) => distinct(s, text(s));
  return { text, label };

  /** The digest is keyed: from a plain one the few letters of a piece could be found by trying all of them. */
  function distinct(id: string, clean: string): string {
    if (clean === id) return id;
    return `${clean}~${createHmac('sha256', secret).update(id).digest('hex').slice(0, DIGEST_DIGITS)}`;
  }
}

function plainly(text: string, secret: string): string {
  return secret === '' ? text : text.replaceAll(secret, '***');
}

/** By their length: pieces of 8 letters of each encoding, of a short secret only the encodings themselves. */
function piecesOf(secret: string): Pieces {
  const pieces = new Map<number, Set<string>>();
  for (const form of formsOf(secret)) {
    const length = secret.length < SHORTEST_PIECE ? form.length : Math.min(SHORTEST_PIECE, form.length);
    const known = pieces.get(length) ?? new Set();
    pieces.set(length, known);
    for (let start = 0; start + length <= form.length; start++) known.add(form.slice(start, start + length));
  }
  return pieces;
}

/** A secret that looks escaped itself is resolved together with the text around it. */
function formsOf(secret: string): string[] {
  const resolved = viewsOf(secret).slice(1);
  const readings = resolved.map(({ text }) => lowerCased(text)).filter((text) => text.length >= SHORTEST_PIECE);
  return [...encodingsOf(secret), ...readings].filter((form) => form !== '');
}

/** Where pieces stand, as places of the original text. */
function found(view: View, pieces: Pieces): Stretch[] {
  const searched = lowerCased(view.text);
  const stretches: Stretch[] = [];
  for (const [length, known] of pieces) {
    for (let start = 0; start + length <= searched.length; start++) {
      if (known.has(searched.slice(start, start + length))) stretches.push(placeOf(view, start, start + length));
    }
  }
  return stretches;
}
