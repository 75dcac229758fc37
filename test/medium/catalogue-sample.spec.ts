import { afterEach, describe, expect, it } from '@jest/globals';
import { SupplierRates } from '../../src/sync/rates/supplier-rates.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

const WINDOW = 4;
const IDS = Array.from({ length: 20 }, (_, i) => 14 + i);

describe('The sample that the shadow price is computed from', () => {
  let app: TestApp | undefined;

  afterEach(async () => {
    await app?.close();
  });

  it.each([
    ['America/Vancouver', 'where it is still evening while UTC has the next date', '2026-03-03T01:30:00.000Z'],
    ['Asia/Singapore', 'where it is already morning while UTC has the date before', '2026-03-01T18:00:00.000Z'],
    ['UTC', 'where it is the date of UTC', '2026-03-02T12:00:00.000Z'],
  ])('has each lead of the window, %s: %s', async (zone, _, now) => {
    const env = { EXPERIENCES: IDS.join(), SYNC_TIERS: `${WINDOW}:24h`, DEFAULT_TIME_ZONE: zone };
    app = await startTestApp({ env, clock: new TestClock(now) });
    await app.syncUntilIdle();
    const sample = await app.app.get(SupplierRates).of('leap').price.sample();
    const leads = sample.map(({ lead }) => lead);
    expect([...new Set(leads)].sort()).toEqual(Array.from({ length: WINDOW }, (_day, lead) => lead));
    expect(leads).toHaveLength(IDS.length * WINDOW);
    // Each stands for as many days.
    for (const lead of new Set(leads)) {
      expect(Math.abs(leads.filter((each) => each === lead).length - IDS.length)).toBeLessThanOrEqual(4);
    }
  });
});
