import { Injectable } from '@nestjs/common';
import { AuditTrail, SCHEDULE, type Action } from '../audit/index.js';
import { changeCursor, FeedHistory, isBefore, type NewEpoch } from '../changes/index.js';
import type { Actor } from '../http/index.js';
import { PrismaService, type Sql } from '../prisma/index.js';
import { Clock } from '../time/index.js';
import { storedPosition, type StoredWebhook, type WebhookSettings, type WebhookState } from './stored-webhook.js';

/** How many there may be. */
export const MOST_WEBHOOKS = 1_000;

/** Any number that no other advisory lock with two keys has. */
const RESELLER_LOCK = 0x5107;

/** How far the clocks of two processes may differ. */
const CLOCK_MS = 60_000;
const NO_FAILURE = { attempts: 0, firstFailedAt: null, nextAttemptAt: null, lastError: null };

/** Of the process that sends to a webhook: only the one that holds the lease of this revision may write how far it is. */
export interface Holder {
  readonly id: string;
  readonly by: string;
  readonly revision: number;
}

/** How far a process is with a webhook. */
export interface Progress extends Omit<Holder, 'by'> {
  readonly cursor: string;
}

/** After a failed attempt. */
export interface Failure {
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly nextAttemptAt: Date;
  readonly lastError: string;
}

