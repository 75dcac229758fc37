import { Injectable } from '@nestjs/common';
import { ServerSettings } from '../config/index.js';
import type { Actor } from '../http/index.js';
import { PrismaService, type Sql } from '../prisma/index.js';
import { Clock, Every } from '../time/index.js';
import type { Action } from './audit.shape.js';

export interface Deed {
  readonly action: Action;
  readonly experienceId?: number;
  /** Whatever tells what exactly was done, as JSON. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface AuditEntry {
  readonly id: bigint;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly experienceId: number | null;
  readonly detail: unknown;
  readonly requestId: string | null;
}

export interface AuditSearch {
  /** Entries before this one; undefined: from the newest on. */
  readonly before: bigint | undefined;
  readonly limit: number;
  readonly experienceId: number | undefined;
}

/** Who acts where the service acts by itself, as when a time that was set has come. */
export const SCHEDULE: Actor = { name: 'schedule', requestId: null };

const DAY_MS = 86_400_000;

/** Who did what. The only writer of its table, which is added to, and never changed. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly prisma: PrismaService,
    private readonly settings: ServerSettings,
    private readonly clock: Clock,
  ) {}

  /** @param sql the transaction in which it is done: neither stands without the other */
  record(actor: Actor, deed: Deed, sql: Sql = this.prisma): Promise<void> {
    return this.recordAll(actor, [deed], sql);
  }

  /** The same of many deeds, in this order. */
  async recordAll(actor: Actor, deeds: readonly Deed[], sql: Sql): Promise<void> {
    const details = deeds.map(({ detail }) => (detail ? JSON.stringify(detail) : null));
    await sql.$executeRaw`
      INSERT INTO audit_entry (at, actor, action, experience_id, detail, request_id)
      SELECT ${this.clock.now()}::timestamptz, ${actor.name}::text, action, experience_id, detail::json, ${actor.requestId}::text
      FROM unnest(${deeds.map(({ action }) => action)}::text[],
        ${deeds.map(({ experienceId }) => experienceId ?? null)}::int[], ${details}::text[])
        WITH ORDINALITY AS deed(action, experience_id, detail, place)
      ORDER BY place`;
  }

  /** Newest first. */
  list({ before, limit, experienceId }: AuditSearch): Promise<AuditEntry[]> {
    return this.prisma.auditEntry.findMany({
      where: { ...(before === undefined ? {} : { id: { lt: before } }), ...(experienceId && { experienceId }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  @Every({ periods: ['1m'], what: 'deleting old audit entries' })
  async dropOld(): Promise<void> {
    const oldest = new Date(this.clock.now().getTime() - this.settings.auditDays * DAY_MS);
    await this.prisma.auditEntry.deleteMany({ where: { at: { lt: oldest } } });
  }
}
