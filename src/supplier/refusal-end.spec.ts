import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantEnd, quotaEnd, refusalEnd, retryAfterEnd, waitedEnd } from './refusal-end.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Headers = Readonly<Record<string, unknown>>;

const reader = (headers: Headers) => (name: string) => headers[name];
const after = (value: unknown): Headers => ({ 'retry-after': value });
const date = (ms: number): string => new Date(fromNow(ms)).toUTCString();

describe('after a refusal nothing is asked', () => {
  it.each<[string, headers: Headers, reset: unknown, ms: number]>([
    ['until the instant in its body, in milliseconds', {}, fromNow(17_000), 17_000],
    ['until the instant in its body, in seconds', {}, fromNow(90_000) / 1_000, 90_000],
    ['until the instant in its body, as text', {}, String(fromNow(17_000)), 17_000],
    ['until the instant in its body, as a date', {}, '2026-03-02T04:00:17Z', 17_000],
    ['until the next whole millisecond after it', {}, fromNow(17_000) + 0.25, 17_001],
    ['for the seconds of Retry-After', after('30'), undefined, 30_000],
    ['for its seconds, with their unit', after('300s'), undefined, 300_000],
    ['for its milliseconds', { 'retry-after-ms': '1500' }, undefined, 1_500],
    ['for the later of its seconds and milliseconds', { ...after('2'), 'retry-after-ms': '1500' }, undefined, 2_000],
    [
      'until the instant that Retry-After is, in seconds',
      after(String(Math.floor(fromNow(30_000) / 1_000))),
      undefined,
      30_000,
    ],
    ['until the instant that it is, in milliseconds', after(String(fromNow(30_000))), undefined, 30_000],
    ['for its seconds, with a fraction', after('1.5'), undefined, 1_500],
    ['until the date of Retry-After', after('Mon, 02 Mar 2026 04:00:45 GMT'), undefined, 45_000],
    ['until that date as RFC 850 wrote it', after('Monday, 02-Mar-26 04:00:45 GMT'), undefined, 45_000],
    ['until that date as asctime writes it', after('Mon Mar  2 04:00:45 2026'), undefined, 45_000],
    ['until that date as ISO 8601 writes it', after('2026-03-02T04:00:45Z'), undefined, 45_000],
    ['for the later of two values', after('120, 300'), undefined, 300_000],
    ['for the later of two, in any order and distance', after('300s,120 '), undefined, 300_000],
    ['until the date, of that and seconds', after('120, Mon, 02 Mar 2026 04:05:00 GMT'), undefined, 300_000],
    ['for the seconds, of that and a date', after('Mon, 02 Mar 2026 04:00:45 GMT, 120'), undefined, 120_000],
    ['until the later of two dates', after(`${date(45_000)}, ${date(90_000)}`), undefined, 90_000],
    [
      'until the later of dates as RFC 850 and asctime wrote them',
      after('Monday, 02-Mar-26 04:00:45 GMT, Mon Mar  2 04:02:00 2026'),
      undefined,
      120_000,
    ],
    ['for the one of a list that can be', after('soon, 120, -5'), undefined, 120_000],
    ['until the later, in the header', after('300'), fromNow(10_000), 300_000],
    ['until the later, in the body', after('10'), fromNow(300_000), 300_000],
    ['until the quota begins anew', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '300' }, undefined, 300_000],
    ['for 6 hours of Retry-After', after('21600'), undefined, 6 * HOUR],
    ['until a date in 6 hours', after(date(6 * HOUR)), undefined, 6 * HOUR],
    ['until an instant in 6 hours', {}, fromNow(6 * HOUR), 6 * HOUR],
    ['until a quota begins anew in 30 hours', { ratelimit: '"d";r=0;t=108000' }, undefined, 30 * HOUR],
    ['for a week at most', after('86400000'), undefined, 7 * DAY],
    ['for a week at most, whatever instant is named', {}, fromNow(30 * DAY), 7 * DAY],
    ['by the supplier’s clock: behind ours', { ...after(date(-120_000)), date: date(-180_000) }, undefined, 60_000],
    ['by the supplier’s clock: ahead of ours', { ...after(date(240_000)), date: date(180_000) }, undefined, 60_000],
    ['by our clock where its own is none', { ...after(date(45_000)), date: 'soon' }, undefined, 45_000],
    ['by the header where the body’s instant has passed', after('30'), fromNow(0), 30_000],
    ['by the body where the header’s date has passed', after(date(-1_000)), fromNow(17_000), 17_000],
    ['for a minute when nothing is named', {}, undefined, 60_000],
    ['for a minute when what is named has passed', after(date(-60_000)), fromNow(-1), 60_000],
    ['for a minute when the header says at once', after('0'), undefined, 60_000],
    ['for a minute when the header is below zero', after('-5'), undefined, 60_000],
    ['for a minute when the header is words', after('in 2 minutes'), undefined, 60_000],
    ['for a minute when the body’s instant is in microseconds', {}, fromNow(17_000) * 1_000, 60_000],
    ['for a minute when the body’s instant is no instant', {}, 17, 60_000],
  ])('%s', (_, headers, reset, ms) => {
    expect(endOf(headers, reset).getTime()).toBe(fromNow(ms));
  });

  it('for some time, a week at most, whatever is named', () => {
    const anything = fc.oneof(fc.anything(), fc.double(), fc.string(), fc.date().map(String), fc.nat().map(String));
    fc.assert(
      fc.property(anything, anything, anything, (reset, retryAfter, theirNow) => {
        const wait = endOf({ ...after(retryAfter), date: theirNow }, reset).getTime() - NOW.getTime();
        expect(wait > 0 && wait <= 7 * DAY).toBe(true);
      }),
    );
  });
});

describe('an end', () => {
  it('is named or is not', () => {
    expect(retryAfterEnd(NOW, reader(after('30')))).toEqual(new Date(fromNow(30_000)));
    expect(retryAfterEnd(NOW, reader(after('0')))).toBeNull();
    expect(instantEnd(NOW, 'soon')).toBeNull();
  });

  it.each<[unknown, number | null]>([
    [30, 30_000],
    [1.5, 1_500],
    ['30', 30_000],
    [fromNow(30_000), 30_000],
    ['2026-03-02T04:00:30Z', 30_000],
    [0, null],
    [-30, null],
    [null, null],
    [{ seconds: 30 }, null],
  ])('is as Retry-After has it in a body, too: %j', (value, ms) => {
    expect(waitedEnd(NOW, value)).toEqual(ms === null ? null : new Date(fromNow(ms)));
  });

  it('is that of a quota where it is used up, or may be alone', () => {
    const reset = { 'x-ratelimit-reset': '300' };
    const end = new Date(fromNow(300_000));
    expect(quotaEnd(NOW, reader({ ...reset, 'x-ratelimit-remaining': '0' }))).toEqual(end);
    expect(quotaEnd(NOW, reader(reset))).toBeNull();
    expect(quotaEnd(NOW, reader(reset), true)).toEqual(end);
  });
});

function endOf(headers: Headers, reset: unknown): Date {
  const header = reader(headers);
  return refusalEnd(NOW, [retryAfterEnd(NOW, header), quotaEnd(NOW, header), instantEnd(NOW, reset)]);
}

function fromNow(ms: number): number {
  return NOW.getTime() + ms;
}
