import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxPax, sandboxSlot } from '../setup/day-factory.js';
import { DayRecords, RECORDED_DATE, RECORDED_ID } from '../setup/day-records.js';
import { readSlots } from '../setup/sync-api.js';

/** A whole day that says one thing in every part of it. */
function marked(marker: number): unknown[] {
  const pax = ['ADULT', 'CHILD', 'INFANT'].map((type) => sandboxPax({ type, remaining: marker }));
  return Array.from({ length: 1 + (marker % 7) }, (_, i) =>
    sandboxSlot({ startDate: RECORDED_DATE, startTime: `1${i}:00`, remaining: marker, paxAvailability: pax }),
  );
}

interface Marked {
  readonly remaining: number;
  readonly paxAvailability: readonly { readonly remaining: number }[];
}

/** The marker of a whole day; undefined for one that is made of several. */
function markerOf(slots: readonly Marked[]): number | undefined {
  const marker = slots[0]?.remaining ?? 0;
  const whole =
    slots.length === 1 + (marker % 7) &&
    slots.every(
      ({ remaining, paxAvailability }) =>
        remaining === marker &&
        paxAvailability.length === 3 &&
        paxAvailability.every((pax) => pax.remaining === marker),
    );
  return whole ? marker : undefined;
}

describe('A day with two writers', () => {
  let day: DayRecords;
  let replica: DayRecords;

  beforeEach(async () => {
    day = await DayRecords.open();
    replica = await DayRecords.open({
      database: day.app.database,
      clock: day.app.clock,
      sandbox: day.app.sandbox,
      sandboxUrl: day.app.sandboxUrl,
    });
  });
  afterEach(async () => {
    await replica.app.close();
    await day.app.close();
  });

  it('ends with the newest answer, without an error, in whatever order they come', async () => {
    for (let round = 0; round < 20; round += 1) {
      const known = await day.claimed();
      const minutes = Array.from({ length: 12 }, (_, i) => 1 + round * 12 + ((i * 5) % 12));
      const recorded = await Promise.all(
        minutes.map((minute, i) => (i % 2 === 0 ? day : replica).record(marked(minute), minute, known)),
      );
      const newest = (round + 1) * 12;
      expect(recorded[minutes.indexOf(newest)]).toBe('changed');
      expect(await day.row()).toMatchObject({ confirmedAt: day.at(newest), changedAt: day.at(newest) });
      expect(markerOf((await day.slots()) as Marked[])).toBe(newest);
    }
  });

  it('holds none of its confirmations back where both say the same', async () => {
    await day.record(marked(3), 1);
    const known = await day.claimed();
    for (let minute = 2; minute < 60; minute += 2) {
      await Promise.all([day.record(marked(3), minute, known), replica.record(marked(3), minute + 1, known)]);
      expect(await day.row()).toMatchObject({ version: 1, confirmedAt: day.at(minute + 1), changedAt: day.at(1) });
    }
  });

  it('is whole for whoever reads it while it is written', async () => {
    await day.record(marked(0), 0);
    let writing = true;
    const seen: (number | undefined)[] = [];
    const statuses = new Set<number>();
    const reader = async (from: DayRecords): Promise<void> => {
      while (writing) {
        const { status, body } = await readSlots(from.app, RECORDED_ID, RECORDED_DATE);
        statuses.add(status);
        seen.push(markerOf((body.slots ?? []) as Marked[]));
      }
    };
    const readers = [reader(day), reader(day), reader(replica)];
    const known = await day.claimed();
    for (let minute = 1; minute <= 300; minute += 2) {
      await Promise.all([
        day.record(marked(minute), minute, known),
        replica.record(marked(minute + 1), minute + 1, known),
      ]);
    }
    writing = false;
    await Promise.all(readers);
    expect([...statuses]).toEqual([200]);
    expect(seen.filter((marker) => marker === undefined)).toHaveLength(0);
    expect(new Set(seen).size).toBeGreaterThan(10);
  });
});
