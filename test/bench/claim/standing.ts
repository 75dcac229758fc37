import type { Client } from 'pg';
import { intervalClassOf, INTERVAL_CLASSES } from '../../../src/sync/model/interval-class.js';
import type { DayDocument } from '../../../src/inventory/index.js';
import type { LocalDate } from '../../../src/time/index.js';
import { copyChunks, copyInto, type CopyValue } from '../copy.js';
import { loadInventory } from '../dist.js';
import { fixtureDay, randomFrom, SLOTS_PER_DAY, type Random } from '../fixtures.js';

export interface Catalogue {
  readonly experiences: number;
  readonly dates: readonly LocalDate[];
  readonly seed: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Nothing gets older by value. */
const OLDEST_MS = 96 * HOUR_MS;

/** How a day stands that was just confirmed, or was some time ago. */
export interface Standing {
  readonly confirmedAt: Date | null;
  readonly dueAt: Date;
  readonly tempo: number;
  readonly turn: number | null;
}

/**
 * Terms are such that every tempo has its part of the days; some days are surely stale, some are never worth a request.
 * @param age in parts of the term
 * @param broken its promise is broken, as of many days where the budget does not reach
 */
export function standing(random: Random, now: number, age: number, broken: boolean): Standing {
  const termMs = MINUTE_MS * 2 ** (random() * INTERVAL_CLASSES);
  const confirmedAt = new Date(now - Math.min(OLDEST_MS, termMs * age));
  const dueAt = new Date(now + (broken ? -1 : 1) * random() * HOUR_MS);
  const kind = random();
  if (kind < 0.05) return { confirmedAt, dueAt, tempo: INTERVAL_CLASSES, turn: -5 * random() };
  if (kind < 0.15) return { confirmedAt, dueAt, tempo: INTERVAL_CLASSES - 1, turn: null };
  return { confirmedAt, dueAt, tempo: intervalClassOf(termMs), turn: confirmedAt.getTime() + termMs };
}

const STANDING =
  'experience_id int, date date, confirmed_at timestamptz, due_at timestamptz, tempo smallint, turn float8, attempts int, ' +
  'failed_at timestamptz, empty_seen_at timestamptz, wanted_at timestamptz';

/** All days share one: a claim does not look into it. */
export async function documentOf({ seed, dates: [date] }: Catalogue): Promise<DayDocument> {
  if (date === undefined) throw new Error('a catalogue without dates');
  const { dayDocument } = await loadInventory();
  return dayDocument(fixtureDay(seed, 1, date).slots);
}

/** Fills the database as it is in the middle of its life. */
export async function fillStanding(client: Client, catalogue: Catalogue): Promise<void> {
  const { json, fingerprint } = await documentOf(catalogue);
  await client.query('INSERT INTO experience (id, opened_until) SELECT generate_series(1, $1::int), $2::date', [
    catalogue.experiences,
    catalogue.dates.at(-1),
  ]);
  await client.query('INSERT INTO experience_rates (experience_id) SELECT id FROM experience');
  await client.query(`CREATE TEMP TABLE standing (${STANDING})`);
  await copyInto(client, 'standing', copyChunks(rows(catalogue)));
  await client.query(
    `INSERT INTO day (experience_id, date, confirmed_at, changed_at, stale_after, due_at, tempo, turn, attempts, failed_at,
       empty_seen_at, wanted_at, slots, fingerprint, version, open_slots, remaining)
     SELECT experience_id, date, confirmed_at, confirmed_at, due_at, due_at, tempo, turn, attempts, failed_at, empty_seen_at,
       wanted_at, CASE WHEN confirmed_at IS NOT NULL THEN $1::json END, CASE WHEN confirmed_at IS NOT NULL THEN $2 END, 1,
       CASE WHEN confirmed_at IS NOT NULL THEN $3::int END, 100
     FROM standing ORDER BY experience_id, date`,
    [json, fingerprint, SLOTS_PER_DAY],
  );
  await client.query('DROP TABLE standing');
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
}

function* rows({ experiences, dates, seed }: Catalogue): Generator<CopyValue[]> {
  const random = randomFrom(seed);
  const now = Date.now();
  for (let id = 1; id <= experiences; id++) {
    for (const date of dates) {
      const { confirmedAt, dueAt, tempo, turn } = standing(random, now, 1.5 * random(), random() < 0.5);
      const kind = random();
      const since = new Date(now - random() * 10 * MINUTE_MS);
      const none = [0, null, null, null];
      // Never asked for, failing, not believed, wanted by a reader; most are none of that.
      if (kind < 0.02) yield [id, date, null, dueAt, INTERVAL_CLASSES, -10 * random(), ...none];
      else if (kind < 0.03) yield [id, date, confirmedAt, dueAt, tempo, turn, 1, since, null, null];
      else if (kind < 0.032) yield [id, date, confirmedAt, dueAt, tempo, turn, 0, null, since, null];
      else if (kind < 0.037) yield [id, date, confirmedAt, dueAt, tempo, turn, 0, null, null, since];
      else yield [id, date, confirmedAt, dueAt, tempo, turn, ...none];
    }
  }
}
