import type { Client } from 'pg';
import type { DayDocument } from '../../../src/inventory/index.js';
import {
  intervalClassOf,
  INTERVAL_CLASSES,
  INTERVAL_RATIO,
  SHORTEST_MS,
} from '../../../src/sync/model/interval-class.js';
import { NO_PRIORITY, type Priority } from '../../../src/sync/model/priority.js';
import type { LocalDate } from '../../../src/time/index.js';
import { copyChunks, copyInto, type CopyValue } from '../copy.js';
import { loadInventory } from '../dist.js';
import { fixtureDay, randomFrom, SLOTS_PER_DAY, type Random } from '../fixtures.js';

export interface Catalogue {
  /** Of the database and in the report. */
  readonly name: string;
  /** Each has an equal part of the experiences. */
  readonly suppliers: readonly string[];
  readonly experiences: number;
  readonly dates: readonly LocalDate[];
  readonly seed: number;
}

/** Experiences of all suppliers stand beside each other, as when they were imported in turn. */
function supplierOf({ suppliers }: Catalogue, id: number): string {
  return suppliers[(id - 1) % suppliers.length] ?? '';
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The max-age lane lets nothing get older. */
const OLDEST_MS = 96 * HOUR_MS;

/** The queue columns of a confirmed day. */
export interface Standing {
  readonly confirmedAt: Date | null;
  readonly dueAt: Date;
  readonly priority: Priority;
}

/**
 * Every interval class gets a part of the days; some days are surely stale, and some are never worth a request.
 * @param age in parts of the refresh interval
 * @param overdue its max age has passed, as that of many days has where the budget is insufficient
 */
export function standing(random: Random, now: number, age: number, overdue: boolean): Standing {
  const intervalMs = SHORTEST_MS * INTERVAL_RATIO ** (random() * INTERVAL_CLASSES);
  const confirmedAt = new Date(now - Math.min(OLDEST_MS, intervalMs * age));
  const dueAt = new Date(now + (overdue ? -1 : 1) * random() * HOUR_MS);
  const kind = random();
  if (kind < 0.05) return { confirmedAt, dueAt, priority: { ...NO_PRIORITY, refreshValue: 5 * random() } };
  if (kind < 0.15) return { confirmedAt, dueAt, priority: NO_PRIORITY };
  const refreshAt = new Date(confirmedAt.getTime() + intervalMs);
  return {
    confirmedAt,
    dueAt,
    priority: { intervalClass: intervalClassOf(intervalMs), refreshAt, refreshValue: null },
  };
}

const STANDING =
  'experience_id int, supplier text, date date, confirmed_at timestamptz, due_at timestamptz, interval_class smallint, ' +
  'refresh_at timestamptz, refresh_value float8, attempts int, failed_at timestamptz, empty_seen_at timestamptz, ' +
  'requested_at timestamptz';

/** All days share one document: a claim does not read it. */
export async function documentOf({ seed, dates: [date] }: Catalogue): Promise<DayDocument> {
  if (date === undefined) throw new Error('a catalogue without dates');
  const { dayDocument } = await loadInventory();
  return dayDocument(fixtureDay(seed, 1, date).slots);
}

/** Fills the database as it looks in operation. */
export async function fillStanding(client: Client, catalogue: Catalogue): Promise<void> {
  const { json, fingerprint } = await documentOf(catalogue);
  await client.query(
    `INSERT INTO experience (id, supplier, product, opened_until)
     SELECT id, ($3::text[])[1 + (id - 1) % cardinality($3::text[])], id, $2::date FROM generate_series(1, $1::int) AS id`,
    [catalogue.experiences, catalogue.dates.at(-1), catalogue.suppliers],
  );
  await client.query('INSERT INTO experience_rates (experience_id, supplier) SELECT id, supplier FROM experience');
  await client.query(`CREATE TEMP TABLE standing (${STANDING})`);
  await copyInto(client, 'standing', copyChunks(rows(catalogue)));
  await client.query(
    `INSERT INTO day (experience_id, supplier, date, confirmed_at, changed_at, stale_after, due_at, interval_class, refresh_at,
       refresh_value, attempts, failed_at, empty_seen_at, requested_at, slots, fingerprint, version, open_slots, remaining)
     SELECT experience_id, supplier, date, confirmed_at, confirmed_at, due_at, due_at, interval_class, refresh_at, refresh_value,
       attempts, failed_at, empty_seen_at, requested_at, CASE WHEN confirmed_at IS NOT NULL THEN $1::json END, CASE WHEN confirmed_at IS NOT NULL THEN $2 END, 1,
       CASE WHEN confirmed_at IS NOT NULL THEN $3::int END, 100
     FROM standing ORDER BY experience_id, date`,
    [json, fingerprint, SLOTS_PER_DAY],
  );
  await client.query('DROP TABLE standing');
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
}

function* rows(catalogue: Catalogue): Generator<CopyValue[]> {
  const { experiences, dates, seed } = catalogue;
  const random = randomFrom(seed);
  const now = Date.now();
  for (let id = 1; id <= experiences; id++) {
    for (const date of dates) {
      const { confirmedAt, dueAt, priority } = standing(random, now, 1.5 * random(), random() < 0.5);
      const key = [id, supplierOf(catalogue, id), date];
      const known = [...key, confirmedAt, dueAt, priority.intervalClass, priority.refreshAt, priority.refreshValue];
      const kind = random();
      const since = new Date(now - random() * 10 * MINUTE_MS);
      const sound = [0, null, null, null];
      // A few were never fetched, fail, are unconfirmed empty, or requested by a reader.
      if (kind < 0.02) yield [...key, null, dueAt, null, null, 10 * random(), ...sound];
      else if (kind < 0.03) yield [...known, 1, since, null, null];
      else if (kind < 0.032) yield [...known, 0, null, since, null];
      else if (kind < 0.037) yield [...known, 0, null, null, since];
      else yield [...known, ...sound];
    }
  }
}
