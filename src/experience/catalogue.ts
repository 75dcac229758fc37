import { Injectable } from '@nestjs/common';
import type { ConfiguredExperience } from '../config/index.js';
import { AuditTrail, SCHEDULE, type Action } from '../audit/index.js';
import type { Actor, PauseOrder } from '../http/index.js';
import { DayRepository } from '../inventory/index.js';
import { PrismaService, retried, TransactionConflict, type Sql } from '../prisma/index.js';
import { Clock, Every, fromDatabaseDate, toDatabaseDate, type LocalDate } from '../time/index.js';
import {
  ENTRY,
  namedFields,
  type AddedExperience,
  type ExperienceChange,
  type ExperienceEntry,
  type PutExperience,
  type Listing,
  type NewExperience,
  type Unopened,
} from './catalogue-entry.js';
import { changeExperience } from './sql/change-experience.js';
import { endPauses } from './sql/end-pauses.js';
import { insertConfigured } from './sql/insert-configured.js';
import { insertExperience } from './sql/insert-experience.js';
import { insertProducts } from './sql/insert-products.js';
import { notifyExperiences } from './sql/notify-experience.js';

/** Ids of imported products begin here. */
const FIRST_OWN_ID = 1_000_001;
/** Any number that no other advisory lock has. */
const IMPORT_LOCK = 7_336_201;
const NO_PAUSE = { pausedAt: null, pausedBy: null, pauseReason: null, pausedUntil: null };

