import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../setup/test-app.js';

describe('the catalogue', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({
      env: { EXPERIENCES: '16,14,15', DEFAULT_TIME_ZONE: 'Europe/Paris', SYNC_TIERS: '1:15m' },
    });
  });
  afterAll(() => app.close());

  it('lists the experiences by id, in the default time zone when they have none of their own', async () => {
    const response = await request(app.url).get('/api/v1/experience');
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    const entry = { name: null, timeZone: 'Europe/Paris', syncing: true, paused: null };
    expect(response.text).toBe(
      JSON.stringify({ experiences: [14, 15, 16].map((id) => ({ id, ...entry })), nextCursor: null }),
    );
  });

  it('shows the name, the time zone and the pause that an experience has of its own', async () => {
    const data = { name: 'Lantern Bay “Gondola”', timeZone: 'America/New_York', pausedAt: app.clock.now() };
    await app.prisma.experience.update({ where: { id: 15 }, data });
    const response = await request(app.url).get('/api/v1/experience');
    expect((response.body as { experiences: object[] }).experiences[1]).toEqual({
      id: 15,
      name: 'Lantern Bay “Gondola”',
      timeZone: 'America/New_York',
      syncing: false,
      paused: { since: app.clock.now().toISOString(), until: null },
    });
  });

  it('does not ask the supplier about an experience that is paused, and still serves it', async () => {
    await app.syncUntilIdle();
    expect(new Set(app.sandbox.requests().map(({ experienceId }) => experienceId))).toEqual(new Set([14, 16]));
    expect((await request(app.url).get('/api/v1/experience/15/dates')).status).toBe(200);
  });

  it('refuses the cursor of a list with larger numbers', async () => {
    const cursor = Buffer.from('after 2147483648').toString('base64url');
    const response = await request(app.url).get(`/api/v1/experience?limit=2&cursor=${cursor}`);
    expect([response.status, response.body]).toMatchObject([400, { code: 'INVALID_REQUEST' }]);
  });

  it('may be read from a web page of any origin', async () => {
    const response = await request(app.url).get('/api/v1/experience').set('origin', 'https://shop.example');
    expect(response.headers['access-control-allow-origin']).toBe('*');
    expect(response.headers['access-control-expose-headers']).toContain('ETag');
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });

  it('keeps the proof of life of the original service', async () => {
    const response = await request(app.url).get('/test');
    expect([response.status, response.text]).toEqual([200, '{"hello":"world"}']);
  });

  it('says that the process is alive, and nothing that a cache may keep', async () => {
    const response = await request(app.url).get('/health/live');
    expect([response.status, response.body]).toEqual([200, { status: 'ok' }]);
    expect(response.headers['cache-control']).toContain('no-store');
  });

  it('says that it is ready to serve while the database answers, whatever the supplier does', async () => {
    app.sandbox.addFault({ kind: 'status', status: 500 });
    app.clock.advance(3_600_000);
    expect(await app.tick()).toBeGreaterThan(0);
    const response = await request(app.url).get('/health/ready');
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      status: 'ok',
      details: { database: { status: 'up' }, migrations: { status: 'up' } },
    });
    expect(response.headers['cache-control']).toContain('no-store');
    app.sandbox.clearFaults();
  });
});
