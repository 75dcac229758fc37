import { afterEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { SyncStatus } from '../../src/sync/monitoring/status.shape.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';

describe('the status', () => {
  let app: TestApp;
  afterEach(() => app.close());

  it('names no product as failing while it is paused, for nothing is asked of it', async () => {
    app = await startTestApp({
      env: { EXPERIENCES: '14,15', SYNC_TIERS: '1:24h' },
    });
    await app.syncUntilIdle();
    await app.prisma.day.updateMany({
      data: {
        attempts: 1,
        failedAt: new Date('2026-03-02T04:00:00Z'),
        lastError: 'x',
      },
    });
    const seen = async () => {
      const { errors, suppliers } = (await request(app.url).get('/api/v1/sync/status')).body as SyncStatus;
      return [errors.map(({ experienceId }) => experienceId).toSorted(), suppliers[0]?.products.failing];
    };
    const steer = (what: string) =>
      request(app.url)
        .post(`/api/v1/experience/15/${what}`)
        .set({ authorization: `Bearer ${ADMIN_KEY}` })
        .expect(200);
    expect(await seen()).toEqual([[14, 15], 2]);
    await steer('pause');
    expect(await seen()).toEqual([[14], 1]);
    await steer('resume');
    expect(await seen()).toEqual([[14, 15], 2]);
  });
});
