import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LeapSlot } from '../../src/sandbox/index.js';
import { sandboxPax, sandboxPrice, sandboxSlot } from '../setup/day-factory.js';
import { DayRecords, RECORDED_DATE, RECORDED_ID } from '../setup/day-records.js';
import { startTestApp } from '../setup/test-app.js';

/** What names may hold, and what views may stumble over. */
const ODD_TEXTS = [
  `it's "quoted" \\ and \\u0041 and \\n`,
  'line\nbreak\ttab\rreturn\u2028separator\u0001control',
  '🎢 مرحبا 日本語 Ą́ 👨‍👩‍👧',
  '{"slots":[]}, null, {}, %s $1 ${x} <b>&amp;</b>',
  'null',
  '   ',
  '"',
  'x'.repeat(5_000),
];

describe('The views for analysts', () => {
  let day: DayRecords;

  beforeAll(async () => {
    day = await DayRecords.open();
  });
  beforeEach(() => day.reset());
  afterAll(() => day.app.close());

  it('agree with the documents that the sync stored', async () => {
    const app = await startTestApp({
      env: { EXPERIENCES: '14,15,16', SYNC_TIERS: '7:24h' },
      sandboxOptions: { speed: 0 },
    });
    await app.syncUntilIdle();
    const days = await app.prisma.day.findMany();
    const truth = days.flatMap(({ experienceId, date }) =>
      (app.sandbox.truth(experienceId, date.toISOString().slice(0, 10)) as LeapSlot[]).map((slot) => ({
        experienceId,
        slot,
      })),
    );
    const slots = await app.prisma.slot.findMany();
    const byId = new Map(slots.map((slot) => [slot.providerSlotId, slot]));
    expect(truth.length).toBeGreaterThan(20);
    expect(slots).toHaveLength(truth.length);
    for (const { experienceId, slot } of truth) {
      const primary = slot.paxAvailability.find((pax) => pax.isPrimary);
      const row = byId.get(slot.providerSlotId);
      expect(row).toMatchObject({
        ...{
          experienceId,
          date: new Date(slot.startDate),
          variantId: BigInt(slot.variantId),
          remaining: BigInt(slot.remaining),
        },
        ...{ startTime: slot.startTime, endTime: slot.endTime, currencyCode: primary?.price.currencyCode },
      });
      expect(row?.finalPrice.toNumber()).toBe(primary?.price.finalPrice);
      expect(row?.originalPrice?.toNumber()).toBe(primary?.price.originalPrice);
    }
    const pax = await app.prisma.paxAvailability.findMany();
    expect(pax).toHaveLength(truth.reduce((sum, { slot }) => sum + slot.paxAvailability.length, 0));
    const places = (rows: readonly { remaining: number | bigint | null }[]): number =>
      rows.reduce((sum, row) => sum + Number(row.remaining), 0);
    expect(places(pax)).toBe(places(truth.flatMap(({ slot }) => slot.paxAvailability)));
    await app.close();
  });

  it('show the pax types in their order, with their prices', async () => {
    const child = sandboxPax({
      type: 'CHILD',
      name: null,
      description: null,
      isPrimary: false,
      min: 0,
      max: 4,
      remaining: 3,
    });
    const adult = sandboxPax({ type: 'ADULT', price: sandboxPrice({ finalPrice: 10.1, discount: 0.05 }) });
    await day.record([sandboxSlot({ startDate: RECORDED_DATE, paxAvailability: [child, adult] })], 1);
    const rows = await day.app.prisma.paxAvailability.findMany({ orderBy: { position: 'asc' } });
    expect(rows).toMatchObject([
      { experienceId: RECORDED_ID, type: 'ADULT', isPrimary: true, name: 'Adult' },
      { type: 'CHILD', isPrimary: false, name: null, description: null, min: 0n, max: 4n, remaining: 3n },
    ]);
    expect(rows.map(({ finalPrice }) => finalPrice.toNumber())).toEqual([10.1, 212.14]);
    expect(rows.map(({ discount }) => discount?.toNumber())).toEqual([0.05, 0]);
  });

  it.each(ODD_TEXTS.map((text) => [text.slice(0, 20), text]))('survive text like %j', async (_start, text) => {
    const pax = [sandboxPax({ type: text, name: text, description: text })];
    await day.record([sandboxSlot({ startDate: RECORDED_DATE, providerSlotId: text, paxAvailability: pax })], 1);
    expect(await day.app.prisma.slot.findMany()).toMatchObject([{ providerSlotId: text, remaining: 2_000n }]);
    expect(await day.app.prisma.paxAvailability.findMany()).toMatchObject([
      { providerSlotId: text, type: text, name: text, description: text },
    ]);
  });

  it('show nothing of a day that is unknown or empty, and forget what is gone', async () => {
    expect(await day.app.prisma.slot.count()).toBe(0);
    await day.record([sandboxSlot({ startDate: RECORDED_DATE, remaining: 0 })], 1);
    expect(await day.app.prisma.slot.count()).toBe(1);
    await day.record([], 2);
    expect(await day.app.prisma.slot.count()).toBe(0);
    expect(await day.app.prisma.paxAvailability.count()).toBe(0);
  });
});
