import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import type { LeapSlot } from '../../src/sandbox/index.js';
import { sandboxPax, sandboxPrice, sandboxSlot, type SandboxSlot } from '../setup/day-factory.js';
import { grouped } from '../setup/expected-slots.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';

interface Payload {
  readonly source: string;
  readonly product: number;
  readonly slots: readonly SandboxSlot[];
}

/** What the supplier's API really answered, where a capture lies beside the repository. */
function captured(): Payload[] {
  const folder = path.resolve(import.meta.dirname, '../../../shared/leap-payloads');
  if (!existsSync(folder)) return [];
  return [14, 15].flatMap((product) =>
    readdirSync(path.join(folder, String(product)))
      .filter((name) => name.endsWith('.json'))
      .map((name) => {
        const source = path.join(String(product), name);
        return { source, product, slots: JSON.parse(readFileSync(path.join(folder, source), 'utf8')) as LeapSlot[] };
      }),
  );
}

const child = sandboxPax({
  type: 'CHILD_3~11',
  name: 'Child',
  isPrimary: false,
  price: sandboxPrice({ finalPrice: 43, originalPrice: 143 }),
});
const infant = sandboxPax({ ...child, type: 'INFANT_0~4', price: sandboxPrice({ finalPrice: 0, originalPrice: 0 }) });

/** The same in our own words, so that there is always something to compare. */
const OWN: readonly Payload[] = [
  {
    source: 'nine half-hourly slots in disorder, some without child',
    product: 14,
    slots: ['06:30', '04:00', '08:00', '05:00', '04:30', '07:30', '06:00', '07:00', '05:30'].map((startTime, i) =>
      sandboxSlot({ startTime, paxAvailability: i % 3 === 0 ? [sandboxPax()] : [sandboxPax(), child] }),
    ),
  },
  {
    source: 'one slot at midnight, three pax types with the primary in the middle',
    product: 15,
    slots: [
      sandboxSlot({
        startTime: '00:00',
        endTime: '02:30',
        variantId: 122,
        remaining: 170,
        paxAvailability: [child, sandboxPax(), infant],
      }),
    ],
  },
];

const PAYLOADS = [...OWN, ...captured()];

/** The payload as the supplier would give it for another date. */
function movedTo(date: string, slots: readonly SandboxSlot[]): SandboxSlot[] {
  return slots.map((slot) => ({
    ...slot,
    startDate: date,
    providerSlotId: slot.providerSlotId.replace(/_\d{4}-\d{2}-\d{2}T/, `_${date}T`),
  }));
}

/** Written out once more, field by field, from the contract and not from the code. */
function mirrored(slots: readonly SandboxSlot[]): object[] {
  const byTime = [...slots].sort((a, b) => Number(a.startTime.replace(':', '')) - Number(b.startTime.replace(':', '')));
  return byTime.map((slot) => {
    const primary = slot.paxAvailability.filter((pax) => pax.isPrimary);
    expect(primary).toHaveLength(1);
    return {
      ...slot,
      price: primary[0]?.price,
      paxAvailability: [...primary, ...slot.paxAvailability.filter((pax) => !pax.isPrimary)].map(grouped),
    };
  });
}

describe("the supplier's own payloads", () => {
  let app: TestApp;
  const days = PAYLOADS.map((payload, i) => {
    const date = new Date(Date.UTC(2026, 2, 3 + i)).toISOString().slice(0, 10);
    return { ...payload, date, slots: movedTo(date, payload.slots) };
  });

  beforeAll(async () => {
    app = await startTestApp({ env: { SYNC_TIERS: `${days.length + 1}:4h` } });
    days.forEach(({ product, date, slots }) => app.sandbox.setTruth(product, date, slots));
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  it.each(days)('are mirrored field by field: $source', async ({ product, date, slots }) => {
    const response = await request(app.url).get(`/api/v1/experience/${product}/slots?date=${date}`);
    expect(response.status).toBe(200);
    expect((response.body as { slots: object[] }).slots).toEqual(mirrored(slots));
  });

  it('make the calendar: every date that they open, with the cheapest adult', async () => {
    const response = await request(app.url).get('/api/v1/experience/15/dates');
    const listed = (response.body as { dates: { date: string; price: object; remaining: number }[] }).dates;
    const expected = days
      .filter(({ product, slots }) => product === 15 && slots.some(({ remaining }) => remaining > 0))
      .map(({ date, slots }) => ({
        date,
        price: slots[0]?.paxAvailability.find((pax) => pax.isPrimary)?.price,
        remaining: slots[0]?.remaining,
        slots: 1,
      }));
    const dates = expected.map(({ date }) => date);
    expect(listed.filter(({ date }) => dates.includes(date))).toEqual(expected);
  });
});
