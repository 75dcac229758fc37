import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { sendRaw } from './support/raw-http.js';

describe('the request id', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14', SYNC_TIERS: '1:15m' } });
  });
  afterAll(() => app.close());

  const idOf = async (path: string, given?: string): Promise<unknown> => {
    const headers = { ...(given !== undefined && { 'x-request-id': given }), authorization: `Bearer ${ADMIN_KEY}` };
    return (await sendRaw(app.url, path, { headers })).headers['x-request-id'];
  };

  it.each([
    '/api/v1/sync/status',
    '/nothing/here',
    '/api/v1/experience/x/dates',
    '/api/v1/experience/14/dates',
    '/metrics',
  ])('is the one that came, on %s', async (path) => {
    expect(await idOf(path, 'trace-1.of_theClient')).toBe('trace-1.of_theClient');
  });

  it.each(['', 'a b', 'a\tb', 'x'.repeat(65), '"; drop', 'ä'])('is a new one where %j came', async (given) => {
    expect(await idOf('/api/v1/sync/status', Buffer.from(given).toString('latin1'))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('differs from one request to the next', async () => {
    expect(await idOf('/test')).not.toBe(await idOf('/test'));
  });
});