/** The experiences that we mirror, and those that were removed on purpose. The only writer of their tables. */
@Injectable()
export class Catalogue {
  constructor(
    private readonly prisma: PrismaService,
    private readonly days: DayRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Adds the supplier's experiences that are missing and were not removed. @returns how many */
  async add(supplier: string, experiences: readonly ConfiguredExperience[]): Promise<number> {
    return insertConfigured(this.prisma, supplier, experiences);
  }

  /** In the order of their ids, at most `limit` of those behind `after`. */
  async list({ after, limit }: { readonly after: number; readonly limit: number }): Promise<ExperienceEntry[]> {
    const page = { where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: limit } as const;
    const entries = await this.prisma.experience.findMany({ select: ENTRY, ...page });
    return entries.map((entry) => this.asItIs(entry));
  }

  /** The id of the experience that mirrors this; undefined: none does. */
  async mirroring({ supplier, product, option }: Listing): Promise<number | undefined> {
    const found = await this.prisma.experience.findFirst({
      where: { supplier, product, option },
      select: { id: true },
    });
    return found?.id;
  }

  async find(id: number): Promise<ExperienceEntry | undefined> {
    const entry = await this.prisma.experience.findUnique({ where: { id }, select: ENTRY });
    return entry ? this.asItIs(entry) : undefined;
  }

  /**
   * Adds or changes it; if it is removed meanwhile, adds it again. Another zone has other days: they are planned anew.
   * @param listing where it is added from
   * @param onlyAdd one that exists stays as it is
   */
  async put(
    actor: Actor,
    id: number,
    listing: Listing,
    change: ExperienceChange,
    onlyAdd = false,
  ): Promise<PutExperience> {
    return this.prisma.retried(async (sql) => {
      await sql.removedExperience.deleteMany({ where: { id } });
      const added = await insertExperience(sql, id, listing);
      if (onlyAdd && !added) return { added, entry: null };
      if (!(await changeExperience(sql, id, change))) throw new TransactionConflict(`experience ${id} is gone`);
      const said = { ...(added && listing), ...namedFields(change) };
      await this.note(sql, actor, added ? 'experience.add' : 'experience.change', id, said);
      return { added, entry: await sql.experience.findUniqueOrThrow({ where: { id }, select: ENTRY }) };
    });
  }

  /** Changes what is named, and adds nothing. @returns false: unknown */
  async change(actor: Actor, id: number, change: ExperienceChange): Promise<boolean> {
    return this.prisma.retried(async (sql) => {
      if (!(await changeExperience(sql, id, change))) return false;
      await this.note(sql, actor, 'experience.change', id, namedFields(change));
      return true;
    });
  }

  /**
   * Adds products of a supplier, in one transaction. Those that are mirrored already stay as they are. New ids follow the
   * greatest one, from `FIRST_OWN_ID` on, so that they do not meet the product numbers of a supplier.
   */
  async import(actor: Actor, supplier: string, products: readonly NewExperience[]): Promise<AddedExperience[]> {
    return this.prisma.retried(async (sql) => {
      // Two imports at once would choose the same ids.
      await sql.$executeRaw`SELECT pg_advisory_xact_lock(${IMPORT_LOCK})`;
      const added = await insertProducts(sql, supplier, products, FIRST_OWN_ID);
      const known = await this.idsOf(supplier, sql);
      const deeds = added.map(({ id, product, option }) => ({
        experienceId: id,
        detail: { supplier, product, option },
      }));
      await this.noteAll(sql, actor, 'experience.add', deeds);
      const isNew = new Set(added.map(({ id }) => id));
      return products.flatMap(({ product, option }) => {
        const experienceId = known({ product, option });
        return experienceId === undefined ? [] : [{ experienceId, product, option, added: isNew.has(experienceId) }];
      });
    });
  }

  /** Finds the experience that mirrors a product of the supplier. */
  async idsOf(
    supplier: string,
    sql: Pick<PrismaService, 'experience'> = this.prisma,
  ): Promise<(listing: Omit<Listing, 'supplier'>) => number | undefined> {
    const rows = await sql.experience.findMany({
      where: { supplier },
      select: { id: true, product: true, option: true },
    });
    const ids = new Map(rows.map(({ id, product, option }) => [JSON.stringify([product, option]), id]));
    return ({ product, option }) => ids.get(JSON.stringify([product, option]));
  }

  /** It is mirrored no more, and what was known of it is gone. @returns false: it was not there */
  async remove(actor: Actor, id: number): Promise<boolean> {
    return this.prisma.retried(async (sql) => {
      // Locked first, so that no day is opened meanwhile.
      if ((await sql.$queryRaw<unknown[]>`SELECT FROM experience WHERE id = ${id} FOR UPDATE`).length === 0)
        return false;
      await this.days.dropAll(sql, id, this.clock.now());
      await sql.experience.deleteMany({ where: { id } });
      const data = { removedAt: this.clock.now(), removedBy: actor.name };
      await sql.removedExperience.upsert({ where: { id }, create: { id, ...data }, update: data });
      await this.note(sql, actor, 'experience.remove', id);
      return true;
    });
  }

  /** Pausing what is paused keeps the first pause; its end becomes another where one is given. @returns false: unknown */
  async pause(actor: Actor, id: number, { reason, until }: PauseOrder): Promise<boolean> {
    await this.endPauses();
    const data = { pausedAt: this.clock.now(), pausedBy: actor.name, pauseReason: reason, pausedUntil: until ?? null };
    return this.prisma.retried(async (sql) => {
      if ((await sql.experience.updateMany({ where: { id, pausedAt: null }, data })).count === 0) {
        if ((await sql.experience.count({ where: { id } })) === 0) return false;
        const end = until === undefined ? {} : { pausedUntil: until };
        const { count } = await sql.experience.updateMany({ where: { id, pausedAt: { not: null } }, data: end });
        if (count === 0) throw new TransactionConflict(`experience ${id} was resumed meanwhile`);
      }
      await this.note(sql, actor, 'experience.pause', id, { reason, until: until ?? null });
      return true;
    });
  }

  /** @returns false: unknown */
  async resume(actor: Actor, id: number): Promise<boolean> {
    await this.endPauses();
    return this.prisma.retried(async (sql) => {
      if ((await sql.experience.updateMany({ where: { id }, data: NO_PAUSE })).count === 0) return false;
      await this.note(sql, actor, 'experience.resume', id);
      return true;
    });
  }

  /** Notes that pauses ended by themselves; of all replicas one does. Readers saw their end at its instant; requests begin now. */
  @Every({ periods: ['5s'], what: 'ending the pauses of experiences' })
  async endPauses(): Promise<void> {
    const ended = await retried(() =>
      this.prisma.inTransaction(async (sql) => {
        const over = await endPauses(sql, this.clock.now());
        for (const { id, until } of over) await this.note(sql, SCHEDULE, 'experience.resume', id, { until });
        return over.length;
      }),
    );
    if (ended > 0) await this.endPauses();
  }

  /**
   * Up to `limit` experiences of a supplier and a zone whose days do not reach to `last`.
   * @param begun of those that have days; otherwise of those that have none, or are to be planned anew
   */
  async unopened(
    supplier: string,
    zone: string | null,
    last: LocalDate,
    { begun, limit }: { readonly begun: boolean; readonly limit: number },
  ): Promise<Unopened[]> {
    const rows = await this.prisma.experience.findMany({
      select: { id: true, openedUntil: true },
      where: { supplier, timeZone: zone, openedUntil: begun ? { lt: toDatabaseDate(last) } : null },
      take: limit,
    });
    return rows.map((row) => ({ id: row.id, openedUntil: row.openedUntil && fromDatabaseDate(row.openedUntil) }));
  }

  /** Notes that the days of these experiences, which are of this zone, now reach to `last`. */
  async markOpened(zone: string | null, ids: readonly number[], last: LocalDate): Promise<void> {
    await this.prisma.experience.updateMany({
      where: { id: { in: [...ids] }, timeZone: zone },
      data: { openedUntil: toDatabaseDate(last) },
    });
  }

  /** Has the days of all experiences opened anew: the window changed. */
  async reopen(): Promise<void> {
    await this.prisma.experience.updateMany({ data: { openedUntil: null } });
  }

  /** A pause that is over is none, whether or not that was noted. */
  private asItIs(entry: ExperienceEntry): ExperienceEntry {
    return entry.pausedUntil && entry.pausedUntil <= this.clock.now() ? { ...entry, ...NO_PAUSE } : entry;
  }

  private note(
    ...[sql, actor, action, experienceId, detail]: [Sql, Actor, Action, number, Record<string, unknown>?]
  ): Promise<void> {
    return this.noteAll(sql, actor, action, [{ experienceId, ...(detail && { detail }) }]);
  }

  private async noteAll(
    sql: Sql,
    actor: Actor,
    action: Action,
    deeds: readonly { readonly experienceId: number; readonly detail?: Record<string, unknown> }[],
  ): Promise<void> {
    await this.audit.recordAll(
      actor,
      deeds.map((deed) => ({ action, ...deed })),
      sql,
    );
    await notifyExperiences(
      sql,
      deeds.map(({ experienceId }) => experienceId),
    );
  }
}
