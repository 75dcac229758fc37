import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { expectAnyProblem, type HttpAnswer } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

const RUNS = { numRuns: 100 };

/** Anything that may stand in the target of a request. */
const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCodePoint(code));
const encoded = fc.integer({ min: 0, max: 255 }).map((byte) => `%${byte.toString(16).padStart(2, '0')}`);
const piece = fc.oneof(
  visible,
  encoded,
  fc.constantFrom('14', '/', '%', '..', 'slots', '?date=', '2026-03-03', '&', '#', '[', '-'),
);
const junk = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((value) => encodeURIComponent(value));
const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('whatever a client sends', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14', SYNC_TIERS: '1:15m' } });
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  /** Understood, or refused as the client's mistake. */
  function expectAnswered(answer: HttpAnswer): void {
    if (answer.status === 200) JSON.parse(answer.text);
    else {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expectAnyProblem(answer);
    }
  }

  it.each([
    ['a path', junk.map((path) => `/${path}`)],
    ['an id', fc.oneof(junk, text).map((id) => `/api/v1/experience/${id}/slots?date=2026-03-02`)],
    ['a date', fc.oneof(junk, text).map((date) => `/api/v1/experience/14/slots?date=${date}`)],
    ['a calendar date', day.map((date) => `/api/v1/experience/14/slots?date=${date}`)],
    ['a query', junk.map((query) => `/api/v1/experience/14/dates?${query}`)],
    ['a path below the control API', junk.map((path) => `/api/v1/sync/${path}`)],
  ])('as %s, is answered in JSON and never by a 5xx', async (_what, paths) => {
    await fc.assert(
      fc.asyncProperty(paths, async (path) => {
        expectAnswered(await sendRaw(app.url, path));
      }),
      RUNS,
    );
  });

  it('as headers, changes nothing about the answer but 304 for 200', async () => {
    const value = fc.string({ unit: visible, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(value, value, async (ifNoneMatch, accept) => {
        const headers = { 'if-none-match': ifNoneMatch, 'if-modified-since': ifNoneMatch, accept };
        const answer = await sendRaw(app.url, '/api/v1/experience/14/slots?date=2026-03-02', { headers });
        expect([200, 304]).toContain(answer.status);
      }),
      RUNS,
    );
  });

  it('as a body with the admin key, is answered in JSON and never by a 5xx', async () => {
    const body = fc.oneof(fc.json(), junk, fc.string({ unit: 'binary' }));
    const reason = fc.record({ reason: fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.jsonValue()) });
    const bodies = fc.oneof(
      body,
      reason.map((value) => JSON.stringify(value)),
    );
    const authorization = 'Bearer the-admin-key-of-the-tests';
    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom('application/json', 'text/plain', 'x/y'), async (sent, type) => {
        const headers = { authorization, 'content-type': type, 'content-length': Buffer.byteLength(sent) };
        expectAnswered(await sendRaw(app.url, '/api/v1/sync/pause', { method: 'POST', headers, body: sent }));
      }),
      RUNS,
    );
  });
});
