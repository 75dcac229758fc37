import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OddSupplier } from '../setup/odd-supplier.js';
import { goodDay, standInSlot } from '../setup/supplier-stand-in.js';

const ID = 14;
/** The test clock starts on 2026-03-02, 12:00 in Singapore. */
const dateAt = (days: number): string =>
  new Date(Date.parse('2026-03-02') + days * 86_400_000).toISOString().slice(0, 10);

interface Case {
  readonly what: string;
  /** What the supplier answers for the date. */
  readonly answer: (date: string) => unknown;
  /** What is served of its slots: start, remaining, and whatever else matters. */
  readonly slots: readonly Record<string, unknown>[];
  /** The calendar's entry; null: not listed. */
  readonly entry: Record<string, unknown> | null;
  readonly oddity?: { readonly code: string; readonly detail: RegExp };
}

const good = (changes: Record<string, unknown>) => (date: string) => [
  { ...goodDay(date)[0], ...changes },
  ...goodDay(date).slice(1),
];
const GOOD_REST = [
  { startTime: '11:00', remaining: 4 },
  { startTime: '12:00', remaining: 3 },
];
const price = (finalPrice: number, currencyCode = 'SGD') => expect.objectContaining({ finalPrice, currencyCode });

const CASES: readonly Case[] = [
  {
    what: 'an oversold slot: it has none left, the others are current',
    answer: good({ remaining: -2 }),
    slots: [{ startTime: '10:00', remaining: 0 }, ...GOOD_REST],
    entry: { remaining: 7, slots: 2 },
    oddity: { code: 'negative_count', detail: /-2/ },
  },
  {
    what: 'a slot without a number of places: unlimited',
    answer: good({ remaining: null }),
    slots: [{ startTime: '10:00', remaining: null }, ...GOOD_REST],
    entry: { remaining: null, slots: 3 },
  },
  {
    what: 'numbers as text, and ids and numbers beyond 2^31',
    answer: good({ remaining: '10000000000', variantId: 2_525_776_286 }),
    slots: [{ startTime: '10:00', remaining: 10_000_000_000, variantId: 2_525_776_286 }, ...GOOD_REST],
    entry: { remaining: 10_000_000_007, slots: 3 },
  },
  {
    what: 'an id that no number holds exactly: that slot is left out, with its digits told',
    answer: (date) =>
      JSON.stringify(good({ variantId: 1 })(date)).replace('"variantId":1,', '"variantId":9007199254740993,'),
    slots: GOOD_REST,
    entry: { remaining: 7, slots: 2 },
    oddity: { code: 'slot_dropped', detail: /9007199254740993/ },
  },
  {
    what: 'no bounds',
    answer: (date) => [standInSlot(date, '10:00', { pax: { min: null, max: undefined } })],
    slots: [{ startTime: '10:00', paxAvailability: [expect.objectContaining({ min: null, max: null })] }],
    entry: { remaining: 5, slots: 1 },
  },
  {
    what: 'ends at and after midnight, and none',
    answer: (date) => [
      standInSlot(date, '20:00', { endTime: '24:00' }),
      standInSlot(date, '22:00', { endTime: '25:30' }),
      standInSlot(date, '23:00', { endTime: null }),
    ],
    slots: [
      { startTime: '20:00', endTime: '24:00' },
      { startTime: '22:00', endTime: '01:30' },
      { startTime: '23:00', endTime: null },
    ],
    entry: { slots: 3 },
  },
  {
    what: 'times with seconds, zones and dates',
    answer: (date) => [
      standInSlot(date, '10:00:00', { providerSlotId: 'a' }),
      standInSlot(date, '11:00+08:00', { providerSlotId: 'b' }),
      standInSlot(date, `${date}T12:00:00`, { providerSlotId: 'c', startDate: `${date}T00:00:00` }),
      standInSlot(date, '9:15', { providerSlotId: 'd' }),
    ],
    slots: ['09:15', '10:00', '11:00', '12:00'].map((startTime) => ({ startTime })),
    entry: { slots: 4 },
  },
  {
    what: 'a departure after midnight among those of the evening: it is another date’s',
    answer: (date) => [standInSlot(date, '22:00'), standInSlot(date, '24:30')],
    slots: [{ startTime: '22:00' }],
    entry: { slots: 1 },
    oddity: { code: 'slot_dropped', detail: /24:30/ },
  },
  {
    what: 'one id with two figures: neither is believed',
    answer: (date) => [...goodDay(date), { ...goodDay(date)[0], remaining: 2 }],
    slots: GOOD_REST,
    entry: { remaining: 7, slots: 2 },
    oddity: { code: 'slot_dropped', detail: /T10:00/ },
  },
  {
    what: 'one id in two variants, and an exact repetition: two slots',
    answer: (date) => [
      standInSlot(date, '10:00'),
      standInSlot(date, '10:00'),
      standInSlot(date, '10:00', { variantId: 33 }),
    ],
    slots: [{ variantId: 32 }, { variantId: 33 }],
    entry: { remaining: 10, slots: 2 },
  },
  {
    what: 'a slot for which nobody can book enough: not the calendar’s',
    answer: (date) => [
      standInSlot(date, '10:00', { remaining: 3, pax: { min: 4, price: { finalPrice: 50, currencyCode: 'SGD' } } }),
      standInSlot(date, '12:00', { remaining: 10, pax: { price: { finalPrice: 90, currencyCode: 'SGD' } } }),
    ],
    slots: [
      { startTime: '10:00', remaining: 3 },
      { startTime: '12:00', remaining: 10 },
    ],
    entry: { remaining: 10, slots: 1, price: price(90) },
  },
  {
    what: 'sold-out adults: the calendar names what can be bought',
    answer: (date) => {
      const slot = standInSlot(date, '10:00', {
        remaining: 100,
        pax: { remaining: 0, price: { finalPrice: 50, currencyCode: 'SGD' } },
      });
      const [adult] = slot['paxAvailability'] as Record<string, unknown>[];
      const child = {
        ...adult,
        type: 'CHILD',
        isPrimary: false,
        remaining: 40,
        price: { finalPrice: 30, currencyCode: 'SGD' },
      };
      return [{ ...slot, paxAvailability: [adult, child] }];
    },
    slots: [{ startTime: '10:00' }],
    entry: { slots: 1, price: price(30) },
  },
  {
    what: 'prices in dinars, dongs and below what they were',
    answer: (date) => [
      standInSlot(date, '10:00', {
        pax: { price: { finalPrice: 12.345, originalPrice: null, discount: -20, currencyCode: 'KWD' } },
      }),
      standInSlot(date, '11:00', { pax: { price: { finalPrice: 2_500_000_000, currencyCode: 'VND' } } }),
    ],
    slots: [
      { price: { finalPrice: 12.345, originalPrice: null, discount: -20, currencyCode: 'KWD' } },
      { price: { finalPrice: 2_500_000_000, originalPrice: null, discount: null, currencyCode: 'VND' } },
    ],
    entry: { slots: 2, price: price(12.345, 'KWD') },
  },
  {
    what: 'two primary pax types, and one twice: the first is taken',
    answer: (date) => {
      const slot = standInSlot(date, '10:00');
      const [adult] = slot['paxAvailability'] as Record<string, unknown>[];
      const child = { ...adult, type: 'CHILD', price: { finalPrice: 50, currencyCode: 'SGD' } };
      return [
        { ...slot, paxAvailability: [adult, child, { ...adult, price: { finalPrice: 1, currencyCode: 'SGD' } }] },
      ];
    },
    slots: [
      {
        price: price(100),
        paxAvailability: [
          expect.objectContaining({ type: 'ADULT', isPrimary: true, price: price(100) }),
          expect.objectContaining({ type: 'CHILD', isPrimary: false }),
        ],
      },
    ],
    entry: { slots: 1, price: price(100) },
    oddity: { code: 'several_primaries', detail: /CHILD|primary/ },
  },
  {
    what: 'one slot that can’t be read: the rest is taken',
    answer: good({ paxAvailability: 'none' }),
    slots: GOOD_REST,
    entry: { remaining: 7, slots: 2 },
    oddity: { code: 'slot_dropped', detail: /paxAvailability/ },
  },
];

