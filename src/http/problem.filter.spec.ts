import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BadRequestException, Logger, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from './api-problem.js';
import { ProblemFilter } from './problem.filter.js';
import { problemResponse } from './problem-response.js';
import { RouteMethods } from './route-methods.js';

beforeAll(() => {
  Logger.overrideLogger(false);
});

afterAll(() => {
  Logger.overrideLogger(true);
});

describe('whatever is thrown is answered as problem+json', () => {
  it('a problem of ours: with its code, its detail, and when to come back', () => {
    const problem = new ApiProblem('NOT_SYNCED_YET', 'Try again soon.', { retryAfterSeconds: 5 });
    expect(answer(problem)).toEqual({
      status: 503,
      headers: {
        'retry-after': '5',
        'content-type': 'application/problem+json; charset=utf-8',
        'cache-control': 'no-store',
      },
      body: {
        type: 'about:blank',
        title: 'The day was not fetched yet',
        status: 503,
        code: 'NOT_SYNCED_YET',
        detail: 'Try again soon.',
      },
    });
  });

  it('with the instant at which to come back, where it is known what time it is', () => {
    const problem = new ApiProblem('NOT_SYNCED_YET', 'Try again soon.', { retryAfterSeconds: 5 });
    const now = new Date('2026-03-02T04:00:00.000Z');
    const sent = problemResponse(problem, { method: 'GET', url: '/', id: 'x' }, { now });
    expect(JSON.parse(sent.body)).toMatchObject({ retryAt: '2026-03-02T04:00:05.000Z' });
  });

  it('a wrong method: with those that the path takes', () => {
    const routes = new RouteMethods();
    routes.add('*', 'OPTIONS');
    routes.add('/api/v1/experience/:id', ['GET', 'HEAD']);
    routes.add('/api/v1/experience/:id', 'PUT');
    routes.add('/openapi.json', 'GET');
    expect(routes.of('/api/v1/experience/14?x=/')).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT']);
    expect(routes.of('/openapi.json')).toEqual(['GET', 'OPTIONS']);
    for (const url of ['/openapi-json', '/api/v1/experience/', '/api/v1/experience/14/x', '*']) {
      expect(routes.of(url)).toEqual([]);
    }
    const wrong = new NotFoundException('Cannot POST /openapi.json');
    const sent = problemResponse(wrong, { method: 'POST', url: '/openapi.json', id: 'x' }, { methods: ['GET'] });
    expect(sent).toMatchObject({ status: 405, headers: expect.arrayContaining(['allow', 'GET']) });
    expect(JSON.parse(sent.body)).toMatchObject({ code: 'METHOD_NOT_ALLOWED', allow: ['GET'] });
  });

  it('a missing key: with the scheme by which to show it', () => {
    expect(answer(new ApiProblem('UNAUTHORIZED', 'Send it.')).headers).toMatchObject({
      'www-authenticate': 'Bearer realm="slotmirror"',
    });
    expect(answer(new ApiProblem('FORBIDDEN', 'Wrong.')).headers).not.toHaveProperty('www-authenticate');
  });

  it('an unknown route: 404', () => {
    expect(answer(new NotFoundException('Cannot GET /nowhere')).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('a client’s mistake that the framework found: with its own status and words', () => {
    expect(answer(new BadRequestException(['reason must be a string', 'x should not exist'])).body).toMatchObject({
      status: 400,
      code: 'INVALID_REQUEST',
      detail: 'reason must be a string; x should not exist',
    });
    expect(answer(new PayloadTooLargeException()).status).toBe(413);
    expect(answer(Object.assign(new Error('Unsupported Media Type'), { statusCode: 415 })).body).toMatchObject({
      status: 415,
      detail: 'Unsupported Media Type',
    });
  });

  it.each([
    ['connect ECONNREFUSED 10.1.2.3:5432', 'ECONNREFUSED'],
    ['Invalid `prisma.day.findMany()` invocation:\n\nConnection terminated unexpectedly', undefined],
    ['terminating connection due to administrator command', '57P01'],
    ['Timed out fetching a new connection', 'P2024'],
  ])('a database that is out of reach: 503, nothing of it told (%s)', (message, errorCode) => {
    const { status, headers, body } = answer(Object.assign(new Error(message), { code: errorCode }));
    expect({ status, code: body['code'], retryAfter: headers['retry-after'] }).toEqual({
      status: 503,
      code: 'DATABASE_UNAVAILABLE',
      retryAfter: '5',
    });
    expect(JSON.stringify(body)).not.toMatch(/10\.1\.2\.3|prisma|terminat|Timed/i);
  });

  it.each([
    ['an error', new Error('SELECT slots FROM day WHERE secret')],
    ['a fault of the program', new TypeError('undefined is not a function')],
    ['an error with a status that is none of an error', Object.assign(new Error('secret'), { statusCode: 200 })],
    ['an error with a status that is no number', Object.assign(new Error('secret'), { statusCode: '400' })],
    ['a text', 'secret'],
    ['null', null],
    ['nothing', undefined],
    ['some object', { secret: true }],
  ])('a fault of ours: 500, nothing of it told (%s)', (_, error) => {
    const { status, body } = answer(error);
    expect(status).toBe(500);
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Something went wrong on our side',
      status: 500,
      code: 'INTERNAL_ERROR',
      detail:
        'An unexpected error, logged under the X-Request-Id of this response. Try again; if it happens again, send that id to the operator.',
    });
  });

  it.each([
    ['Cannot GET /53123', 404],
    ['Cannot GET /P2024', 404],
    ['Cannot GET /08001/ECONNRESET', 404],
    ['property 53100 should not exist', 400],
  ])('what a client wrote is never taken for a failure of the database (%s)', (text, status) => {
    const error = status === 404 ? new NotFoundException(text) : new BadRequestException([text]);
    expect(answer(error).status).toBe(status);
  });

  it('a client that broke off in the middle of its request is none', () => {
    expect(answer(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })).status).toBe(400);
  });

  it('an internal fault that happens to name such a number is not one of the database', () => {
    expect(answer(new Error('no price for variant 53123')).status).toBe(500);
  });
});

function answer(error: unknown) {
  const sent = { status: 0, headers: {} as Record<string, unknown>, body: {} as Record<string, unknown> };
  const reply = {
    header: (name: string, value: unknown) => ((sent.headers[name] = value), reply),
    status: (status: number) => ((sent.status = status), reply),
    send: (body: string) => ((sent.body = JSON.parse(body) as Record<string, unknown>), reply),
  };
  const request = { method: 'GET', url: '/somewhere' };
  new ProblemFilter().answer(error, request as FastifyRequest, reply as unknown as FastifyReply);
  return sent;
}
