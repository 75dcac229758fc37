import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../setup/test-app.js';

describe('GET /api/v1/experience/:id/slots', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  it('answers the slots of a date', async () => {
    const response = await request(app.url).get('/api/v1/experience/15/slots?date=2026-03-08');
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ id: 15, date: '2026-03-08' });
  });
});
