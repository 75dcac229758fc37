import { Injectable } from '@nestjs/common';
import { PrismaService } from '../prisma/index.js';
import { Clock, Every } from '../time/index.js';
import type { DeliveryReport } from './webhook.shape.js';

const KEPT_MS = 7 * 86_400_000;

export interface LoggedDelivery {
  readonly webhookId: string;
  readonly messageId: string;
  readonly attempt: number;
  readonly test: boolean;
  readonly changes: number;
  /** Null: a test. */
  readonly fromCursor: string | null;
  readonly nextCursor: string | null;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
}

/** The last attempt from a place in the feed. */
export interface LastSent {
  /** Where its changes end; null: nothing was sent from there. */
  readonly triedUpTo: string | null;
  /** The id of its message, if that was not taken. */
  readonly failing: string | null;
}

/** Each attempt to deliver a message, for a week. The only writer of its table. */
@Injectable()
export class DeliveryLog {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
  ) {}

  /** @returns its id; undefined: the webhook was removed meanwhile */
  async add(delivery: LoggedDelivery): Promise<bigint | undefined> {
    const {
      webhookId: id,
      messageId,
      attempt,
      test,
      changes,
      fromCursor,
      nextCursor,
      status,
      error,
      durationMs,
    } = delivery;
    const rows = await this.prisma.$queryRaw<{ id: bigint }[]>`
      INSERT INTO webhook_delivery
        (webhook_id, message_id, at, attempt, test, changes, from_cursor, next_cursor, status, error, duration_ms)
      SELECT id, ${messageId}, ${this.clock.now()}, ${attempt}::int, ${test}, ${changes}::int, ${fromCursor}, ${nextCursor},
        ${status}::int, ${error}, ${durationMs}::int
      FROM webhook WHERE id = ${id}::uuid RETURNING id`;
    return rows[0]?.id;
  }

  async lastFrom(webhookId: string, fromCursor: string): Promise<LastSent> {
    const where = { webhookId, test: false };
    const last = await this.prisma.webhookDelivery.findFirst({ where, orderBy: { id: 'desc' } });
    if (last?.fromCursor !== fromCursor) return { triedUpTo: null, failing: null };
    return { triedUpTo: last.nextCursor, failing: last.error === null ? null : last.messageId };
  }

  /** Newest first. @param before entries before this one; undefined: from the newest on */
  async list(webhookId: string, before: bigint | undefined, limit: number): Promise<DeliveryReport[]> {
    const rows = await this.prisma.webhookDelivery.findMany({
      select: {
        ...{ id: true, messageId: true, at: true, attempt: true, test: true, changes: true },
        ...{ fromCursor: true, status: true, error: true, durationMs: true },
      },
      where: { webhookId, ...(before !== undefined && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
    return rows.map(({ id, at, ...row }) => ({ ...row, id: String(id), at: at.toISOString() }));
  }

  @Every({ periods: ['1m'], what: 'deleting old webhook deliveries' })
  async dropOld(): Promise<void> {
    const oldest = new Date(this.clock.now().getTime() - KEPT_MS);
    await this.prisma.webhookDelivery.deleteMany({ where: { at: { lt: oldest } } });
  }
}
