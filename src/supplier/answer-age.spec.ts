import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerAge } from './answer-age.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');
const TEN_MINUTES_AGO = 'Mon, 02 Mar 2026 03:50:00 GMT';

type Headers = Readonly<Record<string, unknown>>;
const ageOf = (headers: Headers): number => answerAge(NOW, (name) => headers[name]);

describe('the age of an answer', () => {
  it.each<[string, Headers, number]>([
    ['nothing tells of one', {}, 0],
    ['Age is 0', { age: '0' }, 0],
    ['Age tells it', { age: '600' }, 600_000],
    ['Age tells another than Date', { age: '5', 'x-cache': 'HIT', date: TEN_MINUTES_AGO }, 5_000],
    ['Age is more than a day', { age: '9999999999' }, 86_400_000],
    ['Age is no number of seconds', { age: '-5' }, 0],
    ['Age is words', { age: 'old' }, 0],
    ['Age is words, and a cache had it', { age: 'old', 'x-cache': 'HIT', date: TEN_MINUTES_AGO }, 600_000],
    ['squid had it', { 'x-cache': 'TCP_HIT', date: TEN_MINUTES_AGO }, 600_000],
    ['nginx had it', { 'x-cache-status': 'HIT', date: TEN_MINUTES_AGO }, 600_000],
    ['Cloudflare had it', { 'cf-cache-status': 'HIT', date: TEN_MINUTES_AGO }, 600_000],
    ['a cache of RFC 9211 had it', { 'cache-status': 'edge; hit', date: TEN_MINUTES_AGO }, 600_000],
    ['a cache could not have it', { 'cf-cache-status': 'DYNAMIC', date: TEN_MINUTES_AGO }, 0],
    ['a cache had it', { 'x-cache': 'HIT', date: TEN_MINUTES_AGO }, 600_000],
    ['a cache had it, and says so in its way', { 'x-cache': 'Hit from cloudfront', date: TEN_MINUTES_AGO }, 600_000],
    ['a cache did not have it', { 'x-cache': 'MISS', date: TEN_MINUTES_AGO }, 0],
    ['no cache tells of itself', { date: TEN_MINUTES_AGO }, 0],
    ['a cache had it, made later than now', { 'x-cache': 'HIT', date: 'Mon, 02 Mar 2026 04:10:00 GMT' }, 0],
    ['a cache had it, made at no time', { 'x-cache': 'HIT', date: 'yesterday' }, 0],
  ])('where %s', (_, headers, ms) => {
    expect(ageOf(headers)).toBe(ms);
  });

  it('is from 0 to a day, whatever is told', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (age, date) => {
        const ms = ageOf({ age, date, 'x-cache': 'HIT' });
        expect(ms >= 0 && ms <= 86_400_000).toBe(true);
      }),
    );
  });
});
