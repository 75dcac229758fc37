import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyEncoding, piecesOf } from '../../test/fixtures/encodings.js';
import { KEY, meaningOf } from '../../test/setup/meaning-of.js';

describe('whatever is answered', () => {
  const url = fc.tuple(fc.string(), fc.string()).map((parts) => `https://${parts.join('/')}`);
  const words = fc.oneof(fc.string(), fc.json(), url);
  const status = fc.integer({ min: 200, max: 599 });

  it('has a meaning, told in 500 letters that a database can store', () => {
    const headers = fc.dictionary(fc.constantFrom('content-type', 'location', 'retry-after', 'date'), fc.anything());
    fc.assert(
      fc.property(status, words, headers, (code, body, header) => {
        const meaning = meaningOf(code, body, header);
        if (!(meaning instanceof Error)) return expect([200, 203]).toContain(code);
        expect(meaning.detail.length).toBeLessThanOrEqual(500);
        expect(meaning.detail).not.toMatch(/[\0\n]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
      }),
    );
  });

  it('shows no eight letters of the key, wherever it is repeated, however it is written and cut', () => {
    const pieces = piecesOf(everyEncoding(KEY).map((form) => form.toLowerCase()));
    const form = fc.constantFrom(...everyEncoding(KEY));
    const repeated = fc
      .tuple(fc.nat({ max: 260 }), form, fc.nat({ max: 12 }))
      .map(([before, written, cut]) => `${'.'.repeat(before)}${written.slice(0, written.length - cut)}`);
    const body = repeated.chain((text) =>
      fc.constantFrom<unknown>(
        text,
        { message: text },
        { error: { code: text } },
        { errors: [{ field: text, message: text }] },
        `<html><title>${text}</title>`,
        `<html><h1>${text}</h1>`,
        { message: `No availability ${text}` },
      ),
    );
    fc.assert(
      fc.property(status, body, repeated, (code, answered, header) => {
        const headers = { location: `https://a/${header}/b`, 'retry-after': header, 'content-type': header };
        const meaning = meaningOf(code, answered, headers);
        fc.pre(meaning instanceof Error);
        const shown = [meaning.message, meaning.stack, JSON.stringify(meaning)].join('\n').toLowerCase();
        expect(pieces.filter((piece) => shown.includes(piece))).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });
});
