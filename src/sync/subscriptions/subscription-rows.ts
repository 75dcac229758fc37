import { Injectable } from '@nestjs/common';
import { PrismaService, type Sql } from '../../prisma/index.js';
import type { Subscription } from './subscription.js';

/** A subscription, and when a notification came last. */
export interface StoredSubscription extends Subscription {
  readonly hintedAt: Date | null;
}

/** A subscription that was dropped, because its supplier is not configured any more. */
export interface DroppedSubscription {
  readonly name: string;
  readonly id: string;
}

const NONE: StoredSubscription = {
  id: null,
  address: null,
  stage: null,
  since: null,
  dueAt: null,
  failures: 0,
  error: null,
  hintedAt: null,
};

/** What is known of each subscription, shared by all replicas. The only writer of these columns of `supplier`. */
@Injectable()
export class SubscriptionRows {
  constructor(private readonly prisma: PrismaService) {}

  async read(name: string, sql: Sql = this.prisma.direct): Promise<StoredSubscription> {
    const [row] = await sql.$queryRaw<StoredSubscription[]>`
      SELECT subscription_id AS id, subscription_for AS address, subscription_stage AS stage, subscription_since AS since,
        subscription_due_at AS "dueAt", subscription_failures AS failures, subscription_error AS error, hinted_at AS "hintedAt"
      FROM supplier WHERE name = ${name}`;
    return row ?? NONE;
  }

  /** Takes the exclusive right to the next request. @returns false: another process has it */
  async lease(sql: Sql, name: string, now: Date, until: Date): Promise<boolean> {
    const leased = await sql.$executeRaw`
      UPDATE supplier SET subscription_leased_until = ${until}
      WHERE name = ${name} AND (subscription_leased_until IS NULL OR subscription_leased_until <= ${now})`;
    return leased > 0;
  }

  /** Ends the lease. @returns false: it ran out, and another process took it */
  async save(sql: Sql, name: string, lease: Date, known: Subscription): Promise<boolean> {
    const saved = await sql.$executeRaw`
      UPDATE supplier SET subscription_id = ${known.id}, subscription_for = ${known.address},
        subscription_stage = ${known.stage}, subscription_since = ${known.since}, subscription_due_at = ${known.dueAt},
        subscription_failures = ${known.failures}::int, subscription_error = ${known.error}, subscription_leased_until = NULL
      WHERE name = ${name} AND subscription_leased_until = ${lease}`;
    return saved > 0;
  }

  async noteHint(name: string, now: Date): Promise<void> {
    await this.prisma.$executeRaw`UPDATE supplier SET hinted_at = ${now} WHERE name = ${name}`;
  }

  /** Forgets the subscriptions of suppliers other than these, as far as they were not made since. */
  dropOthers(sql: Sql, configured: readonly string[], since: Date): Promise<DroppedSubscription[]> {
    return sql.$queryRaw<DroppedSubscription[]>`
      WITH dropped AS (
        SELECT name, subscription_id AS id FROM supplier
        WHERE subscription_id IS NOT NULL AND name <> ALL(${[...configured]}) AND subscription_since <= ${since} FOR UPDATE
      )
      UPDATE supplier SET subscription_id = NULL, subscription_for = NULL, subscription_stage = NULL
      FROM dropped WHERE supplier.name = dropped.name
      RETURNING dropped.name, dropped.id`;
  }
}
