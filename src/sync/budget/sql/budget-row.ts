import { fragment, type Sql } from '../../../prisma/index.js';
import type { LimiterState } from '../effective-rate.js';

/** The row of the budget. */
export interface BudgetState extends LimiterState {
  /** The clock minute (UTC) in which requests were last granted. */
  readonly minute: Date;
  /** Requests granted in that minute, and in the minute before it. */
  readonly granted: number;
  readonly grantedBefore: number;
}

const columns = fragment`
  next_at_ms AS "nextAtMs",
  blocked_until AS "blockedUntil", minute, granted, granted_before AS "grantedBefore",
  refused_at AS "refusedAt", share, share_since AS "shareSince",
  quota_remaining AS "quotaRemaining", quota_reset_at AS "quotaResetAt", quota_seen_at AS "quotaSeenAt",
  failures, failing_since AS "failingSince", last_failed_at AS "lastFailedAt", failing, openings,
  open_until AS "openUntil", probe_until AS "probeUntil",
  blocked_at AS "blockedAt", blocked_ms AS "blockedMs", refusal,
  refused_since AS "refusedSince", failure_kind AS "failureKind", failure,
  unusable, unusable_since AS "unusableSince", unusable_products AS "unusableProducts",
  unusable_kind AS "unusableKind", unusable_detail AS "unusableDetail", recovered_at AS "recoveredAt"`;

/** Undefined: no request was sent so far. */
export async function readBudget(sql: Sql, supplier: string): Promise<BudgetState | undefined> {
  const rows = await sql.$queryRaw<BudgetState[]>`SELECT ${columns} FROM supplier_budget WHERE supplier = ${supplier}`;
  return rows[0];
}

/** Locks the supplier's row for the transaction; undefined: no row so far. */
export async function lockBudget(sql: Sql, supplier: string): Promise<BudgetState | undefined> {
  // A process that is stopped in the middle of a claim must not block the claims of others.
  const rows = await sql.$queryRaw<BudgetState[]>`
    SELECT set_config('idle_in_transaction_session_timeout', '5s', true), ${columns}
    FROM supplier_budget WHERE supplier = ${supplier} FOR UPDATE`;
  return rows[0];
}

/** Inserts the supplier's row, unless another replica has done so. */
export function beginBudget(sql: Sql, supplier: string, now: Date): Promise<number> {
  return sql.$executeRaw`
    INSERT INTO supplier_budget (supplier, next_at_ms, minute)
    VALUES (${supplier}, ${now.getTime()}, date_trunc('minute', ${now}::timestamptz))
    ON CONFLICT DO NOTHING`;
}

export interface Taken {
  readonly used: number;
  /** The clock minute (UTC) in which they are used, and the one before it. */
  readonly minute: Date;
  readonly minuteBefore: Date;
  /** The next position on the grid, epoch milliseconds. */
  readonly nextAtMs: number;
  readonly probeUntil: Date | null;
}

/** Counts requests that will be sent, also against the quota that the supplier reported. */
export function takeGrants(sql: Sql, supplier: string, taken: Taken): Promise<number> {
  const { used, minute, minuteBefore, nextAtMs, probeUntil } = taken;
  return sql.$executeRaw`
    UPDATE supplier_budget SET next_at_ms = ${nextAtMs}, probe_until = ${probeUntil},
      quota_remaining = CASE WHEN quota_remaining IS NOT NULL THEN greatest(0, quota_remaining - ${used}) END,
      granted_before = CASE minute WHEN ${minute} THEN granted_before WHEN ${minuteBefore} THEN granted ELSE 0 END,
      granted = CASE minute WHEN ${minute} THEN granted ELSE 0 END + ${used},
      minute = ${minute}
    WHERE supplier = ${supplier}`;
}

/** Stores the state of a locked row, except what was granted. */
export function saveLimits(sql: Sql, supplier: string, state: LimiterState): Promise<number> {
  return sql.$executeRaw`
    UPDATE supplier_budget SET next_at_ms = ${state.nextAtMs}, quota_remaining = ${state.quotaRemaining},
      quota_reset_at = ${state.quotaResetAt}, quota_seen_at = ${state.quotaSeenAt}, blocked_until = ${state.blockedUntil}, refused_at = ${state.refusedAt},
      share = ${state.share}, share_since = ${state.shareSince},
      failures = ${state.failures}, failing_since = ${state.failingSince}, last_failed_at = ${state.lastFailedAt},
      failing = ${state.failing}, openings = ${state.openings},
      open_until = ${state.openUntil}, probe_until = ${state.probeUntil},
      blocked_at = ${state.blockedAt}, blocked_ms = ${state.blockedMs}, refusal = ${state.refusal},
      refused_since = ${state.refusedSince},
      failure_kind = ${state.failureKind}, failure = ${state.failure},
      unusable = ${state.unusable}, unusable_since = ${state.unusableSince}, unusable_products = ${state.unusableProducts},
      unusable_kind = ${state.unusableKind}, unusable_detail = ${state.unusableDetail}, recovered_at = ${state.recoveredAt}
    WHERE supplier = ${supplier}`;
}
