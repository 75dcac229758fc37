import { Injectable } from '@nestjs/common';
import { PrismaService } from '../prisma/index.js';
import { fromDatabaseDate, toDatabaseDate, type LocalDate } from '../time/index.js';

/** An experience that lacks days. */
export interface Unopened {
  readonly id: number;
  /** Its days exist up to and with this date; null: none exist. */
  readonly openedUntil: LocalDate | null;
}

export interface ExperienceEntry {
  readonly id: number;
  readonly name: string | null;
  /** Null: the default zone. */
  readonly timeZone: string | null;
  readonly pausedAt: Date | null;
}

/** The experiences that we mirror. The only writer of their table. */
@Injectable()
export class Catalogue {
  constructor(private readonly prisma: PrismaService) {}

  /** Adds those that are missing. @returns how many */
  async add(ids: readonly number[]): Promise<number> {
    const { count } = await this.prisma.experience.createMany({
      data: ids.map((id) => ({ id })),
      skipDuplicates: true,
    });
    return count;
  }

  list(): Promise<ExperienceEntry[]> {
    return this.prisma.experience.findMany({
      select: { id: true, name: true, timeZone: true, pausedAt: true },
      orderBy: { id: 'asc' },
    });
  }

  /** How many are not paused. */
  countActive(): Promise<number> {
    return this.prisma.experience.count({ where: { pausedAt: null } });
  }

  /** The zones in use; null stands for the default zone. */
  async zones(): Promise<(string | null)[]> {
    const rows = await this.prisma.experience.groupBy({ by: ['timeZone'] });
    return rows.map((row) => row.timeZone);
  }

  /** Up to `limit` experiences of a zone whose days do not reach to `last`. */
  async unopened(zone: string | null, last: LocalDate, limit: number): Promise<Unopened[]> {
    const rows = await this.prisma.experience.findMany({
      select: { id: true, openedUntil: true },
      where: { timeZone: zone, OR: [{ openedUntil: null }, { openedUntil: { lt: toDatabaseDate(last) } }] },
      take: limit,
    });
    return rows.map((row) => ({ id: row.id, openedUntil: row.openedUntil && fromDatabaseDate(row.openedUntil) }));
  }

  /** Notes that the days of these experiences now reach to `last`. */
  async markOpened(ids: readonly number[], last: LocalDate): Promise<void> {
    await this.prisma.experience.updateMany({
      where: { id: { in: [...ids] } },
      data: { openedUntil: toDatabaseDate(last) },
    });
  }

  /** Has the days of all experiences opened anew: the window changed. */
  async reopen(): Promise<void> {
    await this.prisma.experience.updateMany({ data: { openedUntil: null } });
  }
}
