import { describe, expect, it } from '@jest/globals';
import { meaningOf, NOW, told, type Headers } from '../../test/setup/meaning-of.js';
import type { FailureKind } from '../inventory/index.js';
import { SupplierFailure } from './supplier-error.js';

const SPENT = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '300' };
const HTML = { 'content-type': 'text/html; charset=utf-8' };

describe('the status of an answer', () => {
  it.each<[number, FailureKind]>([
    [201, 'bad_answer'],
    [202, 'bad_answer'],
    [206, 'bad_answer'],
    [204, 'no_availability'],
    [205, 'no_availability'],
    [301, 'moved'],
    [304, 'moved'],
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not_found'],
    [410, 'gone'],
    [418, 'rejected'],
    [500, 'supplier_error'],
    [502, 'supplier_error'],
    [503, 'supplier_error'],
    [599, 'supplier_error'],
  ])('%d without words is %s', (status, kind) => {
    expect(told(status, '')).toBe(`${kind}: the supplier answered ${status}`);
  });

  it('is the same under 203, which something on the way has made of a 200', () => {
    expect(told(203, '[]')).toBe('list: []');
    expect(told(203, { error: 'SOLD_OUT' })).toMatch(/^no_availability: /);
  });

  it('200 is a list, for whoever reads lists', () => {
    expect(told(200, '[{"message":"sold out"}]')).toBe('list: [{"message":"sold out"}]');
    expect(told(200, 'not JSON')).toBe('list: not JSON');
  });

  it('200 without a body is no availability', () => {
    expect(told(200, ' \n')).toBe('no_availability: the supplier answered 200');
  });

  it('is not looked at where the body can’t be read, or rather is', () => {
    const unreadable = new SupplierFailure('bad_answer', 'the gzip body is cut off');
    expect(told(200, unreadable)).toBe('bad_answer: the gzip body is cut off');
    expect(told(404, unreadable)).toBe('not_found: the supplier answered 404');
    expect(told(429, unreadable)).toBe('refused 60 s: the supplier answered 429');
  });

  it('does not count where the answer broke off, but for a wish to wait', () => {
    const broken = new SupplierFailure('timeout', 'the answer broke off after 7 bytes: not whole within 500 ms');
    expect(told(404, broken)).toBe('timeout: the answer broke off after 7 bytes: not whole within 500 ms');
    expect(told(503, broken, { 'retry-after': '30' })).toBe('refused 30 s: the supplier answered 503');
    expect(meaningOf(200, broken, { 'retry-after': '30' })).toMatchObject({
      kind: 'timeout',
      wait: { until: new Date(NOW.getTime() + 30_000) },
    });
  });
});

