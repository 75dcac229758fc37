import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxPax, sandboxPrice, sandboxSlot, type SandboxSlot } from '../setup/day-factory.js';
import { DayRecords, RECORDED_DATE } from '../setup/day-records.js';
import { expectedSlots } from '../setup/expected-slots.js';

function slot(startTime: string, change: Partial<SandboxSlot> = {}): SandboxSlot {
  return sandboxSlot({ startDate: RECORDED_DATE, startTime, ...change });
}

const CHILD = sandboxPax({ type: 'CHILD_3~11', name: 'Child', isPrimary: false, remaining: 7 });

describe('A recorded day', () => {
  let day: DayRecords;

  beforeAll(async () => {
    day = await DayRecords.open();
  });
  beforeEach(() => day.reset());
  afterAll(() => day.app.close());

  it('is stored as it is served, with what the calendar needs', async () => {
    const slots = [
      slot('12:00', {
        remaining: 5,
        paxAvailability: [CHILD, sandboxPax({ price: sandboxPrice({ finalPrice: 80.05 }) })],
      }),
      slot('09:30', { remaining: 0, paxAvailability: [sandboxPax({ price: sandboxPrice({ finalPrice: 1 }) })] }),
      slot('10:30', { remaining: 12, paxAvailability: [sandboxPax({ price: sandboxPrice({ finalPrice: 99 }) })] }),
    ];
    expect(await day.record(slots, 1)).toBe('changed');
    expect(await day.slots()).toEqual(expectedSlots(slots));
    expect(await day.row()).toMatchObject({
      ...{ version: 1, confirmedAt: day.at(1), changedAt: day.at(1), staleAfter: day.at(61), dueAt: day.at(61) },
      ...{ openSlots: 2, remaining: '17', finalPrice: '80.05', originalPrice: '312.14', discount: '0' },
      ...{ currencyCode: 'SGD', attempts: 0, lastError: null },
    });
  });

  const before = slot('10:00', { paxAvailability: [sandboxPax(), CHILD] });
  it.each<[string, SandboxSlot[]]>([
    ['the places that remain', [{ ...before, remaining: 1_999 }]],
    ['the places of a pax type', [{ ...before, paxAvailability: [sandboxPax(), { ...CHILD, remaining: 6 }] }]],
    ['a price', [{ ...before, paxAvailability: [sandboxPax({ price: sandboxPrice({ finalPrice: 200.1 }) }), CHILD] }]],
    [
      'a struck price',
      [{ ...before, paxAvailability: [sandboxPax({ price: sandboxPrice({ originalPrice: 1 }) }), CHILD] }],
    ],
    ['a discount', [{ ...before, paxAvailability: [sandboxPax({ price: sandboxPrice({ discount: 2.5 }) }), CHILD] }]],
    [
      'the currency of equal amounts',
      [{ ...before, paxAvailability: [sandboxPax({ price: sandboxPrice({ currencyCode: 'USD' }) }), CHILD] }],
    ],
    ['the currency of the slot', [{ ...before, currencyCode: 'USD' }]],
    ['the end', [{ ...before, endTime: '12:45' }]],
    ['the variant', [{ ...before, variantId: 33 }]],
    [
      'which pax type is the primary one',
      [
        {
          ...before,
          paxAvailability: [
            { ...sandboxPax(), isPrimary: false },
            { ...CHILD, isPrimary: true },
          ],
        },
      ],
    ],
    ['the least and most of a booking', [{ ...before, paxAvailability: [sandboxPax({ min: 2, max: 3 }), CHILD] }]],
    ['a name', [{ ...before, paxAvailability: [sandboxPax({ name: 'Grown-up' }), CHILD] }]],
    ['a description', [{ ...before, paxAvailability: [sandboxPax({ description: null }), CHILD] }]],
    [
      'a new pax type',
      [{ ...before, paxAvailability: [sandboxPax(), CHILD, sandboxPax({ type: 'INFANT', isPrimary: false })] }],
    ],
    ['a pax type that is gone', [{ ...before, paxAvailability: [sandboxPax()] }]],
    ['a new slot', [before, slot('11:00')]],
    ['another slot in its place', [slot('11:00')]],
  ])('shows what changed: %s', async (_what, after) => {
    await day.record([before], 1);
    expect(await day.record(after, 2)).toBe('changed');
    expect(await day.slots()).toEqual(expectedSlots(after));
    expect(await day.row()).toMatchObject({ version: 2, confirmedAt: day.at(2), changedAt: day.at(2) });
  });

  it('drops a slot that the supplier lists no more, and the calendar with it', async () => {
    await day.record([slot('10:00', { remaining: 1 }), slot('11:00', { remaining: 2 })], 1);
    await day.record([slot('11:00', { remaining: 2 })], 2);
    expect(await day.slots()).toEqual(expectedSlots([slot('11:00', { remaining: 2 })]));
    expect(await day.row()).toMatchObject({ openSlots: 1, remaining: '2' });
  });

  it('has no price in the calendar once all of it is sold out', async () => {
    await day.record([slot('10:00')], 1);
    await day.record([slot('10:00', { remaining: 0 })], 2);
    expect(await day.row()).toMatchObject({
      ...{ openSlots: 0, remaining: '0', finalPrice: null, originalPrice: null, discount: null, currencyCode: null },
    });
  });

  it('is unchanged by the same answer in another order, and newly confirmed', async () => {
    const slots = [slot('10:00', { paxAvailability: [sandboxPax(), CHILD] }), slot('11:00'), slot('12:00')];
    await day.record(slots, 1);
    const first = await day.row();
    expect(await day.record([...slots].reverse(), 2)).toBe('unchanged');
    const confirmed = { confirmedAt: day.at(2), staleAfter: day.at(62), dueAt: day.at(62) };
    expect(await day.row()).toEqual({ ...first, ...confirmed });
  });

  it('keeps money to the last digit, and counts beyond 32 bits', async () => {
    const price = sandboxPrice({ finalPrice: 0.1 + 0.2, originalPrice: 999_999_999.99, discount: 1e-7 });
    const most = { remaining: 2_147_483_647, paxAvailability: [sandboxPax({ price, remaining: 2_147_483_647 })] };
    await day.record([slot('10:00', most), slot('11:00', most), slot('12:00', most)], 1);
    expect(await day.slots()).toEqual(expectedSlots([slot('10:00', most), slot('11:00', most), slot('12:00', most)]));
    expect(await day.row()).toMatchObject({
      ...{ remaining: '6442450941', finalPrice: '0.30000000000000004', originalPrice: '999999999.99' },
      ...{ discount: '0.0000001' },
    });
  });

  it('is never taken back to an older answer, changed or not', async () => {
    const known = await day.claimed();
    expect(await day.record([slot('10:00', { remaining: 2 })], 2, known)).toBe('changed');
    const newest = await day.row();
    expect(await day.record([slot('10:00', { remaining: 1 })], 1, known)).toBe('superseded');
    expect(await day.row()).toEqual(newest);
    // It says the same, but it said so earlier: no confirmation either.
    expect(await day.record([slot('10:00', { remaining: 2 })], 1, await day.claimed())).toBe('superseded');
    expect(await day.row()).toEqual(newest);
  });

  it('takes an answer for what it says, even where it was "unchanged" against what has been replaced meanwhile', async () => {
    await day.record([slot('10:00', { remaining: 1 })], 1);
    const known = await day.claimed();
    await day.record([slot('10:00', { remaining: 2 })], 2);
    await day.record([slot('10:00', { remaining: 1 })], 3, known);
    expect(await day.slots()).toEqual(expectedSlots([slot('10:00', { remaining: 1 })]));
    expect(await day.row()).toMatchObject({ confirmedAt: day.at(3), remaining: '1' });
  });

  it('leaves the lease of another replica alone', async () => {
    const lease = { leasedBy: 'another', leasedUntil: day.at(5) };
    await day.app.prisma.day.updateMany({ data: lease });
    await day.record([slot('10:00')], 1);
    expect(await day.row()).toMatchObject(lease);
    await day.record([slot('10:00')], 2);
    expect(await day.row()).toMatchObject({ ...lease, confirmedAt: day.at(2) });
    await day.record([], 3);
    expect(await day.row()).toMatchObject({ ...lease, emptySeenAt: null });
  });
});
