import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyEncoding } from '../../test/fixtures/encodings.js';
import { secretMask } from './secret-mask.js';

const KEY = 'tk_Live/9f8a7b+6c=5d"4e&3f';

it('leaves other words alone where the key is very short', () => {
  expect(secretMask('x').text('connect ECONNREFUSED 127.0.0.1:9, key x')).toBe(
    'connect ECONNREFUSED 127.0.0.1:9, key ***',
  );
});

describe('what is quoted', () => {
  const { text } = secretMask(KEY);

  it.each([
    ['the key', KEY, '***'],
    ['the key in upper case', `key ${KEY.toUpperCase()}!`, 'key ***!'],
    ['a piece of eight letters', `… ${KEY.slice(5, 13)} …`, '… *** …'],
    ['a beginning', `Your key ${KEY.slice(0, 12)}`, 'Your key ***'],
    ['percent-encoded', `?key=${encodeURIComponent(KEY)}&a=b`, '?key=***&a=b'],
    ['percent-encoded twice', `?key=${encodeURIComponent(encodeURIComponent(KEY))}&a=b`, '?key=***&a=b'],
    ['escaped for JSON', JSON.stringify({ key: KEY }), '{"key":"***"}'],
    ['only some of it escaped', 'tk_%4civ\\u0065&#47;9f8a', '***'],
    ['in hex', Buffer.from(KEY).toString('hex').toUpperCase(), '***'],
  ])('holds nothing of %s', (_, quoted, clean) => {
    expect(text(quoted)).toBe(clean);
  });

  it.each([0, 1, 2, 3])('holds nothing of it in base64 with %d bytes before it', (before) => {
    const credentials = Buffer.from(`${'u'.repeat(before)}${KEY}:`).toString('base64');
    const clean = text(`Basic ${credentials}`);
    expect(clean).toMatch(/^Basic .{0,6}\*\*\*.{0,4}$/);
  });

  it('is else as it was', () => {
    const other = 'tk_Live! 9f8a7b6c5d4e3f %74%6b &amp; \\u0074 İstanbul dGtfTGl';
    expect(text(other)).toBe(other);
    expect(text('')).toBe('');
  });

  it('holds no eight letters in a row of it, whatever stands around it and however it is written and cut', () => {
    const key = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((c) => String.fromCharCode(c)),
      minLength: 12,
    });
    fc.assert(
      fc.property(key, fc.string(), fc.string(), fc.nat(), fc.nat({ max: 40 }), (secret, before, after, which, cut) => {
        const forms = everyEncoding(secret);
        const form = forms[which % forms.length] ?? '';
        const clean = secretMask(secret).text(`${before}${form.slice(cut % 4, form.length - cut)}${after}`);
        for (let i = 0; i + 8 <= form.length; i++) {
          const piece = form.slice(i, i + 8);
          if (!`${before}***${after}`.includes(piece)) expect(clean).not.toContain(piece);
        }
      }),
    );
  });
});

describe('of a short key', () => {
  it.each(['abc', 'seven77'])('only the whole is taken out (%s)', (key) => {
    const { text } = secretMask(key);
    expect(text(`<${key}> <${key.slice(1)}> ${Buffer.from(key).toString('hex')}`)).toBe(`<***> <${key.slice(1)}> ***`);
  });

  it('of an empty one nothing', () => {
    expect(secretMask('').text('as it was')).toBe('as it was');
    expect(secretMask('').label('as it was')).toBe('as it was');
  });
});

describe('a label', () => {
  const { label } = secretMask(KEY);

  it('is without the whole key', () => {
    expect(label(`id-${KEY}-1`)).toBe('id-***-1');
    expect(label(`id-${encodeURIComponent(KEY)}-1`)).toBe('id-***-1');
    expect(label(`id-${Buffer.from(KEY).toString('hex')}-1`)).toBe('id-***-1');
    expect(label(KEY.toUpperCase())).toBe('***');
  });

  it('keeps pieces of it: another id would be another slot', () => {
    expect(label(KEY.slice(0, 12))).toBe(KEY.slice(0, 12));
  });
});
