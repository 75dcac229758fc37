import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quotaOf, usedUpUntil } from './quota.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');
const HOUR = 3_600;

type Headers = Readonly<Record<string, unknown>>;

/** @returns remaining requests, and the seconds until they begin anew */
function told(headers: Headers): readonly [number, number] | null {
  const quota = quotaOf(NOW, (name) => headers[name]);
  return quota && [quota.remaining, (quota.resetAt.getTime() - NOW.getTime()) / 1_000];
}

const custom = (remaining: unknown, reset: unknown): Headers => ({
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-reset': reset,
});

describe('a quota is read from', () => {
  it.each<[what: string, headers: Headers, told: readonly [number, number]]>([
    ['RateLimit, as drafted last', { ratelimit: '"default";r=50;t=30' }, [50, 30]],
    ['its parameters in any order, among others', { ratelimit: '"a";q=100; t=30;pk=:cGs9:; r=50' }, [50, 30]],
    ['a policy with the separators in its name', { ratelimit: '"r=1;t=2, \\"r=3\\"";r=50;t=30' }, [50, 30]],
    ['a policy whose name is a token', { ratelimit: 'default;r=50;t=30' }, [50, 30]],
    ['the tightest of several policies', { ratelimit: '"hour";r=900;t=3600, "minute";r=2;t=30' }, [2, 30]],
    ['the policy that is used up', { ratelimit: '"minute";r=1;t=30, "hour";r=0;t=5' }, [0, 5]],
    ['the policy that is whole, of two', { ratelimit: '"hour";r=900, "minute";r=2;t=30' }, [2, 30]],
    ['RateLimit, as drafted before', { ratelimit: 'limit=100, remaining=50, reset=30' }, [50, 30]],
    ['RateLimit-Remaining and -Reset', { 'ratelimit-remaining': '50', 'ratelimit-reset': '30' }, [50, 30]],
    ['X-RateLimit- in seconds from now', custom('0', '30'), [0, 30]],
    ['X-RateLimit- in epoch seconds', custom('50', String(NOW.getTime() / 1_000 + 30)), [50, 30]],
    ['X-RateLimit- in epoch milliseconds', custom('50', String(NOW.getTime() + 30_000)), [50, 30]],
    ['fractions of a second', custom('50', '1.5'), [50, 1.5]],
    ['what holds for a day at most', custom('50', String(24 * HOUR)), [50, 24 * HOUR]],
    ['the standard rather than the custom', { ...custom('1', '2'), ratelimit: '"a";r=50;t=30' }, [50, 30]],
    ['the custom where the standard is absurd', { ...custom('1', '2'), ratelimit: '"a";r=-1;t=30' }, [1, 2]],
  ])('%s', (_, headers, expected) => {
    expect(told(headers)).toEqual(expected);
  });
});

describe('nothing is read from', () => {
  it.each<[what: string, headers: Headers]>([
    ['no headers', {}],
    ['a remainder without an end', custom('50', undefined)],
    ['an end without a remainder', { 'ratelimit-reset': '30' }],
    ['a remainder below zero', custom('-1', '30')],
    ['a remainder beyond counting', custom('99999999999', '30')],
    ['an end that is now', custom('50', '0')],
    ['an end that has passed', custom('50', String(NOW.getTime() - 1))],
    ['an end further away than a day', custom('50', String(24 * HOUR + 1))],
    ['an end far beyond any calendar', custom('50', '1e300')],
    ['words', custom('many', 'soon')],
    ['a list of values', custom('50, 40', '30')],
    ['what is no text', custom(50, ['30'])],
    ['a RateLimit that names only a policy', { ratelimit: '"default"' }],
    ['an empty RateLimit', { ratelimit: '' }],
  ])('%s', (_, headers) => {
    expect(told(headers)).toBeNull();
  });

  it('whatever is sent that is no quota, and what is read can be', () => {
    const number = fc.oneof(fc.nat({ max: 100_000 }), fc.nat({ max: 2_000_000_000_000 }), fc.integer()).map(String);
    const text = fc.oneof(number, fc.string(), fc.double().map(String));
    const anything = fc.oneof(text, fc.anything());
    const field = fc.oneof(
      fc.string(),
      fc.tuple(text, text).map(([r, t]) => `"x";r=${r};t=${t}`),
    );
    const headers = fc.oneof(
      fc.tuple(number, number).map(([remaining, reset]) => custom(remaining, reset)),
      fc.tuple(field, anything, anything).map(([ratelimit, ...rest]) => ({ ratelimit, ...custom(...rest) })),
    );
    fc.assert(
      fc.property(headers, (sent) => {
        const read = told(sent);
        fc.pre(read !== null);
        expect(Number.isInteger(read[0]) && read[0] >= 0 && read[0] <= 1e9).toBe(true);
        expect(read[1] > 0 && read[1] <= 24 * HOUR).toBe(true);
      }),
    );
  });
});

describe('a quota is used up until', () => {
  const seconds = (headers: Headers, bare = false): number | undefined => {
    const end = usedUpUntil(NOW, (name) => headers[name], bare);
    return end === undefined ? undefined : (end - NOW.getTime()) / 1_000;
  };

  it.each<[what: string, headers: Headers, seconds: number]>([
    ['the seconds of X-RateLimit-Reset', custom('0', '300'), 300],
    ['its instant', custom('0', String(NOW.getTime() / 1_000 + 300)), 300],
    ['the last of several', { ...custom('0', '300'), ratelimit: '"a";r=0;t=30, "b";r=0;t=600' }, 600],
    ['however late that is', custom('0', String(48 * HOUR)), 48 * HOUR],
  ])('%s', (_, headers, expected) => {
    expect(seconds(headers)).toBe(expected);
  });

  it.each([
    ['there is some of it left', custom('1', '300')],
    ['it does not say', custom(undefined, '300')],
    ['it names no end', custom('0', undefined)],
  ])('no instant where %s', (_, headers) => {
    expect(seconds(headers)).toBeUndefined();
  });

  it.each<[what: string, headers: Headers, seconds: number | undefined]>([
    ['X-RateLimit-Reset', { 'x-ratelimit-reset': '300' }, 300],
    ['RateLimit-Reset', { 'ratelimit-reset': '300' }, 300],
    ['the item of RateLimit', { ratelimit: '"a";t=300, "b";r=5;t=900' }, 300],
    ['X-RateLimit-Reset beside a remainder that is none', custom('none', '300'), 300],
    ['no end where some of it is left', custom('1', '300'), undefined],
  ])('that is refused, its end alone is enough: %s', (_, headers, expected) => {
    expect(seconds(headers, true)).toBe(expected);
  });
});
