import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ResponseCache } from '../../src/http/index.js';
import { DatabaseProxy } from '../e2e/support/database-proxy.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { reseller, WITH_RESELLERS } from '../setup/octo-reseller.js';
import { Replicas } from '../setup/replicas.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const ID = 16;
const DATE = '2026-03-05';
const ENV = { ...WITH_RESELLERS, EXPERIENCES: String(ID), SYNC_TIERS: '10:24h' };
const QUERY = { productId: String(ID), optionId: 'DEFAULT', localDate: DATE };
const MIRROR = 'octo/pricing, slotmirror/days';

/** The supplier of another mirror is two processes. One records a change and tells of it; the other one is asked for it. */
describe('A process that has not heard of a change yet', () => {
  let replicas: Replicas;
  let proxy: DatabaseProxy;
  let recording: TestApp;
  let late: TestApp;

  beforeEach(async () => {
    replicas = await Replicas.create(ENV, { sandboxOptions: { speed: 0 } });
    const { clock, sandbox, database } = replicas;
    proxy = await DatabaseProxy.before(database.url);
    sell(9);
    recording = await replicas.start();
    const throughProxy = { url: proxy.url, drop: () => Promise.resolve() };
    const sandboxUrl = recording.sandboxUrl;
    late = await startTestApp({ clock, sandbox, sandboxUrl, database: throughProxy, env: ENV });
    await recording.syncUntilIdle();
    await until('notifications are heard', () => late.app.get(ResponseCache).ready);
  });
  afterEach(async () => {
    await late.close();
    await proxy.cut();
    await replicas.close();
  });

  const sell = (remaining: number): void => {
    replicas.sandbox.setTruth(ID, DATE, [sandboxSlot({ startDate: DATE, remaining })]);
  };
  const shown = async (capabilities: string): Promise<unknown> => {
    const items = await reseller(late, { 'octo-capabilities': capabilities }).post('/availability', QUERY);
    return (items as { vacancies: number }[]).map(({ vacancies }) => vacancies);
  };

  it('answers a mirror with what the change left, and readers from memory until it hears', async () => {
    const cache = late.app.get(ResponseCache);
    expect([await shown(MIRROR), await shown('')]).toEqual([[9], [9]]);
    proxy.silenceNotifications();
    sell(4);
    await makeDue(recording.prisma, ID, DATE, replicas.clock.now());
    await recording.syncUntilIdle();
    expect(await shown(MIRROR)).toEqual([4]);
    // Or this would prove nothing: it still trusts its memory.
    expect(cache.ready).toBe(true);
    expect(await shown('')).toEqual([9]);
    await until('the silence is noticed', () => !cache.ready);
    expect(await shown('')).toEqual([4]);
    proxy.hearNotifications();
    await until('a new connection hears them', () => cache.ready);
  });
});
