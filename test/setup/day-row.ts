import type { PrismaService } from '../../src/prisma/index.js';

/** What the day table holds about a day; the document as text, byte for byte. */
export interface DayRow {
  readonly slots: string | null;
  readonly fingerprint: string | null;
  readonly confirmedAt: Date | null;
  readonly changedAt: Date | null;
  readonly staleAfter: Date | null;
  readonly version: number;
  readonly openSlots: number | null;
  readonly remaining: string | null;
  readonly finalPrice: string | null;
  readonly originalPrice: string | null;
  readonly discount: string | null;
  readonly currencyCode: string | null;
  readonly dueAt: Date | null;
  readonly leasedUntil: Date | null;
  readonly leasedBy: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly failedAt: Date | null;
  readonly emptySeenAt: Date | null;
  readonly droppedSlots: number;
  readonly lastStart: string | null;
}

export async function dayRow(prisma: PrismaService, experienceId: number, date: string): Promise<DayRow> {
  const rows = await prisma.$queryRaw<DayRow[]>`
    SELECT slots::text AS slots, fingerprint, confirmed_at AS "confirmedAt", changed_at AS "changedAt",
      stale_after AS "staleAfter", version, open_slots AS "openSlots", remaining::text AS remaining,
      final_price::text AS "finalPrice", original_price::text AS "originalPrice", discount::text AS discount,
      currency_code AS "currencyCode", due_at AS "dueAt", leased_until AS "leasedUntil", leased_by AS "leasedBy",
      attempts, last_error AS "lastError", failed_at AS "failedAt", empty_seen_at AS "emptySeenAt",
      dropped_slots AS "droppedSlots", last_start AS "lastStart"
    FROM day WHERE experience_id = ${experienceId} AND date = ${date}::date`;
  const [row] = rows;
  if (!row) throw new Error(`no day ${experienceId}/${date}`);
  return row;
}

/** What we know of a day, without what the sync does about it. */
export function knowledgeOf(row: DayRow): Partial<DayRow> {
  const { slots, fingerprint, confirmedAt, changedAt, staleAfter, version, openSlots, remaining } = row;
  const { finalPrice, originalPrice, discount, currencyCode } = row;
  return {
    ...{ slots, fingerprint, confirmedAt, changedAt, staleAfter, version, openSlots, remaining },
    ...{ finalPrice, originalPrice, discount, currencyCode },
  };
}

/** Puts a day's next turn to `at`: the claim that follows asks for it. */
export async function makeDue(prisma: PrismaService, experienceId: number, date: string, at: Date): Promise<void> {
  await prisma.$executeRaw`
    UPDATE day SET due_at = ${at} WHERE experience_id = ${experienceId} AND date = ${date}::date`;
}

/** Makes a day one that was never confirmed, and is worth more than any other. */
export async function forget(prisma: PrismaService, experienceId: number, date: string): Promise<void> {
  await prisma.$executeRaw`
    UPDATE day SET slots = NULL, fingerprint = NULL, confirmed_at = NULL, changed_at = NULL, stale_after = NULL,
      version = 0, open_slots = NULL, remaining = NULL, final_price = NULL, original_price = NULL, discount = NULL,
      currency_code = NULL, attempts = 0, last_error = NULL, failed_at = NULL, empty_seen_at = NULL,
      interval_class = NULL, refresh_at = NULL, refresh_value = 1000000
    WHERE experience_id = ${experienceId} AND date = ${date}::date`;
}