describe('a wish to wait', () => {
  it.each<[string, number, unknown, Headers, seconds: number]>([
    ['429', 429, '', {}, 60],
    ['429, with words', 429, 'slow down', { 'retry-after': '5' }, 5],
    ['429 with an instant in its body', 429, { rateLimitState: { reset: NOW.getTime() + 90_000 } }, {}, 90],
    ['403 with Retry-After', 403, { error: { code: 403 } }, { 'retry-after': '40' }, 40],
    ['403 with an instant', 403, { rateLimitState: { reset: NOW.getTime() / 1_000 + 90 } }, {}, 90],
    ['403 of a quota', 403, '', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '300' }, 300],
    ['503 with Retry-After', 503, '', { 'retry-after': 'Mon, 02 Mar 2026 04:06:00 GMT' }, 360],
    ['503 with an instant', 503, { rateLimitState: { reset: NOW.getTime() + 10_000 } }, { 'retry-after': '300' }, 300],
    ['503 as an HTML page', 503, '<html>maintenance', { ...HTML, 'retry-after': '30' }, 30],
    ['any other error with Retry-After', 500, '', { 'retry-after': '30' }, 30],
    ['404 with Retry-After', 404, '', { 'retry-after': '21600' }, 21_600],
    ['a redirect with Retry-After', 302, '', { 'retry-after': '120', location: '/b' }, 120],
    ['a job that will be done', 202, '', { 'retry-after': '30' }, 30],
    ['500 at the end of a quota', 500, 'boom', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '300' }, 300],
    ['502 at its end', 502, '<html>x', { 'ratelimit-remaining': '0', 'ratelimit-reset': '300' }, 300],
    ['503 at its end', 503, '', { ratelimit: '"a";r=0;t=300' }, 300],
    ['500 with an instant', 500, { rateLimitState: { reset: NOW.getTime() + 90_000 } }, {}, 90],
    ['429 that names only when a quota begins anew', 429, '', { 'x-ratelimit-reset': '300' }, 300],
    ['429 that names it by the standard', 429, '', { 'ratelimit-reset': '300' }, 300],
    ['404, until the later of two', 404, '', { ...SPENT, 'retry-after': '30' }, 300],
  ])('is obeyed under %s', (_, status, body, headers, seconds) => {
    expect(told(status, body, headers)).toContain(`refused ${seconds} s: the supplier answered ${status}`);
  });

  it.each<[string, number, unknown, Headers, FailureKind]>([
    ['403 that names no instant', 403, { error: { reason: 'rateLimitExceeded' } }, {}, 'unauthorized'],
    ['an instant that has passed', 503, '', { 'retry-after': '0' }, 'supplier_error'],
    ['404 at the end of a quota', 404, '', SPENT, 'not_found'],
    ['500 of a quota that is not used up', 500, '', { ...SPENT, 'x-ratelimit-remaining': '1' }, 'supplier_error'],
    ['500 of a quota that does not say so', 500, '', { 'x-ratelimit-reset': '300' }, 'supplier_error'],
    [
      '500 of what is left',
      500,
      { rateLimitState: { remaining: 4, reset: NOW.getTime() + 9e4 } },
      {},
      'supplier_error',
    ],
  ])('is not %s', (_, status, body, headers, kind) => {
    expect(meaningOf(status, body, headers)).toMatchObject({ kind });
  });
});

describe('under 200 an object', () => {
  it.each([
    [{ error: 'NO_AVAILABILITY' }],
    [{ error: { code: 'no-slots' } }],
    [{ message: 'No availability for this date' }],
    [{ message: ' No inventory' }],
    [{ code: 'NOT_AVAILABLE' }],
    [{ reason: 'Sold out' }],
    [{ message: 'No available slots for 2026-12-01.' }],
    [{ message: 'Not available for 2 December' }],
    [{ error: { code: 'SOLD_OUT', message: 'There is nothing to sell' } }],
  ])('that says so is no availability: %j', (body) => {
    expect(meaningOf(200, body)).toMatchObject({ kind: 'no_availability' });
  });

  it('is told in its words', () => {
    expect(told(200, { error: 'NO_AVAILABILITY' })).toBe(
      'no_availability: the supplier answered 200: "NO_AVAILABILITY"',
    );
  });

  it.each([
    [{ message: 'Unavailable' }],
    [{ error: 'Unavailable due to maintenance, try again in 10 minutes' }],
    [{ code: 'UNAVAILABLE', message: 'upstream connect error' }],
    [{ error: { code: 'NOT_AVAILABLE', message: 'backend timed out' } }],
    [{ error: { message: 'Not available right now: backend timed out' } }],
    [{ message: 'No inventory service connection' }],
    [{ message: 'No available connections in pool' }],
    [{ message: 'No slots could be loaded: timeout' }],
    [{ message: 'Sold out of patience, internal error' }],
  ])('that speaks of a failure closes nothing: %j', (body) => {
    expect(meaningOf(200, body)).toMatchObject({ kind: 'bad_answer' });
  });

  it.each([[{ message: 'Service unavailable' }], [{ error: 'no such key' }], [{ message: 'Not availing' }]])(
    'that says something else is a bad answer: %j',
    (body) => {
      const [words] = Object.values(body);
      expect(told(200, body)).toBe(`bad_answer: expected a list of slots, got an object: "${words}"`);
    },
  );

  it('without words is left to whoever reads lists', () => {
    expect(told(200, { data: [] })).toBe('list: {"data":[]}');
  });
});
