import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  LARGEST_ID,
  parseDatabaseUrl,
  parseDuration,
  parseHttpUrl,
  parseIds,
  parseInteger,
  parseKey,
  parseTimeZone,
} from './values.js';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['15m', 900_000],
    ['4h', 14_400_000],
    ['8784h', 366 * 24 * 3_600_000],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    '',
    '10',
    's',
    '0s',
    '-5s',
    '1.5h',
    '1e3s',
    ' 10s',
    '10s ',
    '10 s',
    '10S',
    '1d',
    '1h30m',
    '8785h',
    '9999999999s',
  ])('is not "%s"', (text) => {
    expect(() => parseDuration(text)).toThrow(`"${text}" is not a duration; write one like 500ms, 10s, 15m or 4h`);
  });

  it('is never zero, negative or endless, whatever is written', () => {
    const written = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(), fc.constantFrom('ms', 's', 'm', 'h', 'd')).map((p) => p.join('')),
    );
    fc.assert(
      fc.property(written, (text) => {
        const ms = orNothing(() => parseDuration(text));
        expect(ms === undefined || (Number.isSafeInteger(ms) && ms > 0 && ms <= 366 * 24 * 3_600_000)).toBe(true);
      }),
    );
  });
});

describe('ids', () => {
  it.each([
    ['14,15', [14, 15]],
    [' 15 , 14 ', [15, 14]],
    ['14,14,15', [14, 15]],
    [',14,', [14]],
    ['', []],
    [String(LARGEST_ID), [LARGEST_ID]],
  ])('"%s" are %j', (text, ids) => {
    expect(parseIds(text)).toEqual(ids);
  });

  it.each(['0', '-1', '1.5', 'abc', '14;15', '14 15', String(LARGEST_ID + 1), 'NaN', 'Infinity'])(
    'are not "%s"',
    (text) => {
      expect(() => parseIds(text)).toThrow(`"${text}" is not a list of ids; write whole numbers from 1 to 2147483647`);
    },
  );

  it.each(['1e2', '0x10', '0b11', '+14', '14.0'])('are plain digits: not "%s"', (text) => {
    expect(() => parseIds(text)).toThrow('is not a list of ids');
  });
});

describe('a whole number', () => {
  const parse = parseInteger(1, 60_000);

  it.each(['1', '30', '60000', '007'])('is "%s"', (text) => {
    expect(parse(text)).toBe(Number(text));
  });

  it.each(['', '0', '60001', '-1', '+1', '1.0', '1e3', '0x10', ' 1', '99999999999', '٣'])('is not "%s"', (text) => {
    expect(() => parse(text)).toThrow(`"${text}" is not a whole number from 1 to 60000`);
  });
});

describe('a time zone', () => {
  it.each([
    ['Asia/Singapore', 'Asia/Singapore'],
    ['asia/singapore', 'Asia/Singapore'],
    ['UTC', 'UTC'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Asia/Kathmandu', 'Asia/Kathmandu'],
    ['Pacific/Kiritimati', 'Pacific/Kiritimati'],
  ])('"%s" is read as %s', (text, zone) => {
    expect(parseTimeZone(text)).toBe(zone);
  });

  it.each(['', 'Mars/Olympus', 'Singapore time', '+08:00', '-05:00', 'GMT+8'])('is not "%s"', (text) => {
    expect(() => parseTimeZone(text)).toThrow(`"${text}" is not a time zone; write an IANA name like Asia/Singapore`);
  });
});

describe('the root of an API', () => {
  it.each([
    ['https://leap-api.tickete.co/api/v1', 'https://leap-api.tickete.co/api/v1'],
    ['http://localhost:4100/api/v1///', 'http://localhost:4100/api/v1'],
    ['HTTPS://Supplier.Example', 'https://supplier.example'],
  ])('"%s" is read as %s', (text, url) => {
    expect(parseHttpUrl(text)).toBe(url);
  });

  it.each([
    '',
    'supplier.example',
    '/api/v1',
    'ftp://supplier.example',
    'https://p.example/?key=1',
    'https://p.example/#top',
    'https://',
  ])('is not "%s"', (text) => {
    expect(() => parseHttpUrl(text)).toThrow(
      'is not the root of an API; write one like https://supplier.example/api/v1',
    );
  });

  it.each(['https://p.example/api/v1?', 'https://p.example/api/v1#', 'https://p.example/api/v1/?#'])(
    'leaves nothing behind that a path could not follow: "%s"',
    (text) => {
      const root = orNothing(() => parseHttpUrl(text));
      if (root !== undefined) expect(new URL(`${root}/inventory/14`).pathname).toBe('/api/v1/inventory/14');
    },
  );
});

describe('a database URL', () => {
  it.each(['postgresql://user:password@host:5432/database?sslmode=require', 'postgres://host/db'])('is "%s"', (url) => {
    expect(parseDatabaseUrl(url)).toBe(url);
  });

  it.each(['', 'host/db', 'mysql://u:hunter2@host/db', 'http://u:hunter2@host', 'prisma+postgres://u:hunter2@h'])(
    'is not "%s", and the refusal does not repeat it',
    (url) => {
      const refusal = refusalOf(() => parseDatabaseUrl(url));
      expect(refusal).toContain('write one like postgresql://user:password@host:5432/database');
      expect(refusal).not.toContain('hunter2');
    },
  );
});

describe('a key', () => {
  const parse = parseKey(16);

  it('is printable ASCII of at least the length asked for', () => {
    expect(parse('0123456789abcde~')).toBe('0123456789abcde~');
  });

  it.each(['', 'short', 'with a space 0123456789', 'ключ-0123456789abcdef', 'line\nbreak-0123456789'])(
    'is not "%s", and the refusal does not repeat it',
    (key) => {
      const refusal = refusalOf(() => parse(key));
      expect(refusal).toBe('a key is at least 16 characters of printable ASCII without spaces');
    },
  );
});

function orNothing<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

function refusalOf(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}
