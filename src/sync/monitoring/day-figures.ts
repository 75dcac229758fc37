import { Injectable } from '@nestjs/common';
import type { DayKey } from '../../inventory/index.js';
import { PrismaService, type Sql } from '../../prisma/index.js';
import type { LocalDate } from '../../time/index.js';
import { countProducts, type ProductCount } from './sql/count-products.js';
import { inspectDay, type InspectedRow } from './sql/inspect-day.js';
import { listFailingProducts, listOddProducts, type FailingProduct, type OddProduct } from './sql/list-troubles.js';
import { mapDays, type DayMapRow } from './sql/map-days.js';

/** Figures of the mirrored days, for reports. Each method is one statement on the primary. */
@Injectable()
export class DayFigures {
  private readonly sql: Sql;
  private counting: Promise<ProductCount[]> | undefined;

  constructor({ reports }: PrismaService) {
    this.sql = reports;
  }

  /** Concurrent callers share one statement. */
  products(now: Date): Promise<ProductCount[]> {
    this.counting ??= countProducts(this.sql, now).finally(() => (this.counting = undefined));
    return this.counting;
  }

  failingProducts(now: Date, limit: number): Promise<FailingProduct[]> {
    return listFailingProducts(this.sql, now, limit);
  }

  /** @param from the first date */
  oddProducts(from: LocalDate, limit: number): Promise<OddProduct[]> {
    return listOddProducts(this.sql, from, limit);
  }

  /** The windows of some experiences, for the day map. @param length the dates of each window */
  map(windows: Parameters<typeof mapDays>[1], length: number, now: Date): Promise<DayMapRow[]> {
    return mapDays(this.sql, windows, length, now);
  }

  /** Undefined: the day is not mirrored. */
  async inspect(key: DayKey, now: Date): Promise<InspectedRow | undefined> {
    const [row] = await inspectDay(this.sql, key, now);
    return row;
  }
}