/** Subscriptions to the change feed. The only writer of their table. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    history: FeedHistory,
  ) {
    history.onAnew((sql, epoch) => this.carryOver(sql, epoch));
  }

  /** @param reseller only its subscriptions */
  list(reseller?: string): Promise<StoredWebhook[]> {
    const where = reseller === undefined ? {} : { reseller };
    return this.prisma.webhook.findMany({ where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  }

  find(id: string): Promise<StoredWebhook | null> {
    return this.prisma.webhook.findUnique({ where: { id } });
  }

  async isFull(): Promise<boolean> {
    return (await this.prisma.webhook.count()) >= MOST_WEBHOOKS;
  }

  async counts(): Promise<Readonly<Record<WebhookState, number>>> {
    const rows = await this.prisma.reports.$queryRaw<{ state: WebhookState; count: number }[]>`
      SELECT state, count(*)::int AS count FROM webhook GROUP BY state`;
    const counts = { active: 0, paused: 0, failing: 0, disabled: 0 };
    for (const { state, count } of rows) counts[state] = count;
    return counts;
  }

  /** @returns the live one that the reseller already has for this URL, if another request was faster */
  async add(
    actor: Actor,
    id: string,
    settings: WebhookSettings & Partial<Pick<StoredWebhook, 'reseller' | 'headers'>>,
    secret: string,
    cursor: string,
  ): Promise<StoredWebhook> {
    const now = this.clock.now();
    return this.prisma.$transaction(async (sql) => {
      const { url, reseller } = settings;
      if (reseller != null) {
        // Only one request at a time looks whether the reseller has one, and adds it.
        await sql.$executeRaw`SELECT pg_advisory_xact_lock(${RESELLER_LOCK}, hashtext(${reseller}))`;
        const first = await sql.webhook.findFirst({ where: { reseller, url, state: { in: ['active', 'paused'] } } });
        if (first) return first;
      }
      const created = { state: 'active', since: now, createdAt: now, createdBy: actor.name };
      const row = await sql.webhook.create({ data: { id, ...settings, secret, cursor, ...created } });
      await this.record(actor, 'webhook.add', row, { url: row.url }, sql);
      return row;
    });
  }

  async change(
    actor: Actor,
    id: string,
    settings: Partial<WebhookSettings & Pick<StoredWebhook, 'headers'>>,
  ): Promise<StoredWebhook | null> {
    return this.update(actor, id, 'webhook.change', settings, { changed: Object.keys(settings) });
  }

  /** The secret so far also signs until `until`. */
  async rotate(actor: Actor, { id, secret }: StoredWebhook, next: string, until: Date): Promise<StoredWebhook | null> {
    const data = { secret: next, previousSecret: secret, previousSecretUntil: until };
    return this.update(actor, id, 'webhook.rotate', data, { previousSecretUntil: until });
  }

  async pause(actor: Actor, id: string): Promise<StoredWebhook | null> {
    return this.update(actor, id, 'webhook.pause', { state: 'paused', since: this.clock.now(), reason: null }, {});
  }

  /** Goes on where it was. */
  async resume(actor: Actor, { id, state }: StoredWebhook): Promise<StoredWebhook | null> {
    const began = state === 'active' ? {} : { state: 'active', since: this.clock.now(), reason: null };
    return this.update(actor, id, 'webhook.resume', { ...began, ...NO_FAILURE }, {});
  }

  /** Goes on from another place of the feed. */
  async replay(actor: Actor, { id, state }: StoredWebhook, cursor: string): Promise<StoredWebhook | null> {
    const began = state === 'active' ? {} : { state: 'active', since: this.clock.now(), reason: null };
    return this.update(actor, id, 'webhook.replay', { ...began, ...NO_FAILURE, cursor }, { cursor });
  }

  /** @returns whether it was there */
  async remove(actor: Actor, id: string): Promise<boolean> {
    return this.prisma.$transaction(async (sql) => {
      const rows = await sql.$queryRaw<{ id: string; url: string }[]>`
        DELETE FROM webhook WHERE id = ${id}::uuid RETURNING id::text, url`;
      for (const row of rows) await this.record(actor, 'webhook.remove', row, { url: row.url }, sql);
      return rows.length > 0;
    });
  }

  /** Leases the active webhooks that nobody holds. A lease that ends long after a new one would was written by a clock that ran ahead. */
  async claim(by: string, until: Date, most: number): Promise<StoredWebhook[]> {
    const rows = await this.prisma.direct.$queryRaw<{ id: string }[]>`
      UPDATE webhook SET leased_by = ${by}, leased_until = ${until}
      WHERE id IN (
        SELECT id FROM webhook
        WHERE state = 'active'
          AND (leased_until IS NULL OR leased_until <= ${this.clock.now()} OR leased_until > ${new Date(until.getTime() + CLOCK_MS)})
        ORDER BY id LIMIT ${most} FOR UPDATE SKIP LOCKED
      ) RETURNING id::text`;
    if (rows.length === 0) return [];
    return this.prisma.webhook.findMany({ where: { id: { in: rows.map(({ id }) => id) }, leasedBy: by } });
  }

  /**
   * Extends the leases, and notes how far each webhook is that nothing was sent to lately.
   * @returns the ids that are still held: the others were changed, paused, removed, or taken over
   */
  async renew(by: string, until: Date, progress: readonly Progress[]): Promise<ReadonlySet<string>> {
    if (progress.length === 0) return new Set();
    const rows = await this.prisma.$queryRaw<{ id: string }[]>`
      UPDATE webhook w SET leased_until = ${until}, cursor = k.cursor
      FROM unnest(${progress.map(({ id }) => id)}::uuid[], ${progress.map(({ revision }) => revision)}::int[],
        ${progress.map(({ cursor }) => cursor)}::text[]) AS k (id, revision, cursor)
      WHERE w.id = k.id AND w.leased_by = ${by} AND w.revision = k.revision AND w.state = 'active' RETURNING w.id::text`;
    return new Set(rows.map(({ id }) => id));
  }

  async release(by: string, ids: readonly string[]): Promise<void> {
    const held = { leasedBy: by, id: { in: [...ids] } };
    await this.prisma.webhook.updateMany({ where: held, data: { leasedBy: null, leasedUntil: null } });
  }

  /** @returns false: the lease is lost */
  async delivered(holder: Holder, cursor: string, at: Date): Promise<boolean> {
    return this.note(holder, { cursor, lastDeliveredAt: at, ...NO_FAILURE });
  }

  /** @returns false: the lease is lost */
  async failed(holder: Holder, failure: Failure): Promise<boolean> {
    return this.note(holder, failure);
  }

  /** It goes on from another place, without a delivery. @returns false: the lease is lost */
  async moveOn(holder: Holder, cursor: string): Promise<boolean> {
    return this.note(holder, { cursor });
  }

  /** Nothing more is sent to it, until an admin resumes or replays it. @returns false: the lease is lost */
  async end(holder: Holder, state: WebhookState, reason: string): Promise<boolean> {
    const data = { state, since: this.clock.now(), reason, nextAttemptAt: null };
    return this.prisma.$transaction(async (sql) => {
      const { count } = await sql.webhook.updateMany({ where: heldBy(holder), data });
      const action = state === 'disabled' ? 'webhook.disabled' : 'webhook.failing';
      if (count > 0) await this.record(SCHEDULE, action, holder, { reason }, sql);
      return count > 0;
    });
  }

  /**
   * The feed begins anew, in the same cluster: webhooks go on, from some minutes before. Their positions may have been stored by a process
   * that was further in the old timeline, and would skip what is new in this one. Whoever sends begins again from the row.
   */
  private async carryOver(sql: Sql, { before, epoch, sameCluster, safeXid, safeId }: NewEpoch): Promise<void> {
    if (!sameCluster) return;
    const safe = { epoch, xid: BigInt(safeXid), id: BigInt(safeId) };
    const rows = await sql.$queryRaw<{ id: string; cursor: string }[]>`
      SELECT id::text, cursor FROM webhook ORDER BY id FOR UPDATE`;
    const carried = rows.flatMap(({ id, cursor }) => {
      const position = storedPosition(cursor);
      if (position.epoch !== before) return [];
      const known = { ...position, epoch };
      return [{ id, cursor: changeCursor(isBefore(known, safe) ? known : safe) }];
    });
    await sql.$executeRaw`
      UPDATE webhook w SET cursor = k.cursor, revision = w.revision + 1
      FROM unnest(${carried.map(({ id }) => id)}::uuid[], ${carried.map(({ cursor }) => cursor)}::text[]) AS k (id, cursor)
      WHERE w.id = k.id`;
  }

  private async note(holder: Holder, data: object): Promise<boolean> {
    const { count } = await this.prisma.webhook.updateMany({ where: heldBy(holder), data });
    return count > 0;
  }

  private async update(
    actor: Actor,
    id: string,
    action: Action,
    data: object,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<StoredWebhook | null> {
    return this.prisma.$transaction(async (sql) => {
      const { count } = await sql.webhook.updateMany({ where: { id }, data: { ...data, revision: { increment: 1 } } });
      if (count === 0) return null;
      await this.record(actor, action, { id }, detail, sql);
      return sql.webhook.findUnique({ where: { id } });
    });
  }

  private record(
    actor: Actor,
    action: Action,
    { id }: { readonly id: string },
    detail: Readonly<Record<string, unknown>>,
    sql: Sql,
  ): Promise<void> {
    return this.audit.record(actor, { action, detail: { webhook: id, ...detail } }, sql);
  }
}

function heldBy({ id, by, revision }: Holder) {
  return { id, leasedBy: by, revision, state: 'active' };
}