describe('A supplier that answers', () => {
  let odd: OddSupplier;
  let answer: (date: string) => unknown = goodDay;

  beforeAll(async () => {
    odd = await OddSupplier.start({ experiences: [ID], env: { SYNC_TIERS: '30:1h' } });
    await odd.run(90, 1_100);
  });
  afterAll(() => odd.close());

  const entryOf = async (date: string) => (await odd.dates(ID)).dates.find((entry) => entry.date === date);

  describe.each(CASES.map((each, i) => ({ ...each, date: dateAt(i + 1) })))('$what', (of) => {
    beforeAll(async () => {
      answer = of.answer;
      odd.answers(({ date }) => (date === of.date ? { body: answer(date) } : undefined));
      expect((await odd.slots(ID, of.date)).body.slots).toHaveLength(3);
      await odd.fetch(ID, of.date);
    });

    it('is read slot by slot', async () => {
      const { status, body } = await odd.slots(ID, of.date);
      expect(status).toBe(200);
      expect(body.slots).toEqual(of.slots.map((slot) => expect.objectContaining(slot)));
      expect(body).toMatchObject({ degraded: null, asOf: expect.stringMatching(/^2026-03-02T04:/) });
    });

    it('shows in the calendar as it can be bought', async () => {
      const entry = await entryOf(of.date);
      if (of.entry === null) expect(entry).toBeUndefined();
      else expect(entry).toMatchObject(of.entry);
    });

    it('is told once, with what stood where', async () => {
      const { oddities, errors } = await odd.status();
      expect(errors).toEqual([]);
      const told = oddities.filter(({ code }) => code === of.oddity?.code);
      if (of.oddity === undefined) return;
      expect(told).toHaveLength(1);
      expect(told[0]).toMatchObject({ experienceId: ID, detail: expect.stringMatching(of.oddity.detail) });
      expect(told[0]?.advice).toMatch(/^[A-Z].*\.$/);
    });
  });

  it('the same in another order has answered nothing new', async () => {
    const date = dateAt(28);
    const pax = ['ADULT', 'INFANT', 'CHILD', 'SENIOR'].map((type) => ({
      ...{ type, isPrimary: type === 'ADULT', remaining: 5, price: { finalPrice: 10, currencyCode: 'SGD' } },
    }));
    answer = () => [standInSlot(date, '10:00', { paxAvailability: pax })];
    odd.answers((of) => (of.date === date ? { body: answer(date) } : undefined));
    await odd.fetch(ID, date);
    const before = (await odd.slots(ID, date)).headers['etag'];
    for (const shuffled of [pax.toReversed(), [pax[2], pax[0], pax[3], pax[1]]]) {
      answer = () => [standInSlot(date, '10:00', { paxAvailability: shuffled })];
      await odd.fetch(ID, date);
      expect((await odd.slots(ID, date)).headers['etag']).toBe(before);
    }
  });

  it('slots of which none can be read sells nothing of what was known, says so, and is not taken for closed', async () => {
    const date = dateAt(27);
    odd.answers((of) => (of.date === date ? { body: good({ remaining: 'lots' })(date).slice(0, 1) } : undefined));
    await odd.fetch(ID, date);
    await odd.run(12, 1_100);
    const { body, headers } = await odd.slots(ID, date);
    expect(body).toMatchObject({ slots: [], degraded: { code: 'slot_dropped' } });
    expect(headers['cache-control']).toBe('public, max-age=5, must-revalidate');
    expect(await entryOf(date)).toBeUndefined();
    expect((await odd.dates(ID)).degraded).toMatchObject({ code: 'slot_dropped', dates: [date] });
    odd.answers(() => undefined);
    await odd.fetch(ID, date);
    expect((await odd.slots(ID, date)).body).toMatchObject({ degraded: null, slots: [{}, {}, {}] });
    expect((await odd.dates(ID)).degraded).toBeNull();
    expect((await odd.status()).oddities.filter((oddity) => oddity.date === date)).toEqual([]);
  });
});
