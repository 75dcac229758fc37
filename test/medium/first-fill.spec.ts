import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../setup/test-app.js';

describe('The first fill, while nobody reads', () => {
  let app: TestApp;
  beforeAll(async () => {
    const env = { EXPERIENCES: '14,15', SYNC_TIERS: '1:15m,7:4h,60:24h', SUPPLIER_REQUESTS_PER_MINUTE: '60' };
    app = await startTestApp({ env, sandboxOptions: { speed: 0 } });
  });
  afterAll(() => app.close());

  it('fetches the nearest dates first, at the whole budget', async () => {
    for (let second = 0; second < 60; second++) {
      app.clock.advance(1_030);
      await app.tick();
    }
    const dates = app.sandbox.requests().map(({ date }) => date ?? '');
    expect(dates.length).toBeGreaterThanOrEqual(55);
    const first = dates.slice(0, 20);
    expect(first.filter((date) => date <= '2026-03-16').length).toBeGreaterThanOrEqual(18);
    expect(first.filter((date) => date === '2026-03-02')).toHaveLength(2);
  });
});
