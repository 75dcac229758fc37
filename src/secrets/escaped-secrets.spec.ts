import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { secretMask } from './secret-mask.js';
import { secretRemover } from './secret-remover.js';

/** HTML 5's names of ASCII's punctuation, as its table has them. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  ...{ '!': ['excl'], '"': ['quot', 'QUOT'], '#': ['num'], $: ['dollar'], '%': ['percnt'], '&': ['amp', 'AMP'] },
  ...{ "'": ['apos'], '(': ['lpar'], ')': ['rpar'], '*': ['ast', 'midast'], '+': ['plus'], ',': ['comma'] },
  ...{ '.': ['period'], '/': ['sol'], ':': ['colon'], ';': ['semi'], '<': ['lt', 'LT'], '=': ['equals'] },
  ...{ '>': ['gt', 'GT'], '?': ['quest'], '@': ['commat'], '[': ['lsqb', 'lbrack'], '\\': ['bsol'] },
  ...{ ']': ['rsqb', 'rbrack'], '^': ['Hat'], _: ['lowbar', 'UnderBar'], '`': ['grave', 'DiacriticalGrave'] },
  ...{
    '{': ['lcub', 'lbrace'],
    '|': ['verbar', 'vert', 'VerticalLine'],
    '}': ['rcub', 'rbrace'],
    '-': ['hyphen', 'dash'],
  },
};

/** How an encoder can write a letter. What its escapes begin with it never leaves as it is. */
type Writer = (letter: string, code: number) => readonly string[];

const WRITERS: Readonly<Record<string, Writer>> = {
  HTML: (letter, code) => [
    ...(letter === '&' ? [] : [letter]),
    ...(NAMES[letter] ?? []).map((name) => `&${name};`),
    ...[String(code), `000000000${code}`, `x${code.toString(16)}`, `X00000000${code.toString(16)}`].map(
      (n) => `&#${n};`,
    ),
  ],
  'HTML without semicolons': (letter, code) => [
    // A plain one would be taken for the end of the escape before it.
    ...(/[&;]/.test(letter) ? [] : [letter]),
    ...[String(code), `000000000${code}`, `x${code.toString(16)}`, `x000${code.toString(16)}`].map((n) => `&#${n}`),
    ...({ '&': ['&amp'], '<': ['&lt'], '>': ['&gt'], '"': ['&quot'] }[letter] ?? []),
  ],
  'percent-encoding': (letter, code) => [
    ...(letter === '%' ? [] : [letter]),
    ...[code.toString(16), code.toString(16).toUpperCase()].map((digits) => `%${digits}`),
  ],
  JSON: (letter, code) => [
    ...(/["\\]/.test(letter) ? [`\\${letter}`] : [letter]),
    `\\u00${code.toString(16)}`,
    ...(letter === '/' ? ['\\/'] : []),
  ],
};

const key = fc
  .string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), minLength: 12 })
  // What looks escaped itself has a test of its own.
  .filter((text) => !/%[0-9a-f]{2}|\\["\\/'ux]|&(#|\w+;|amp|lt|gt|quot)/i.test(text));

describe.each(Object.entries(WRITERS))('a key in %s, each letter as it comes', (_, writer) => {
  const written = key.chain((secret) =>
    fc.record({
      secret: fc.constant(secret),
      letters: fc.tuple(...Array.from(secret, (c) => fc.constantFrom(...writer(c, c.charCodeAt(0))))),
    }),
  );

  it('leaves no eight of its letters in what is quoted, nor in an id', () => {
    fc.assert(
      fc.property(written, fc.string(), fc.string(), fc.nat(), ({ secret, letters }, before, after, cut) => {
        const length = 8 + (cut % (secret.length - 7));
        const others = `${before} *** ${after}`;
        const { text, label } = secretMask(secret);
        const shown = [text, label].map((mask) => mask(`${before} ${letters.slice(0, length).join('')} ${after}`));
        const pieces = Array.from({ length: length - 7 }, (_, i) => letters.slice(i, i + 8).join(''));
        const kept = pieces.filter((piece) => !others.includes(piece) && shown.some((each) => each.includes(piece)));
        expect(kept).toEqual([]);
      }),
    );
  });

  it('leaves nothing of it in our own words', () => {
    fc.assert(
      fc.property(written, ({ secret, letters }) => {
        expect(secretRemover([secret])(`key: ${letters.join('')} .`)).toBe('key: *** .');
      }),
    );
  });
});
