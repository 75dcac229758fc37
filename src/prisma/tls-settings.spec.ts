import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { withExplicitTls } from './tls-settings.js';

const URL_OF = 'postgresql://user:p%40ss@db.example:6432/slotmirror';
const DRIVER_WARNS = /SECURITY WARNING: The SSL modes/;

/** What `pg` makes of a URL: nothing is connected to. */
const tlsOf = (url: string): unknown => new pg.Client({ connectionString: url }).ssl;

let warn: ReturnType<typeof jest.spyOn>;

beforeEach(() => {
  warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('the TLS that a database URL asks for', () => {
  // First of all, for the driver warns once in a process.
  it.each(['prefer', 'require', 'verify-ca', 'verify-full', 'disable', 'no-verify'])(
    'is taken without a warning as sslmode=%s',
    (mode) => {
      tlsOf(withExplicitTls(`${URL_OF}?sslmode=${mode}`));
      expect(warn).not.toHaveBeenCalled();
    },
  );

  it('would be warned of otherwise', () => {
    tlsOf(`${URL_OF}?sslmode=require`);
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(DRIVER_WARNS));
  });

  it.each(['prefer', 'require', 'verify-ca'])('verifies under sslmode=%s as it did', (mode) => {
    const url = `${URL_OF}?schema=a&sslmode=${mode}`;
    expect(tlsOf(withExplicitTls(url))).toEqual(tlsOf(url));
    expect(withExplicitTls(url)).toBe(`${URL_OF}?schema=a&sslmode=verify-full`);
  });

  it.each([
    '',
    '?sslmode=verify-full',
    '?sslmode=disable',
    '?sslmode=no-verify',
    '?uselibpqcompat=true&sslmode=require',
    '?pgbouncer=true',
  ])('stays as it is written in "%s"', (parameters) => {
    expect(withExplicitTls(URL_OF + parameters)).toBe(URL_OF + parameters);
  });

  it('may name the authorities of the machine as libpq does', () => {
    expect(withExplicitTls(`${URL_OF}?sslmode=verify-full&sslrootcert=system`)).toBe(`${URL_OF}?sslmode=verify-full`);
    expect(withExplicitTls(`${URL_OF}?sslrootcert=system`)).toBe(`${URL_OF}?sslmode=verify-full`);
  });
});
