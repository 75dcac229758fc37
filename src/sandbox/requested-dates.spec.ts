import { describe, expect, it } from '@jest/globals';
import { requestedDates } from './requested-dates.js';

describe('the dates of a request', () => {
  it('are all of its range, across a month', () => {
    expect(requestedDates({ date: '2025-03-30', lastDate: '2025-04-01' })).toEqual([
      '2025-03-30',
      '2025-03-31',
      '2025-04-01',
    ]);
    expect(requestedDates({ date: '2025-03-30', lastDate: '2025-03-30' })).toEqual(['2025-03-30']);
  });

  it('are none where it names none that exist, or the end first', () => {
    expect(requestedDates({ date: null, lastDate: null })).toEqual([]);
    expect(requestedDates({ date: '2025-02-30', lastDate: '2025-03-01' })).toEqual([]);
    expect(requestedDates({ date: '2025-03-02', lastDate: '2025-03-01' })).toEqual([]);
  });

  it('are bounded, whatever was asked for', () => {
    expect(requestedDates({ date: '0001-01-01', lastDate: '9999-12-31' })).toHaveLength(400);
  });
});
