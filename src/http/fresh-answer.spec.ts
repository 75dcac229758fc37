import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lifeSeconds, matches, sendFresh, type FreshAnswer } from './fresh-answer.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');

const ANSWER: FreshAnswer = {
  body: '{"id":14}',
  tag: 'abc',
  staleAfter: after(30_000),
  changedAt: new Date('2026-03-01T23:59:59.400Z'),
  complete: true,
};

describe('If-None-Match', () => {
  it.each(['W/"abc"', '"abc"', '*', ' * ', '"x", W/"abc"', 'W/"x",W/"abc" , "y"', '"a,b","abc"'])(
    '%s names W/"abc"',
    (header) => {
      expect(matches(header, 'W/"abc"')).toBe(true);
    },
  );

  it.each(['W/"abc-gzip"', '"abc-gzip"', 'W/"abc-br"', '"x", "abc;gzip"'])(
    '%s names it too: a proxy compressed it, and said so',
    (header) => {
      expect(matches(header, 'W/"abc"')).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    '"abc-"',
    '"abc-gzip-gzip"',
    '"-gzip"',
    '"abcgzip"',
    'abc',
    '"ABC"',
    '"ab"',
    'W/"abcd"',
    '"x","y"',
    '"x, abc"',
    '"*"',
    'abc"',
    '"abc',
  ])('%j does not', (header) => {
    expect(matches(header, 'W/"abc"')).toBe(false);
  });
});

describe('how long a cache may keep an answer', () => {
  it.each([
    ['as long as its promise holds', after(30_000), true, 30],
    ['in whole seconds, never longer than the promise', after(30_999), true, 30],
    ['a minute at most', after(3_600_000), true, 60],
    ['five seconds at most while it is still filling up', after(3_600_000), false, 5],
    ['not at all once the promise is broken', after(-1), true, 0],
    ['not at all from the instant on at which it breaks', after(0), true, 0],
    ['not at all when nothing is promised', null, true, 0],
  ])('is %s', (_, staleAfter, complete, seconds) => {
    expect(lifeSeconds({ staleAfter, complete }, NOW)).toBe(seconds);
  });
});

describe('sendFresh', () => {
  it('sends the body with its validators and how long it is good for', () => {
    expect(send(ANSWER)).toEqual({
      status: 200,
      body: '{"id":14}',
      headers: {
        etag: 'W/"abc"',
        vary: 'accept-encoding',
        'cache-control': 'public, max-age=30, stale-while-revalidate=60',
        'last-modified': 'Sun, 01 Mar 2026 23:59:59 GMT',
        'content-type': 'application/json; charset=utf-8',
      },
    });
  });

  it('answers 304 without a body to who has that content already, and renews its life', () => {
    expect(send({ ...ANSWER, staleAfter: after(20_000) }, '"abc"')).toEqual({
      status: 304,
      body: undefined,
      headers: {
        etag: 'W/"abc"',
        vary: 'accept-encoding',
        'cache-control': 'public, max-age=20, stale-while-revalidate=60',
        'last-modified': 'Sun, 01 Mar 2026 23:59:59 GMT',
      },
    });
  });

  it('sends no Last-Modified where nothing is known of a change', () => {
    expect(send({ ...ANSWER, changedAt: null }).headers).not.toHaveProperty('last-modified');
  });
});

describe('If-Modified-Since', () => {
  const modified = { ...ANSWER, modifiedAt: ANSWER.changedAt };
  const LAST = 'Sun, 01 Mar 2026 23:59:59 GMT';
  it.each([
    ['the date that was sent', modified, LAST, undefined, 304],
    ['a later one', modified, 'Mon, 02 Mar 2026 00:00:00 GMT', undefined, 304],
    ['an earlier one', modified, 'Sun, 01 Mar 2026 23:59:58 GMT', undefined, 200],
    ['one that is none', modified, '2026-03-02', undefined, 200],
    ['it beside a tag that is another', modified, LAST, '"other"', 200],
    ['it where time changes the content, too', ANSWER, LAST, undefined, 200],
  ])('by %s is answered as it should be', (_, answer, since, tag, status) => {
    expect(send(answer, tag, since).status).toBe(status);
  });
});

function after(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}

function send(answer: FreshAnswer, ifNoneMatch?: string, ifModifiedSince?: string) {
  const sent = { status: 200, headers: {} as Record<string, string>, body: undefined as unknown };
  const reply = {
    header: (name: string, value: string) => ((sent.headers[name] = value), reply),
    status: (status: number) => ((sent.status = status), reply),
    send: (body?: unknown) => ((sent.body = body), reply),
  };
  const request = { headers: { 'if-none-match': ifNoneMatch, 'if-modified-since': ifModifiedSince } };
  sendFresh(request as FastifyRequest, reply as unknown as FastifyReply, answer, NOW);
  return sent;
}
