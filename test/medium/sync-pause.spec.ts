import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dayRow } from '../setup/day-row.js';
import { Replicas } from '../setup/replicas.js';
import { pauseSync, readSlots, resumeSync, syncStatus } from '../setup/sync-api.js';
import { until } from '../setup/until.js';

/** More work than any of these tests lets through. */
const ENV = { EXPERIENCES: '14,15,16', SUPPLIER_REQUESTS_PER_MINUTE: '60' };

describe('A pause', () => {
  let replicas: Replicas;

  beforeEach(async () => {
    replicas = await Replicas.create(ENV);
  });
  afterEach(() => replicas.close());

  const asked = (): number => replicas.sandbox.requests().length;

  it('stops what this replica and every other one ask, until it is lifted by any of them', async () => {
    const [one, other] = [await replicas.start(), await replicas.start()];
    await replicas.run(0.2);
    expect(await pauseSync(one, 'the supplier moves house')).toMatchObject({ state: 'paused' });
    const before = asked();
    expect(before).toBeGreaterThan(0);
    await replicas.run(0.5);
    expect(asked()).toBe(before);
    expect(await syncStatus(other)).toMatchObject({ state: 'paused', reason: 'the supplier moves house' });
    expect(await resumeSync(other)).toMatchObject({ state: 'running', pausedAt: null, reason: null });
    const resumed = replicas.clock.now().getTime();
    await replicas.run(0.1);
    expect(replicas.sandbox.requests()[before]?.at).toBeLessThanOrEqual(resumed + 2_000);
  });

  it('is not worn off by a restart', async () => {
    const first = await replicas.start();
    await replicas.run(0.1);
    const { pausedAt, since } = await pauseSync(first, 'maintenance');
    const before = asked();
    await replicas.stop(first);
    const second = await replicas.start();
    await replicas.run(0.5);
    expect(asked()).toBe(before);
    expect(await syncStatus(second)).toMatchObject({ state: 'paused', pausedAt, since, reason: 'maintenance' });
    await resumeSync(second);
    await replicas.stop(second);
    await replicas.start();
    await replicas.run(0.1);
    expect(asked()).toBeGreaterThan(before);
  });

  it('made before anything was ever asked holds, too', async () => {
    const app = await replicas.start();
    await pauseSync(app);
    await replicas.run(0.5);
    expect(asked()).toBe(0);
  });

  it('lets what is in flight arrive, and records it', async () => {
    const [app, other] = [await replicas.start(), await replicas.start()];
    replicas.sandbox.addFault({ kind: 'latency', latencyMs: 3_000 });
    await app.sync.claim();
    await until('the request is at the supplier', () => asked() === 1);
    await pauseSync(other);
    const [{ experienceId, date } = { experienceId: null, date: null }] = replicas.sandbox.requests();
    expect(await dayRow(app.prisma, experienceId ?? 0, date ?? '')).toMatchObject({ confirmedAt: null });
    await app.sync.settled();
    expect(await dayRow(app.prisma, experienceId ?? 0, date ?? '')).toMatchObject({
      ...{ confirmedAt: replicas.clock.now(), version: 1, leasedUntil: null, attempts: 0 },
    });
    await replicas.run(0.5);
    expect(asked()).toBe(1);
  });

  it('does not keep anybody from reading', async () => {
    const app = await replicas.start();
    await replicas.run(0.2);
    await pauseSync(app);
    const [{ experienceId, date } = { experienceId: null, date: null }] = replicas.sandbox.requests();
    expect(await readSlots(app, experienceId ?? 0, date ?? '')).toMatchObject({ status: 200 });
    expect(await readSlots(app, 14, '2026-04-20')).toMatchObject({ status: 503, body: { code: 'NOT_SYNCED_YET' } });
  });

  it('does not save up what was not asked meanwhile', async () => {
    const app = await replicas.start();
    await replicas.run(0.2);
    await pauseSync(app);
    await replicas.run(0.5);
    await resumeSync(app);
    const before = asked();
    await replicas.run(0.5);
    expect(asked() - before).toBeLessThanOrEqual(30);
  });
});

describe('The pause of one experience', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  it('skips its days alone, and its end brings them back', async () => {
    replicas = await Replicas.create({ ...ENV, SYNC_TIERS: '3:24h' });
    const app = await replicas.start();
    await app.prisma.experience.update({ where: { id: 15 }, data: { pausedAt: replicas.clock.now() } });
    await replicas.run(0.5);
    const ids = (): (number | null)[] => replicas.sandbox.requests().map(({ experienceId }) => experienceId);
    expect(new Set(ids())).toEqual(new Set([14, 16]));
    expect(ids()).toHaveLength(6);
    await app.prisma.experience.update({ where: { id: 15 }, data: { pausedAt: null } });
    await replicas.run(0.5);
    expect(ids().slice(6)).toEqual([15, 15, 15]);
    await app.prisma.experience.update({ where: { id: 15 }, data: { pausedAt: replicas.clock.now() } });
    await app.prisma.$executeRaw`UPDATE day SET due_at = ${replicas.clock.now()}`;
    await replicas.run(0.5);
    expect(ids().slice(9)).not.toContain(15);
    expect(ids()).toHaveLength(15);
  });
});
