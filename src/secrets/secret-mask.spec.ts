import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyEncoding, piecesOf } from '../../test/fixtures/encodings.js';
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
    ['named in HTML', 'key=tk&lowbar;Live&sol;9f8a7b&plus;6c&equals;5d&quot;4e&amp;3f!', 'key=***!'],
    ['by other names', 'tk&UnderBar;Live&SOL;9f8a7b&#43;6c&#x3D;5d&QUOT;4e&AMP;3f', '***'],
    ['named, and the ampersand escaped itself', 'tk&amp;lowbar;Live&amp;amp;sol;9f8a7b', '***'],
    ['numbered with zeros', '&#00000000116k&#x0000000005f;Live&#0000000000047;9f8a7b', '***'],
    ['numbered without semicolons', 'tk&#95Live&#479f8a7b&#x2b6c&#x3d5d&quot4e&amp3f', '***'],
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
        const others = `${before}***${after}`;
        const pieces = piecesOf([form]).filter((piece) => !others.includes(piece));
        expect(pieces.filter((piece) => clean.includes(piece))).toEqual([]);
      }),
    );
  });
});

describe('a key that looks escaped itself', () => {
  it.each(['ab%41cdefghij', 'abc&lt;defghij', 'ab\\u0041cdefgh'])('is found, however it is written (%s)', (key) => {
    const { text } = secretMask(key);
    expect(text(`<${key}> <${key.replace('d', '%64')}> <${encodeURIComponent(key)}>`)).toBe('<***> <***> <***>');
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
