import pg from 'pg';
import type { PaxAvailability, Price, SuppliedSlot } from '../../../src/inventory/index.js';
import type { FixtureDay } from '../fixtures.js';
import { eachOf } from '../measure.js';
import type { BenchDatabase } from '../postgres.js';
import type { Scope } from '../scope.js';
import { AT_ONCE } from './ours.js';
import type { Step } from './step.js';
import { EMPTY_TABLES, UPSERT_PAX, UPSERT_SLOT, UPSERT_TABLES } from './upsert-sql.js';

type Runner = Pick<pg.Pool, 'query'>;

/** One statement per slot and one per pax type, one after the other within a day, on the pool that Prisma's adapter uses. */
export class Upserts {
  private constructor(
    private readonly pool: pg.Pool,
    private readonly days: readonly FixtureDay[],
  ) {}

  static async start(scope: Scope, database: BenchDatabase, days: readonly FixtureDay[]): Promise<Upserts> {
    await database.client.query(UPSERT_TABLES);
    const pool = new pg.Pool({ connectionString: database.url, max: AT_ONCE });
    scope.defer(() => pool.end());
    return new Upserts(pool, days);
  }

  /** @param oneTransaction a day is one transaction; otherwise every statement is, as in the original */
  step(name: string, change: (day: FixtureDay) => FixtureDay, oneTransaction: boolean): Step {
    const days = this.days.map(change);
    const store = oneTransaction
      ? (day: FixtureDay) => this.inTransaction((client) => storeDay(client, day))
      : (day: FixtureDay) => storeDay(this.pool, day);
    return { name, days: days.length, run: () => eachOf(days, AT_ONCE, store) };
  }

  empty(step: Step): Step {
    return { ...step, prepare: () => this.pool.query(EMPTY_TABLES) };
  }

  private async inTransaction(work: (client: Runner) => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }
}

async function storeDay(client: Runner, day: FixtureDay): Promise<void> {
  for (const slot of day.slots) {
    const slotId = await storeSlot(client, day, slot);
    for (const pax of slot.paxAvailability) await storePax(client, slot, slotId, pax);
  }
}

async function storeSlot(client: Runner, day: FixtureDay, slot: SuppliedSlot): Promise<number> {
  const { providerSlotId: key, variantId, startTime, endTime, remaining, currencyCode, paxAvailability } = slot;
  const price = priceValues(key, paxAvailability[0]?.price);
  const what = [day.experienceId, day.date, key, variantId, startTime, endTime, remaining, currencyCode];
  const { rows } = await client.query<{ id: number }>(UPSERT_SLOT, [...price, ...what]);
  if (!rows[0]) throw new Error(`slot ${key} has no id`);
  return rows[0].id;
}

async function storePax(client: Runner, slot: SuppliedSlot, slotId: number, pax: PaxAvailability): Promise<void> {
  const price = priceValues(`${slot.providerSlotId} ${pax.type}`, pax.price);
  const what = [slotId, pax.type, pax.name, pax.description, pax.isPrimary, pax.min, pax.max, pax.remaining];
  await client.query(UPSERT_PAX, [...price, ...what]);
}

function priceValues(owner: string, price: Price | undefined): unknown[] {
  if (!price) throw new Error(`${owner} has no price`);
  return [owner, price.finalPrice, price.originalPrice, price.discount, price.currencyCode];
}
