import { Injectable } from '@nestjs/common';
import { SupplierSettings } from '../config/index.js';
import { PrismaService, type Sql } from '../prisma/index.js';
import { SupplierClient } from '../supplier/index.js';
import { Clock } from '../time/index.js';
import { paceRequests, type Grants } from './policy/pacing.js';

/** What the budget's row tells. */
export interface BudgetState {
  /** Epoch milliseconds. */
  readonly nextAtMs: number;
  readonly blockedUntil: Date | null;
  /** The clock minute (UTC) in which requests were last granted. */
  readonly minute: Date;
  /** Requests granted in that minute, and in the minute before it. */
  readonly granted: number;
  readonly grantedBefore: number;
}

/** How often we may ask, shared by all replicas. The only writer of its table. */
@Injectable()
export class SupplierBudget {
  constructor(
    private readonly prisma: PrismaService,
    private readonly settings: SupplierSettings,
    private readonly client: SupplierClient,
    private readonly clock: Clock,
  ) {}

  /** Locks the budget for the transaction and says how many requests may be sent now, at most `most`. */
  async offer(sql: Sql, most: number): Promise<Grants & { readonly now: Date }> {
    const state = (await this.lock(sql)) ?? (await this.begin(sql));
    // Only now: waiting for the lock took time, and what is granted is counted from the instant it is sent.
    const now = this.clock.now();
    return { now, ...paceRequests(state, now, this.settings.requestsPerMinute, most) };
  }

  /** Takes `used` of the grants. */
  async take(sql: Sql, grants: Grants & { readonly now: Date }, used: number): Promise<void> {
    const minute = new Date(Math.floor(grants.now.getTime() / MINUTE_MS) * MINUTE_MS);
    const previous = new Date(minute.getTime() - MINUTE_MS);
    await sql.$executeRaw`
      UPDATE supplier_budget SET next_at_ms = ${grants.nextAtMs(used)},
        granted_before = CASE minute WHEN ${minute} THEN granted_before WHEN ${previous} THEN granted ELSE 0 END,
        granted = CASE minute WHEN ${minute} THEN granted ELSE 0 END + ${used},
        minute = ${minute}
      WHERE supplier = ${this.client.supplier}`;
  }

  /** The supplier refused: nobody asks before `until`. An earlier instant does not shorten a later one. */
  async block(until: Date): Promise<void> {
    await this.prisma.$executeRaw`
      UPDATE supplier_budget SET blocked_until = greatest(blocked_until, ${until})
      WHERE supplier = ${this.client.supplier}`;
  }

  async state(): Promise<BudgetState | null> {
    return this.prisma.supplierBudget.findUnique({ where: { supplier: this.client.supplier } });
  }

  private async lock(sql: Sql): Promise<BudgetState | undefined> {
    // A process that is stopped in the middle of a claim must not keep the others from theirs.
    const rows = await sql.$queryRaw<BudgetState[]>`
      SELECT set_config('idle_in_transaction_session_timeout', '5s', true), next_at_ms AS "nextAtMs", blocked_until AS "blockedUntil", minute, granted, granted_before AS "grantedBefore"
      FROM supplier_budget WHERE supplier = ${this.client.supplier} FOR UPDATE`;
    return rows[0];
  }

  private async begin(sql: Sql): Promise<BudgetState> {
    const now = this.clock.now();
    await sql.$executeRaw`
      INSERT INTO supplier_budget (supplier, next_at_ms, minute)
      VALUES (${this.client.supplier}, ${now.getTime()}, date_trunc('minute', ${now}::timestamptz))
      ON CONFLICT DO NOTHING`;
    const state = await this.lock(sql);
    if (!state) throw new Error('the budget row is missing right after it was made');
    return state;
  }
}

const MINUTE_MS = 60_000;
