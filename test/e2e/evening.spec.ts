import { afterEach, describe, expect, it } from '@jest/globals';
import { OddSupplier } from '../setup/odd-supplier.js';
import { standInSlot } from '../setup/supplier-stand-in.js';
import { TestClock } from '../setup/test-clock.js';

const ID = 14;
const TODAY = '2026-03-02';
/** In Singapore. */
const at = (time: string): string => `${TODAY}T${time}:00+08:00`;
const DAY = [
  standInSlot(TODAY, '09:00', { remaining: 5 }),
  standInSlot(TODAY, '10:00', { remaining: 6, endTime: '11:00' }),
];
const ENV = { SYNC_TIERS: '1:15m,5:1h' };

describe('Today', () => {
  let odd: OddSupplier;
  afterEach(() => odd.close());

  const start = async (time: string, today: readonly unknown[] = DAY) => {
    odd = await OddSupplier.start({ experiences: [ID], env: ENV, clock: new TestClock(at(time)) });
    odd.answers(({ date }) => (date === TODAY ? { body: today } : undefined));
    await odd.run(15, 1_100);
  };
  const entry = async () => (await odd.dates(ID)).dates.find(({ date }) => date === TODAY);
  /** Start times of the slots with places left. */
  const starts = async () => {
    const { slots } = (await odd.slots(ID, TODAY)).body;
    return slots.filter(({ remaining }) => remaining !== 0).map(({ startTime }) => startTime);
  };

  it('offers what has not started, by the clock alone: nobody asks the supplier in between', async () => {
    await start('08:58');
    expect(await entry()).toMatchObject({ slots: 2, remaining: 11 });
    expect(await starts()).toEqual(['09:00', '10:00']);
    const asked = odd.supplier.requests().length;
    const { headers } = await odd.dates(ID);
    // Before it would be wrong, no cache shows it any more.
    expect(Number(/max-age=(\d+)/.exec(headers['cache-control'] as string)?.[1])).toBeLessThanOrEqual(60);
    odd.clock.set(at('09:00'));
    expect(await entry()).toMatchObject({ slots: 1, remaining: 6 });
    expect(await starts()).toEqual(['10:00']);
    odd.clock.set(at('09:59'));
    expect(await entry()).toMatchObject({ slots: 1 });
    odd.clock.set(at('10:00'));
    expect(await entry()).toBeUndefined();
    expect(await starts()).toEqual([]);
    expect((await odd.slots(ID, TODAY)).body.slots).toHaveLength(2);
    expect(odd.supplier.requests()).toHaveLength(asked);
  });

  it('has another ETag when a slot has started', async () => {
    await start('08:58');
    const before = [(await odd.slots(ID, TODAY)).headers['etag'], (await odd.dates(ID)).headers['etag']];
    odd.clock.set(at('09:01'));
    const after = [(await odd.slots(ID, TODAY)).headers['etag'], (await odd.dates(ID)).headers['etag']];
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  it('after its last start is fetched now and then, so a slot that is added appears', async () => {
    await start('10:31');
    expect(await entry()).toBeUndefined();
    const added = [...DAY, standInSlot(TODAY, '22:00', { remaining: 7 })];
    odd.answers(({ date }) => (date === TODAY ? { body: added } : undefined));
    await odd.run(3_700, 60_000);
    expect(await entry()).toMatchObject({ slots: 1, remaining: 7 });
    expect(await starts()).toEqual(['22:00']);
    const asked = odd.supplier.requests().filter(({ date }) => date === TODAY).length;
    expect(asked).toBeGreaterThanOrEqual(2);
  });

  it('after its last start neither ages the calendar nor keeps it out of caches', async () => {
    await start('10:31');
    await odd.run(1_500, 60_000);
    const { asOf, staleAfter, headers, dates } = await odd.dates(ID);
    expect(dates.map(({ date }) => date)).not.toContain(TODAY);
    expect(Date.parse(staleAfter ?? '')).toBeGreaterThan(odd.clock.now().getTime());
    expect(odd.clock.now().getTime() - Date.parse(asOf ?? '')).toBeLessThan(3_600_000);
    expect(headers['cache-control']).not.toMatch(/max-age=0/);
  });

  it('is fetched when an admin orders it, however late', async () => {
    await start('23:50');
    const before = odd.supplier.requests().length;
    await odd.fetch(ID, TODAY);
    expect(odd.supplier.requests().slice(before)).toContainEqual(expect.objectContaining({ date: TODAY }));
  });

  it('offers tickets for the day until it ends, and entry windows until they close', async () => {
    await start('23:00', [
      standInSlot(TODAY, '00:00', { providerSlotId: 'ticket', endTime: '00:00' }),
      standInSlot(TODAY, '18:00', { providerSlotId: 'window', endTime: '24:00' }),
      standInSlot(TODAY, '12:00', { providerSlotId: 'closed', endTime: '17:00' }),
      standInSlot(TODAY, '22:30', { providerSlotId: 'left', endTime: '25:00' }),
      standInSlot(TODAY, '23:30', { providerSlotId: 'night', endTime: '25:00' }),
    ]);
    expect(await starts()).toEqual(['00:00', '18:00', '23:30']);
    expect(await entry()).toMatchObject({ slots: 3 });
  });
});
