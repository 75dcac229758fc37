import type { DayDocument, DayKey, KnownDay } from '../../src/inventory/index.js';
import type { NextFetch } from '../../src/sync/schedule/sql/recorded-columns.js';
import type { loadPrisma } from './dist.js';
import { loadInventory, loadSchedule } from './dist.js';

type Prisma = InstanceType<Awaited<ReturnType<typeof loadPrisma>>['PrismaService']>;
export type Days = Awaited<ReturnType<typeof daysOf>>;

/** What the sync does with days: it leases them through the queue and records their answers. */
export async function daysOf(prisma: Prisma) {
  const { DayRepository, dayDocument } = await loadInventory();
  const { DayQueue, recordedColumns } = await loadSchedule();
  const repository = new DayRepository(prisma);
  return {
    queue: new DayQueue(prisma),
    documentOf: dayDocument,
    record: async (day: KnownDay & DayKey, document: DayDocument, confirmedAt: Date, next: NextFetch) => {
      const at = { confirmedAt, oddities: [], scheduling: recordedColumns(next) };
      return (await repository.record(day, document, at)).outcome;
    },
  };
}
