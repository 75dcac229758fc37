import { afterEach, describe, expect, it } from '@jest/globals';
import { Replicas } from '../setup/replicas.js';

const HOUR_MS = 3_600_000;
const ENV = { EXPERIENCES: '14,15', SYNC_TIERS: '1:15m,5:4h,20:24h', SUPPLIER_REQUESTS_PER_MINUTE: '60' };

describe('A host that slept', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  it('catches up on the nearest dates first, within the budget', async () => {
    replicas = await Replicas.create(ENV, { sandboxOptions: { speed: 0 } });
    const app = await replicas.start();
    await replicas.run(2);
    expect(await app.prisma.day.count({ where: { confirmedAt: null, dueAt: { not: null } } })).toBe(0);
    const before = replicas.sandbox.requests().length;
    // Its timers stand still, then the clock is six hours further.
    replicas.clock.advance(6 * HOUR_MS);
    await replicas.run(0.25);
    const asked = replicas.sandbox.requests().slice(before);
    expect(asked.length).toBeGreaterThanOrEqual(10);
    expect(asked.length).toBeLessThanOrEqual(16);
    const today = asked.findIndex(({ date }) => date === '2026-03-02');
    expect(today).toBeGreaterThanOrEqual(0);
    expect(today).toBeLessThan(8);
    const near = asked.filter(({ date }) => (date ?? '') <= '2026-03-06');
    expect(near.length / asked.length).toBeGreaterThan(0.6);
  });
});
