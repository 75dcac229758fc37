import { placeOf, viewsOf } from './decoded-view.js';
import { encodingsOf, lowerCased } from './encodings.js';
import { withoutStretches, type Stretch } from './stretches.js';

/** Letters of a beginning that give a secret away. Other pieces are left: our own words may hold them. */
const SHORTEST_PREFIX = 8;

/**
 * Takes several secrets out of texts that are ours: whole ones in whatever encoding, and their beginnings.
 * @param secrets keys and passwords, as they are
 */
export function secretRemover(secrets: readonly string[]): (text: string) => string {
  const plain = [...new Set(secrets.map(lowerCased))].filter((secret) => secret !== '');
  const forms = [...new Set(secrets.flatMap(encodingsOf))].filter((form) => form !== '');
  const found = (searched: string): Stretch[] => [
    ...forms.flatMap((form) => places(searched, form).map((start) => ({ start, end: start + form.length }))),
    ...plain.flatMap((secret) => beginnings(searched, secret)),
  ];
  return (text) =>
    withoutStretches(
      text,
      viewsOf(text).flatMap((view) => found(lowerCased(view.text)).map(({ start, end }) => placeOf(view, start, end))),
    );
}

function beginnings(text: string, secret: string): Stretch[] {
  if (secret.length < SHORTEST_PREFIX) return [];
  return places(text, secret.slice(0, SHORTEST_PREFIX)).map((start) => {
    let length = SHORTEST_PREFIX;
    while (length < secret.length && text[start + length] === secret[length]) length++;
    return { start, end: start + length };
  });
}

function places(text: string, part: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) starts.push(at);
  return starts;
}
