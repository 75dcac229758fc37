import { describe, expect, it } from '@jest/globals';
import { datesUrl, readOf, slotsUrl } from './read-urls.js';

describe('readOf', () => {
  it('reads what the URLs of reads spell', () => {
    expect(readOf(datesUrl(14))).toEqual({ experienceId: 14, date: null });
    expect(readOf(slotsUrl(2_147_483_647, '2026-02-28'))).toEqual({ experienceId: 2_147_483_647, date: '2026-02-28' });
  });

  it.each([
    '/api/v1/experience/14/dates?',
    '/api/v1/experience/14/dates/',
    '/api/v1/experience/014/dates',
    '/api/v1/experience/0/dates',
    '/api/v1/experience/2147483648/dates',
    '/api/v1/experience/14/slots',
    '/api/v1/experience/14/slots?date=2026-02-29',
    '/api/v1/experience/14/slots?date=2026-2-28',
    '/api/v1/experience/14/slots?date=2026-02-28&date=2026-02-28',
    '/api/v1/experience/14/slots?x=1&date=2026-02-28',
    '/api/v1/experience/14/slots?date=2026-02-28#x',
    'http://host/api/v1/experience/14/dates',
  ])('leaves %s to the framework', (url) => {
    expect(readOf(url)).toBeUndefined();
  });
});
