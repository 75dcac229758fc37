import { describe, expect, it } from '@jest/globals';
import { KEY, meaningOf, NOW, told, type Headers } from '../../test/setup/meaning-of.js';

const SPENT = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '300' };
const USED_UP = 'the supplier said that its quota is used up';

/** The seconds of a wish to wait that is told beside an answer, and why. */
function waitOf(...answer: Parameters<typeof meaningOf>): string | null {
  const meaning = meaningOf(...answer);
  if ('until' in meaning) throw new Error(meaning.message);
  return meaning.wait && `${(meaning.wait.until.getTime() - NOW.getTime()) / 1_000} s: ${meaning.wait.detail}`;
}

describe('beside an answer that holds', () => {
  it.each<[string, number, unknown, string]>([
    ['a list', 200, '[]', 'list: []'],
    ['what is read as a list', 200, { data: [] }, 'list: {"data":[]}'],
    ['no availability', 204, '', 'no_availability: the supplier answered 204'],
    ['no availability by no body', 200, '', 'no_availability: the supplier answered 200'],
    ['its words', 200, { error: 'SOLD_OUT' }, 'no_availability: the supplier answered 200: "SOLD_OUT"'],
    [
      'its words under an error',
      200,
      { status: 404, message: 'No availability' },
      'no_availability: the supplier answered 200: "No availability"',
    ],
    ['other words', 200, { message: 'boom' }, 'bad_answer: expected a list of slots, got an object: "boom"'],
    ['a page', 200, '<html><title>Wait', 'not_the_api: an HTML page, not the API'],
  ])('%s, a wish to wait is told', (_, status, body, expected) => {
    expect(told(status, body, { 'retry-after': '120' })).toBe(expected);
    expect(waitOf(status, body, { 'retry-after': '120' })).toBe('120 s: the supplier asked to wait, Retry-After: 120');
    expect(waitOf(status, body)).toBeNull();
  });

  it.each<[string, number, unknown, Headers]>([
    ['a list', 200, '[]', SPENT],
    ['a list, by the standard', 200, '[]', { ratelimit: '"a";r=0;t=300' }],
    ['a list, for it is the later', 200, '[]', { ...SPENT, 'retry-after': '30' }],
    ['a list, with another hyphen', 200, '[]', { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': '300' }],
    ['no availability', 204, '', SPENT],
    ['404', 404, '', SPENT],
    ['400', 400, { message: 'bad date' }, SPENT],
    ['a redirect', 302, '', SPENT],
    ['an error that says what remains', 400, { rateLimitState: { remaining: 0, reset: NOW.getTime() + 300_000 } }, {}],
  ])('%s, a quota that is used up is told', (_, status, body, headers) => {
    expect(waitOf(status, body, headers)).toBe(`300 s: ${USED_UP}`);
  });

  it('the later of the two is told', () => {
    expect(waitOf(200, '[]', { ...SPENT, 'retry-after': '600' })).toMatch(/^600 s: the supplier asked to wait/);
  });

  it.each<[string, number, unknown, Headers]>([
    ['a quota of which something is left', 200, '[]', { ...SPENT, 'x-ratelimit-remaining': '1' }],
    ['the end of a quota alone', 200, '[]', { 'x-ratelimit-reset': '300' }],
    ['an end that has passed', 200, '[]', { 'retry-after': 'Mon, 02 Mar 2026 03:00:00 GMT' }],
    ['the end of a limit in a body', 400, { rateLimitState: { reset: NOW.getTime() + 300_000 } }, {}],
    ['what remains of it', 400, { rateLimitState: { remaining: 3, reset: NOW.getTime() + 300_000 } }, {}],
  ])('%s asks for nothing', (_, status, body, headers) => {
    expect(waitOf(status, body, headers)).toBeNull();
  });

  it('it is told without the key, and at a length that can be shown', () => {
    const wait = waitOf(200, '[]', { 'retry-after': `120, ${KEY}, ${'9'.repeat(5)}x`.padEnd(900, ', soon') });
    expect(wait).not.toContain(KEY.slice(0, 8));
    expect(wait?.length).toBeLessThan(300);
  });
});

describe('an error that says its status in its body alone', () => {
  const reset = NOW.getTime() + 90_000;

  it.each<[string, number, unknown, Headers, seconds: number]>([
    ['status', 200, { status: 429, message: 'slow down', rateLimitState: { reset } }, {}, 90],
    ['status, as text', 200, { status: '429' }, {}, 60],
    ['statusCode', 200, { statusCode: 429, message: 'slow down' }, {}, 60],
    ['status_code', 200, { status_code: 429 }, { 'retry-after': '30' }, 30],
    ['code', 200, { code: 'TOO_MANY_REQUESTS' }, {}, 60],
    ['error', 200, { error: 'Too Many Requests' }, {}, 60],
    ['error.code', 200, { error: { code: 429, message: 'slow down' } }, {}, 60],
    ['errors', 200, { errors: [{ status: '429', title: 'slow down' }] }, {}, 60],
    ['title', 200, { title: 'Too many requests.' }, {}, 60],
    ['what Leap sends with it', 200, { rateLimitState: { reset } }, {}, 90],
    ['its own status under that of a gateway', 500, { statusCode: 429 }, {}, 60],
    ['retryAfter beside it', 200, { code: 429, retryAfter: 300 }, {}, 300],
    ['retry_after in the error', 200, { error: { code: 429, retry_after: '1.5' } }, {}, 1.5],
    ['retryAfterMs', 200, { code: 429, retryAfterMs: 1_500 }, {}, 1.5],
    ['the later of all', 200, { code: 429, retryAfter: 30, rateLimitState: { reset } }, { 'retry-after': '9' }, 90],
    ['503 with Retry-After', 200, { status: 503, message: 'maintenance' }, { 'retry-after': '30' }, 30],
    ['503 with retryAfter', 200, { status: 503, retryAfter: 30 }, {}, 30],
    ['503 at the end of a quota', 200, { status: 503 }, SPENT, 300],
    ['403 with an instant', 200, { error: { code: 403 }, rateLimitState: { reset } }, {}, 90],
  ])('refuses by %s', (_, status, body, headers, seconds) => {
    expect(told(status, body, headers)).toContain(
      `refused ${seconds} s: the supplier answered ${status} with an error `,
    );
  });

  it.each<[string, unknown, Headers]>([
    ['503 without a wish', { status: 503, message: 'boom' }, {}],
    ['404 at the end of a quota', { status: 404, message: 'no such product' }, SPENT],
    ['a status of no error', { status: 200, message: 'ok' }, { 'retry-after': '30' }],
    ['other words', { message: 'Too many requests failed, call us' }, {}],
    ['what remains of a limit', { message: 'boom', rateLimitState: { remaining: 3, reset } }, {}],
  ])('does not refuse by %s', (_, body, headers) => {
    expect(meaningOf(200, body, headers)).toMatchObject({ kind: 'bad_answer' });
  });

  it('does not refuse where a list has come with the state of a limit', () => {
    expect(told(200, { slots: [], rateLimitState: { reset } })).toContain('list: ');
  });

  it('is told in its words', () => {
    expect(told(200, { status: 429, message: 'slow down' })).toBe(
      'refused 60 s: the supplier answered 200 with an error 429: "slow down"',
    );
  });
});

describe('a refusal', () => {
  it('is as long under any status as its body asks', () => {
    expect(told(429, { retry_after: 300 })).toContain('refused 300 s: ');
    expect(told(429, { message: 'Slow down. Please try again in 5 minutes.' })).toContain('refused 300 s: ');
    expect(told(400, { message: 'slow down', retryAfter: 30 })).toContain('refused 30 s: ');
  });

  it('tells of the quota where its status says something else', () => {
    expect(told(500, 'boom', SPENT)).toBe(
      'refused 300 s: the supplier answered 500: "boom", and that its quota is used up',
    );
    expect(told(429, 'boom', SPENT)).toBe('refused 300 s: the supplier answered 429: "boom"');
  });

  it('tells where a redirect leads', () => {
    expect(told(302, '', { 'retry-after': '120', location: '/b' })).toBe(
      'refused 120 s: the supplier answered 302: moved to /b',
    );
  });
});
