import { describe, expect, it } from '@jest/globals';
import { failureText } from './failure-text.js';

const prismaError = (message: string, cause?: object): Error =>
  Object.assign(new Error(message), { code: 'P2010', ...(cause && { meta: { driverAdapterError: { cause } } }) });

describe('what went wrong with the database', () => {
  it.each([
    [
      'what PostgreSQL said of a raw statement, without what was called',
      prismaError(
        '\nInvalid `prisma.$queryRaw()` invocation:\n\n\nRaw query failed. Code: `25006`. Message: `cannot execute UPDATE in a read-only transaction`',
      ),
      'cannot execute UPDATE in a read-only transaction (25006)',
    ],
    [
      'what the driver adapter keeps of it',
      prismaError('\nInvalid call:\n\nsomething', {
        kind: 'postgres',
        originalCode: '53100',
        originalMessage: 'could not extend file "base/1/2":\nNo space left on device',
      }),
      'could not extend file "base/1/2": No space left on device (53100)',
    ],
    [
      'an error of `pg`',
      Object.assign(new Error('terminating connection'), { code: '57P01' }),
      'terminating connection (57P01)',
    ],
    [
      'two addresses that refuse, with a message of its own only inside',
      new AggregateError(
        [new Error('connect ECONNREFUSED ::1:5432'), new Error('connect ECONNREFUSED 127.0.0.1:5432')],
        '',
      ),
      'connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432',
    ],
    [
      'a code that the text has',
      Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
      'connect ECONNREFUSED',
    ],
    ['what is no error', 'nothing', 'nothing'],
  ])('is told on one line: %s', (_, error, text) => {
    expect(failureText(error)).toBe(text);
  });
});
