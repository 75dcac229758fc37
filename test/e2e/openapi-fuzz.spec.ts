import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openApiDocument } from '../../src/openapi/document.js';
import { exampleDay } from '../../src/schema/index.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { sendRaw } from './support/raw-http.js';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}

/** What it may answer whatever is sent: the framework's own refusals. */
const ALWAYS = [400, 404, 405, 413, 414, 415, 431];
/** A hang is a failure. */
const PATIENCE_MS = 5_000;
const RUNS_EACH = 120;

const NASTY = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1.5',
    '1e3',
    '007',
    '2147483648',
    '9'.repeat(400),
    'NaN',
    'null',
    'undefined',
    '[object Object]',
  ],
  ...[
    '14',
    '15',
    '2026-03-02',
    '2026-02-30',
    '0000-00-00',
    '9999-99-99',
    "' OR 1=1 --",
    '../../etc/passwd',
    '%00',
    '\u0000',
  ],
  ...['💥', 'ä'.repeat(300), '<script>', '${7*7}', '{}', '[]', '%', '%zz', '\ud800', 'wait=9999999999', 'day', 'hour'],
];
const value = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer().map(String),
);
const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const body = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '0',
    deep(2_000),
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{}}}',
  ),
  fc.constantFrom(
    '{"reason":"\\u0000"}',
    '{"until":"yesterday"}',
    '{"days":1e309}',
    '{"experiences":[1e20]}',
    '{"timeZone":1}',
  ),
  fc.json({ maxDepth: 4 }),
  fc
    .record({
      reason: value,
      until: value,
      name: value,
      timeZone: value,
      days: fc.anything(),
      experiences: fc.anything(),
    })
    .map((it) => JSON.stringify(it, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part))),
);
const sent = fc.record({
  values: fc.array(value, { minLength: 6, maxLength: 6 }),
  method: fc.constantFrom('', '', '', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE'),
  type: fc.constantFrom(
    'application/json',
    'text/plain',
    'application/xml',
    'multipart/form-data',
    'application/json; charset=latin1',
    '',
  ),
  key: fc.constantFrom(`Bearer ${ADMIN_KEY}`, `Bearer ${ADMIN_KEY}`, 'Bearer x', 'Basic eDp5', 'Bearer ', ''),
  headers: fc.dictionary(
    fc.constantFrom('prefer', 'if-none-match', 'accept', 'x-request-id', 'range'),
    fc.constantFrom('wait=0', '*', '"x', 'W/', 'a'.repeat(200), 'bytes=0-'),
  ),
  body,
});

describe('whatever is sent', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14,15', SYNC_TIERS: '3:4h', MISSES_PER_MINUTE: '0' } });
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  const paths = openApiDocument(exampleDay(new Date(0)))['paths'] as Readonly<
    Record<string, Readonly<Record<string, Operation>>>
  >;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [method.toUpperCase(), path, operation] as const),
  );

  it.each(operations)('%s %s answers what it says, soon, and is never our fault', async (method, path, operation) => {
    await fc.assert(
      fc.asyncProperty(sent, async (request) => {
        const values = [...request.values];
        const place = path.replace(/\{\w+\}/g, () => encoded(values.pop() ?? ''));
        const query = (operation.parameters ?? [])
          .filter((parameter) => parameter.in === 'query')
          .map(({ name }) => `${name}=${encoded(values.pop() ?? '')}`);
        const url = query.length > 0 ? `${place}?${query.join('&')}` : place;
        const named = request.method === '' ? method : request.method;
        // A stream that is let in has no end.
        const verb = path.endsWith('/stream') && named === 'GET' ? 'HEAD' : named;
        const key = path.endsWith('/events') ? request.key.slice(0, 8) : request.key;
        const hasBody = !['GET', 'HEAD', 'TRACE'].includes(verb);
        const answer = await soon(
          sendRaw(app.url, url, {
            method: verb,
            headers: {
              ...request.headers,
              ...(key !== '' && { authorization: key }),
              ...(request.type !== '' && hasBody && { 'content-type': request.type }),
              // Node sends the body of some methods without its length, which no server could tell from the next request.
              ...(hasBody && { 'content-length': Buffer.byteLength(request.body) }),
            },
            ...(hasBody && { body: request.body }),
          }),
          `${verb} ${url}`,
        );
        // Another method may be one that the path has too.
        const { responses } = paths[path]?.[verb.toLowerCase()] ?? operation;
        const documented = [
          ...Object.keys(responses)
            .map(Number)
            .filter((status) => status !== 500),
          ...ALWAYS,
          ...(request.method === '' ? [] : [200, 204]),
        ];
        expect({ url, verb, status: answer.status }).toEqual({
          url,
          verb,
          status: documented.find((status) => status === answer.status),
        });
        if (answer.status >= 400 && verb !== 'HEAD') {
          expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
          const members = Object.keys(JSON.parse(answer.text) as object);
          expect(members.slice(0, 5)).toEqual(['type', 'title', 'status', 'code', 'detail']);
        }
      }),
      { numRuns: RUNS_EACH, endOnFailure: true },
    );
  });

  it('leaves a service that works', async () => {
    expect((await sendRaw(app.url, '/health/ready')).status).toBe(200);
    expect((await sendRaw(app.url, '/api/v1/sync/status')).status).toBe(200);
  });
});

/** Sometimes as it should be, sometimes as it is: what no URL may have is left out. */
function encoded(text: string): string {
  const wellFormed = Buffer.from(text).toString();
  return wellFormed.length % 2 === 0 ? encodeURIComponent(wellFormed) : wellFormed.replace(/[^\x21-\x7e]|[#?/]/g, '');
}

async function soon<T>(answer: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer to ${what}`)), PATIENCE_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
