import { describe, expect, it } from '@jest/globals';
import { datesUrl, missesFor, readOf, slotsUrl, urlOf } from './read-urls.js';

describe('readOf', () => {
  it('reads what the URLs of reads spell', () => {
    expect(readOf(datesUrl(14))).toEqual({ kind: 'dates', experienceId: 14 });
    expect(readOf(slotsUrl(2_147_483_647, '2026-02-28'))).toEqual({
      ...{ kind: 'slots', experienceId: 2_147_483_647 },
      date: '2026-02-28',
    });
  });

  it.each([
    ['/api/v1/availability?date=2026-03-05', '/api/v1/availability?date=2026-03-05'],
    [
      '/api/v1/availability?limit=20&party=CHILD%3A1%2CADULT_12~99:2&experience=15,14,15&from=2026-03-05&to=2026-03-12&',
      '/api/v1/availability?from=2026-03-05&to=2026-03-12&experience=14,15&party=ADULT_12~99:2,CHILD:1&limit=20',
    ],
    ['/api/v1/availability?to=2026-03-06&from=2026-03-05', '/api/v1/availability?date=2026-03-05'],
    [
      '/api/v1/availability?date=2026-03-05&places=03&limit=7&cursor=',
      '/api/v1/availability?date=2026-03-05&places=3&limit=7',
    ],
    ['/api/v1/experience/14/dates?places=2&from=2026-03-05', '/api/v1/experience/14/dates?from=2026-03-05&places=2'],
    ['/api/v1/experience/14/dates?party=CHILD:0,ADULT:2', '/api/v1/experience/14/dates?party=ADULT:2'],
  ])('reads any order and encoding of the parameters, and knows the one spelling: %s', (url, spelling) => {
    const read = readOf(url);
    expect(read && urlOf(read)).toBe(spelling);
    expect(readOf(spelling)).toEqual(read);
  });

  it('counts a bulk read as a miss per 100 days, and every other read as one', () => {
    const misses = (url: string) => missesFor(readOf(url) ?? { kind: 'dates', experienceId: 1 });
    expect(misses('/api/v1/experience/14/slots?date=2026-03-05')).toBe(1);
    expect(misses('/api/v1/experience/14/dates?party=ADULT:2')).toBe(1);
    expect(misses('/api/v1/availability?date=2026-03-05')).toBe(5);
    expect(misses('/api/v1/availability?date=2026-03-05&limit=100')).toBe(1);
    expect(misses('/api/v1/availability?date=2026-03-05&experience=14')).toBe(1);
    expect(misses('/api/v1/availability?from=2026-03-01&to=2026-05-02')).toBe(20);
    expect(misses('/api/v1/availability?from=2026-03-01&to=2026-05-02&experience=1,2,3')).toBe(2);
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
    '/api/v1/experience/14/dates?party=nobody',
    '/api/v1/availability',
    '/api/v1/availability?',
    '/api/v1/availability?date=2026-02-29',
    '/api/v1/availability?date=2026-03-05&x=1',
    '/api/v1/availability?date=2026-03-05#x',
  ])('leaves %s to the framework', (url) => {
    expect(readOf(url)).toBeUndefined();
  });
});
