import type { Stretch } from './stretches.js';

/** A text as it reads once its escapes are resolved, and which part of the original each of its letters stands for. */
export interface View {
  readonly text: string;
  readonly origin: readonly Stretch[];
}

/** `%74`, `\u0074`, `\x74`, `\"`, `&#116;`, `&#x74;`, `&amp;`: what can stand for one letter of a key (ASCII). */
const ESCAPE =
  /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(["\\/'])|&#0{0,6}(\d{1,5});?|&#x0{0,6}([0-9a-f]{1,4});?|&(amp|lt|gt|quot|apos);/gi;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function viewOf(text: string): View {
  return { text, origin: Array.from({ length: text.length }, (_, start) => ({ start, end: start + 1 })) };
}

/** @returns undefined: there is nothing to resolve */
export function decoded({ text, origin }: View): View | undefined {
  const letters: string[] = [];
  const origins: Stretch[] = [];
  let done = 0;
  for (const match of text.matchAll(ESCAPE)) {
    const end = match.index + match[0].length;
    letters.push(text.slice(done, match.index), letterOf(match));
    for (const place of origin.slice(done, match.index)) origins.push(place);
    origins.push({ start: origin[match.index]?.start ?? 0, end: origin[end - 1]?.end ?? 0 });
    done = end;
  }
  if (done === 0) return undefined;
  for (const place of origin.slice(done)) origins.push(place);
  return { text: letters.join('') + text.slice(done), origin: origins };
}

/** One UTF-16 unit, so that letters and places stay in step. */
function letterOf([, percent, u, x, escaped, decimal, hex, entity]: RegExpExecArray): string {
  if (escaped !== undefined) return escaped;
  if (entity !== undefined) return ENTITIES[entity.toLowerCase()] ?? ' ';
  const code = decimal === undefined ? parseInt(percent ?? u ?? x ?? hex ?? '', 16) : Number(decimal);
  return String.fromCharCode(code);
}
