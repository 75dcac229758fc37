import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyEncoding, piecesOf } from '../../test/fixtures/encodings.js';
import { secretMask } from './secret-mask.js';

const KEY = 'tk_Live/9f8a7b+6c=5d"4e&3f';
const { label } = secretMask(KEY);

const letters = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 12,
});

describe('an id', () => {
  it.each(['', '14', '7_2026-03-02T04:00', 'tk_Live', `${KEY.slice(0, 7)} ${KEY.slice(-7)}`, '%74%6b &amp; İd'])(
    'that holds no eight letters of the key is what it was: %j',
    (id) => {
      expect(label(id)).toBe(id);
    },
  );

  it.each([
    ['the key', `id-${KEY}-1`, /^id-\*\*\*-1~[0-9a-f]{12}$/],
    ['the key in another case', KEY.toUpperCase(), /^\*\*\*~[0-9a-f]{12}$/],
    ['the key percent-encoded', `id-${encodeURIComponent(KEY)}-1`, /^id-\*\*\*-1~[0-9a-f]{12}$/],
    ['the key in hex', `id-${Buffer.from(KEY).toString('hex')}-1`, /^id-\*\*\*-1~[0-9a-f]{12}$/],
    ['its beginning', KEY.slice(0, 12), /^\*\*\*~[0-9a-f]{12}$/],
    ['eight letters of it', `7/${KEY.slice(9, 17)}/04:00`, /^7\/\*\*\*\/04:00~[0-9a-f]{12}$/],
    ['some of it named in HTML', 'id-tk&lowbar;Live&sol;9f8a-1', /^id-\*\*\*-1~[0-9a-f]{12}$/],
  ])('is without %s', (_, id, clean) => {
    expect(label(id)).toMatch(clean);
  });

  it('is the same in each process that has the key, and another with another key', () => {
    const id = `id-${KEY}`;
    expect(secretMask(KEY).label(id)).toBe(label(id));
    // With a digest that anybody can compute, the few letters of a piece could be found by trying all of them.
    expect(secretMask(`${KEY}!`).label(id)).not.toBe(label(id));
  });

  it('stays another one than every other, and holds no piece of the key, whatever is in them', () => {
    const part = letters.chain((key) => {
      const piece = fc.tuple(fc.constantFrom(...everyEncoding(key)), fc.nat({ max: 30 }), fc.nat({ max: 30 }));
      const id = fc.tuple(fc.string(), piece, fc.string()).map(([before, [form, from, cut]]) => {
        return `${before}${form.slice(from, form.length - cut)}`;
      });
      return fc.record({ key: fc.constant(key), ids: fc.uniqueArray(id, { minLength: 2, maxLength: 12 }) });
    });
    fc.assert(
      fc.property(part, ({ key, ids }) => {
        const mask = secretMask(key);
        const clean = ids.map(mask.label);
        const shown = clean.join('\n').toLowerCase();
        expect(new Set(clean).size).toBe(ids.length);
        expect(ids.map(secretMask(key).label)).toEqual(clean);
        expect(piecesOf([key.toLowerCase()]).filter((piece) => shown.includes(piece))).toEqual([]);
      }),
    );
  });

  it('keeps pieces of a key that is a short word itself', () => {
    expect(secretMask('seven77').label('7-seven77-even77')).toBe('7-***-even77');
  });
});
