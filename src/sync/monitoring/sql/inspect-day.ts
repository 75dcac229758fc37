import { isPaused } from '../../../experience/index.js';
import { toDatabaseDate } from '../../../time/index.js';
import { fragment, type Sql } from '../../../prisma/index.js';
import type { DayKey, Oddity, Slot } from '../../../inventory/index.js';
import type { Priority } from '../../model/priority.js';

/** Everything stored about a day, to explain its state. */
export interface InspectedRow extends Priority {
  readonly supplier: string;
  readonly timeZone: string | null;
  /** The experience itself is paused. */
  readonly paused: boolean;
  readonly confirmedAt: Date | null;
  readonly changedAt: Date | null;
  readonly staleAfter: Date | null;
  readonly version: number;
  readonly dueAt: Date | null;
  readonly requestedAt: Date | null;
  readonly hintedAt: Date | null;
  readonly leasedUntil: Date | null;
  readonly leasedBy: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly failureKind: string | null;
  readonly droppedSlots: number;
  /** Null: no oddities. */
  readonly oddities: readonly Oddity[] | null;
  /** Its product is held, and is tried next at this instant; null: not held. */
  readonly heldUntil: Date | null;
  /** Its product fails: when one of its failing days is tried next; null: it does not. */
  readonly productRetryAt: Date | null;
  readonly failedAt: Date | null;
  readonly emptySeenAt: Date | null;
  /** The slots as they are served; null: never confirmed. */
  readonly slots: readonly Slot[] | null;
}

export function inspectDay(sql: Sql, { experienceId, date }: DayKey, now: Date): Promise<InspectedRow[]> {
  return sql.$queryRaw<InspectedRow[]>`
    SELECT e.supplier, e.time_zone AS "timeZone", ${isPaused(fragment`e`, now)} AS paused,
      d.confirmed_at AS "confirmedAt", d.changed_at AS "changedAt", d.stale_after AS "staleAfter", d.version,
      d.due_at AS "dueAt", d.requested_at AS "requestedAt", d.hinted_at AS "hintedAt", d.interval_class AS "intervalClass",
      d.refresh_at AS "refreshAt", d.refresh_value AS "refreshValue", d.leased_until AS "leasedUntil",
      d.leased_by AS "leasedBy", d.attempts, d.last_error AS "lastError", d.failed_at AS "failedAt",
      d.failure_kind AS "failureKind", d.dropped_slots AS "droppedSlots", d.oddities,
      CASE WHEN h.held THEN h.retry_at END AS "heldUntil", h.retry_at AS "productRetryAt",
      d.empty_seen_at AS "emptySeenAt", d.slots
    FROM day d JOIN experience e ON e.id = d.experience_id LEFT JOIN product_health h ON h.experience_id = d.experience_id
    WHERE d.experience_id = ${experienceId} AND d.date = ${toDatabaseDate(date)}::date`;
}
