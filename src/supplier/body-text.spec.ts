import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { secretMask } from '../secrets/index.js';
import { bodyText } from './body-text.js';
import { SupplierFailure } from './supplier-error.js';

const KEY = 'the-key-that-nobody-may-see';
const TEXT = '{"name":"Café, Überfahrt 北京"}';
const BYTES = Buffer.from(TEXT);
const PACKERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
};

/** The text, or why there is none. */
function read(bytes: Buffer, headers: Readonly<Record<string, unknown>> = {}): string {
  const text = bodyText(bytes, (name) => headers[name], secretMask(KEY));
  if (!(text instanceof SupplierFailure)) return text;
  expect(text.kind).toBe('bad_answer');
  return text.message;
}

const packed = (bytes: Buffer, coding: string): string => read(bytes, { 'content-encoding': coding });

describe('a body is unpacked', () => {
  it.each(Object.keys(PACKERS))('from %s', (coding) => {
    expect(packed(PACKERS[coding]?.(BYTES) ?? BYTES, coding)).toBe(TEXT);
    expect(packed(PACKERS[coding]?.(BYTES) ?? BYTES, ` ${coding.toUpperCase()} `)).toBe(TEXT);
  });

  it('from deflate without its frame', () => {
    expect(packed(deflateRawSync(BYTES), 'deflate')).toBe(TEXT);
  });

  it('from several codings, the last one first', () => {
    expect(packed(brotliCompressSync(gzipSync(BYTES)), 'gzip, br')).toBe(TEXT);
  });

  it.each(['identity', '', ' , identity'])('from none: "%s"', (coding) => {
    expect(packed(BYTES, coding)).toBe(TEXT);
  });

  it('though there is nothing in it', () => {
    expect(packed(Buffer.alloc(0), 'gzip')).toBe('');
  });
});

describe('a body is refused', () => {
  it.each(Object.keys(PACKERS))('cut anywhere, packed with %s', (coding) => {
    const whole = PACKERS[coding]?.(BYTES) ?? BYTES;
    for (let length = 1; length < whole.length; length++) {
      expect(packed(whole.subarray(0, length), coding)).toBe(`bad_answer: the ${coding} body is cut off`);
    }
  });

  it.each([
    ['not what it is said to be', BYTES, 'gzip', 'the body is not gzip: incorrect header check'],
    ['in a coding that is not known', BYTES, 'zstd', 'the body has a content coding that is not known: "zstd"'],
    [
      'named by an own property of nothing',
      BYTES,
      'constructor',
      'the body has a content coding that is not known: "constructor"',
    ],
    ['packed too often', BYTES, 'gzip, gzip, gzip, gzip, gzip', 'the body is packed 5 times'],
    ['larger than any answer', gzipSync(Buffer.alloc(9 * 1024 * 1024)), 'gzip', 'the body is larger than 8 MiB'],
    [
      'larger than any answer',
      brotliCompressSync(Buffer.alloc(9 * 1024 * 1024)),
      'br',
      'the body is larger than 8 MiB',
    ],
    ['in a coding named like the key', BYTES, `x-${KEY}`, 'the body has a content coding that is not known: "x-***"'],
  ])('that is %s', (_, bytes, coding, detail) => {
    expect(packed(bytes, coding)).toBe(`bad_answer: ${detail}`);
  });
});

describe('a body is decoded', () => {
  const BIG_ENDIAN = Buffer.from('\ufeffCafé', 'utf16le').swap16();
  const LATIN = Buffer.from('Café, Überfahrt', 'latin1');

  it.each([
    ['UTF-8 where nothing is named', Buffer.from('Café'), undefined, 'Café'],
    ['UTF-8 after its mark', Buffer.from('\uFEFF[]'), 'application/json', '[]'],
    ['the charset that is named', LATIN, 'application/json; charset=iso-8859-1', 'Café, Überfahrt'],
    ['one that is named in quotes', LATIN, 'application/json;profile=a; Charset="ISO-8859-1"', 'Café, Überfahrt'],
    ['UTF-16', Buffer.from('Café', 'utf16le'), 'text/plain; charset=utf-16le', 'Café'],
    ['UTF-16 by its mark', Buffer.from('\ufeffCafé', 'utf16le'), 'application/json', 'Café'],
    ['UTF-16 the other way round by its mark', BIG_ENDIAN, 'application/json; charset=utf-16', 'Café'],
    ['UTF-8 where the name is empty', Buffer.from('Café'), 'text/plain; charset=', 'Café'],
  ])('as %s', (_, bytes, contentType, text) => {
    expect(read(bytes, { 'content-type': contentType })).toBe(text);
  });

  it.each([
    [undefined, 'the body is not valid UTF-8, and no charset is named'],
    ['application/json', 'the body is not valid UTF-8, and no charset is named'],
    ['application/json; charset=utf-8', 'the body is not valid in the charset that is named, "utf-8"'],
    ['application/json; charset=klingon', 'the body has a charset that is not known: "klingon"'],
    [`application/json; charset=${KEY}`, 'the body has a charset that is not known: "***"'],
  ])('or refused: other bytes with %s', (contentType, detail) => {
    expect(read(LATIN, { 'content-type': contentType })).toBe(`bad_answer: ${detail}`);
  });

  it('to text or a bad answer, whatever the bytes and headers', () => {
    const bytes = fc.uint8Array().map((array) => Buffer.from(array));
    const header = fc.oneof(fc.anything(), fc.constantFrom('gzip', 'br', 'deflate', 'text/plain; charset=utf-16'));
    fc.assert(
      fc.property(bytes, header, header, (body, coding, type) => {
        expect(read(body, { 'content-encoding': coding, 'content-type': type })).not.toContain('\uFFFD');
      }),
    );
  });
});
