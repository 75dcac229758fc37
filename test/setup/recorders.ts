import { DayRepository, dayDocument, type SuppliedSlot } from '../../src/inventory/index.js';
import type { PrismaService } from '../../src/prisma/index.js';
import { NO_PRIORITY } from '../../src/sync/model/priority.js';
import { recordedColumns } from '../../src/sync/schedule/sql/recorded-columns.js';
import type { LocalDate } from '../../src/time/index.js';
import { price, pax, supplied } from '../fixtures/supplied-slots.js';

export interface RecordedDay {
  readonly experienceId: number;
  readonly date: LocalDate;
}

const HOUR_MS = 3_600_000;

/** A day with so many slots left at so much; none: the supplier lists nothing. */
export function slotsOf({ remaining, amount = 100 }: { remaining: number; amount?: number }): SuppliedSlot[] {
  return [supplied({ remaining, paxAvailability: [pax({ isPrimary: true, price: price(amount), remaining })] })];
}

/**
 * Records an answer for a day, whatever it was before.
 * @param client also a transaction, which then commits or rolls back what is recorded
 */
export async function recordAnswer(
  client: unknown,
  day: RecordedDay,
  slots: readonly SuppliedSlot[],
  confirmedAt: Date,
): Promise<string> {
  const later = new Date(confirmedAt.getTime() + HOUR_MS);
  const scheduling = recordedColumns({
    ...{ staleAfter: later, dueAt: later, sentAt: confirmedAt, by: 'the test', priority: NO_PRIORITY },
  });
  const known = { ...day, fingerprint: null, openSlots: null };
  const days = new DayRepository({ direct: client } as PrismaService);
  return (await days.record(known, dayDocument(slots), { confirmedAt, oddities: [], scheduling })).outcome;
}
