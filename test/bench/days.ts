import type { DayDocument, DayKey, DaySummary, KnownDay } from '../../src/inventory/index.js';
import type { NextFetch } from '../../src/sync/schedule/sql/recorded-columns.js';
import type { CopyValue } from './copy.js';
import { loadInventory, loadSchedule, type PrismaService } from './dist.js';

export type Days = Awaited<ReturnType<typeof daysOf>>;

/** The columns that `summaryValues` fills. */
export const SUMMARY_COLUMNS = 'open_slots, remaining, final_price, original_price, discount, currency_code';

export function summaryValues({ openSlots, remaining, price }: DaySummary): CopyValue[] {
  const { finalPrice = null, originalPrice = null, discount = null, currencyCode = null } = price ?? {};
  return [openSlots, remaining, finalPrice, originalPrice, discount, currencyCode];
}

/** What the sync does with days: it leases them through the queue and records their answers. */
export async function daysOf(prisma: PrismaService) {
  const { DayRepository, dayDocument } = await loadInventory();
  const { DayQueue, recordedColumns } = await loadSchedule();
  const repository = new DayRepository(prisma);
  return {
    queue: new DayQueue(prisma.direct, ['leap']),
    documentOf: dayDocument,
    record: async (day: KnownDay & DayKey, document: DayDocument, confirmedAt: Date, next: NextFetch) => {
      const at = { confirmedAt, oddities: [], scheduling: recordedColumns(next) };
      return (await repository.record(day, document, at)).outcome;
    },
  };
}
