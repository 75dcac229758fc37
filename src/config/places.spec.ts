import { describe, expect, it } from '@jest/globals';
import { parseDatabaseUrl, parseHost, parseHttpUrl } from './values.js';

describe('a "%" that is no percent-encoding', () => {
  const SAID = 'write each "%" that stands for itself as "%25"';
  it.each(['postgresql://u:hunter2%@host/db', 'postgres://u:100%zz@host/db', 'postgres://u:hunter2%ff@host/db'])(
    'is told of %s before a driver fails on it, and the password is not repeated',
    (url) => {
      const refusal = refusalOf(() => parseDatabaseUrl(url));
      expect(refusal).toContain(SAID);
      expect(refusal).not.toMatch(/hunter2|100/);
    },
  );

  it('is told of the root of an API, and is fine once it is encoded', () => {
    expect(refusalOf(() => parseHttpUrl('https://p.example/100%/v1'))).toContain(SAID);
    expect(parseHttpUrl('https://p.example/100%25/v1')).toBe('https://p.example/100%25/v1');
    expect(parseDatabaseUrl('postgres://u:p%25@host/db')).toBe('postgres://u:p%25@host/db');
  });
});

describe('where to listen', () => {
  it.each([
    ['0.0.0.0', '0.0.0.0'],
    ['*', '0.0.0.0'],
    ['::', '::'],
    ['[::]', '::'],
    ['[fd00::2]', 'fd00::2'],
    ['localhost', 'localhost'],
    ['mirror_1.internal', 'mirror_1.internal'],
  ])('"%s" is %s', (text, host) => {
    expect(parseHost(text)).toBe(host);
  });

  it.each([
    '0.0.0.0:4000',
    'localhost:4000',
    'http://0.0.0.0',
    '[localhost]',
    '[0.0.0.0',
    '1.2.3',
    '256.0.0.1',
    'a b',
    '**',
  ])('is not "%s"', (text) => {
    expect(refusalOf(() => parseHost(text))).toContain(`"${text}" is no place to listen`);
  });
});

function refusalOf(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}
