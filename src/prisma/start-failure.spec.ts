import { describe, expect, it } from '@jest/globals';
import { databaseAdvice, startFailure } from './start-failure.js';

describe('a database that cannot be used at the start', () => {
  it('is told on one line, with what to set', () => {
    const error = Object.assign(
      new Error(
        '\nInvalid `prisma.$executeRaw()` invocation:\n\n\nRaw query failed. Code: `25006`. Message: `cannot execute INSERT in a read-only transaction`',
      ),
      {
        ...{ name: 'PrismaClientKnownRequestError', code: 'P2010' },
        meta: {
          driverAdapterError: {
            cause: { originalCode: '25006', originalMessage: 'cannot execute INSERT in a read-only transaction' },
          },
        },
      },
    );
    expect(startFailure(error)).toBe(
      'The database cannot be used: cannot execute INSERT in a read-only transaction (25006). ' +
        'It takes no writes: let DATABASE_URL lead to the primary.',
    );
  });

  it('also where it does not answer in time', () => {
    expect(startFailure(new Error('Query read timeout'))).toMatch(
      /^The database cannot be used: Query read timeout\. It did not answer in time: another connection may hold a lock/,
    );
  });

  it('and what is no failure of a database is left to others', () => {
    expect(startFailure(new Error('Port 4000 is in use'))).toBeUndefined();
    expect(startFailure(Object.assign(new Error('listen'), { code: 'EADDRINUSE' }))).toBeUndefined();
    expect(startFailure('what is no error')).toBeUndefined();
  });

  it.each([
    [{ code: '53100' }, /Free some space/],
    [{ code: '28P01' }, /user and password in DATABASE_URL/],
    [{ code: 'ECONNREFUSED' }, /host and port in DATABASE_URL/],
    [{ code: '08P01', message: 'transaction blocks not allowed in statement pooling mode' }, /pool_mode = transaction/],
  ])('%j: %s', (error, advice) => {
    expect(databaseAdvice(error)).toMatch(advice);
  });
});
