import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ApiProblem, parseExperienceId, refuseUnknown } from '../http/index.js';
import { parseDateQuery } from './request-parsing.js';

function problemOf(parse: () => unknown) {
  try {
    parse();
  } catch (error) {
    expect(error).toBeInstanceOf(ApiProblem);
    return (error as ApiProblem).problem;
  }
  throw new Error('it was taken');
}

describe('an experience id', () => {
  it.each(['1', '14', '2147483647'])('is %s', (text) => {
    expect(parseExperienceId(text)).toBe(Number(text));
  });

  it.each([
    ...['', '0', '-1', '+14', '014', '14.0', '1.9', '1e99', '1e1', '0x0e', '12abc', 'abc', ' 14', '14 ', '14\n', '١٤'],
    ...['2147483648', '9999999999', '99999999999999999999', 'NaN', 'Infinity', '14,15', '14;drop table day'],
  ])('is not %j', (text) => {
    expect(problemOf(() => parseExperienceId(text))).toEqual({
      type: 'about:blank',
      title: 'The experience id is invalid',
      status: 400,
      code: 'INVALID_EXPERIENCE_ID',
      detail: 'An experience id is a whole number from 1 to 2147483647.',
    });
  });

  it('is what it is written as, or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.maxSafeInteger().map(String), fc.double().map(String)), (text) => {
        try {
          expect(String(parseExperienceId(text))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ApiProblem);
        }
      }),
    );
  });
});

describe('the parameters of a query', () => {
  it('are those that the route knows', () => {
    expect(() => {
      refuseUnknown({ date: '2026-03-29' }, ['date']);
      refuseUnknown({}, []);
    }).not.toThrow();
  });

  it.each([
    [{ date: '2026-03-29', _: '17' }, ['date'], 'The query parameter "_" is not known. This route takes only date.'],
    [{ Date: '2026-03-29' }, ['date'], 'The query parameter "Date" is not known. This route takes only date.'],
    [{ from: '2026-03-29' }, [], 'The query parameter "from" is not known. This route takes none.'],
  ])('are not %j', (query, known, detail) => {
    const problem = problemOf(() => {
      refuseUnknown(query, known);
    });
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST', detail });
  });
});

describe('the date of a query', () => {
  it('is one calendar date', () => {
    expect(parseDateQuery('2026-03-29')).toBe('2026-03-29');
    expect(parseDateQuery('2024-02-29')).toBe('2024-02-29');
  });

  it.each([
    [undefined, 'It is missing'],
    [['2026-03-29', '2026-03-30'], 'It is given more than once'],
    [['2026-03-29', '2026-03-29'], 'It is given more than once'],
    ['', 'It is invalid'],
    ['zzz', 'It is invalid'],
    ['2026', 'It is invalid'],
    ['2025-13-01', 'It is invalid'],
    ['2025-02-30', 'It is invalid'],
    ['0000-01-01', 'It is invalid'], // PostgreSQL has no year 0
    ['2026-3-29', 'It is invalid'],
    ['2026-03-29T00:00', 'It is invalid'],
    [' 2026-03-29', 'It is invalid'],
    [{ gte: '2026-03-29' }, 'It is invalid'],
  ])('is not %j', (value, wrong) => {
    expect(problemOf(() => parseDateQuery(value))).toMatchObject({
      status: 400,
      code: 'INVALID_DATE',
      detail: `${wrong}. The query takes one calendar date, like ?date=2026-03-29.`,
    });
  });
});
