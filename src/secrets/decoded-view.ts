import { ENTITY_NAME, lettersOfEntity } from './html-entities.js';
import type { Stretch } from './stretches.js';

/** A text as it reads once its escapes are resolved, and which part of the original each of its letters stands for. */
export interface View {
  readonly text: string;
  /** Null: it is the original. */
  readonly origin: readonly Stretch[] | null;
}

/** An escape may be escaped itself: `%2574`. */
const DECODINGS = 3;

/**
 * What can stand for one letter of a key (ASCII): `%74`, `\u0074`, `\x74`, `\"`, `&#116;`, `&#x74;`, `&lowbar;`. Where the
 * semicolon is lacking, only as many digits count as a letter of ASCII has: `&#1169` is t9. Few names go without one.
 */
const ESCAPE = new RegExp(
  [
    String.raw`%(?<percent>[0-9a-f]{2})`,
    String.raw`\\u(?<u>[0-9a-f]{4})`,
    String.raw`\\x(?<x>[0-9a-f]{2})`,
    String.raw`\\(?<escaped>["\\/'])`,
    '&#(?<decimal>[0-9]+);',
    '&#0*(?<openDecimal>3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-6])',
    '&#x(?<hex>[0-9a-f]+);',
    '&#x0*(?<openHex>[2-7][0-9a-f])',
    `&(?<entity>${ENTITY_NAME});`,
    '&(?<openEntity>amp|lt|gt|quot)',
  ].join('|'),
  'gi',
);

/** The text as it is, and with its escapes resolved once, twice, … as long as there are any. */
export function viewsOf(text: string): View[] {
  const views: View[] = [];
  let view: View | undefined = { text, origin: null };
  while (view && views.length <= DECODINGS) {
    views.push(view);
    view = decoded(view);
  }
  return views;
}

/** Where letters of a view stand in the original. @param end beyond the last one */
export function placeOf({ origin }: View, start: number, end: number): Stretch {
  return origin === null ? { start, end } : { start: origin[start]?.start ?? 0, end: origin[end - 1]?.end ?? 0 };
}

/** @returns undefined: there is nothing to resolve */
function decoded(view: View): View | undefined {
  const { text } = view;
  const letters: string[] = [];
  const origin: Stretch[] = [];
  let done = 0;
  const keepUntil = (end: number): void => {
    letters.push(text.slice(done, end));
    for (; done < end; done++) origin.push(placeOf(view, done, done + 1));
  };
  for (const match of text.matchAll(ESCAPE)) {
    keepUntil(match.index);
    done += match[0].length;
    const meant = lettersOf(match.groups ?? {});
    letters.push(meant);
    for (let i = 0; i < meant.length; i++) origin.push(placeOf(view, match.index, done));
  }
  if (done === 0) return undefined;
  keepUntil(text.length);
  return { text: letters.join(''), origin };
}

function lettersOf(groups: Readonly<Record<string, string | undefined>>): string {
  const { escaped, entity, openEntity, decimal, openDecimal } = groups;
  if (escaped !== undefined) return escaped;
  const name = entity ?? openEntity;
  if (name !== undefined) return lettersOfEntity(name);
  const digits = decimal ?? openDecimal;
  const { percent, u, x, hex, openHex } = groups;
  return letterOf(digits === undefined ? parseInt(percent ?? u ?? x ?? hex ?? openHex ?? '', 16) : Number(digits));
}

/** One UTF-16 unit, so that letters and places stay in step; no key has a letter that takes two. */
function letterOf(code: number): string {
  return String.fromCharCode(code <= 0xffff ? code : 0xfffd);
}
