import type { Client } from 'pg';
import { INTERVAL_CLASSES } from '../../../src/sync/model/interval-class.js';
import type { LocalDate } from '../../../src/time/index.js';
import { copyChunks, copyInto, type CopyValue } from '../copy.js';
import { SUMMARY_COLUMNS, summaryValues } from '../days.js';
import { loadInventory } from '../dist.js';
import { fixtureDay } from '../fixtures.js';
import { progress } from '../progress.js';

/** Of so many experiences one has documents of twelve slots (11 kB), the others of two (2 kB). */
const LARGE_EVERY = 10;
const SMALL_SLOTS = 2;
/** Experiences per statement. */
const BATCH = 500;

const MADE = 'slots, fingerprint, calendar_entry, short_slots';

/**
 * Confirmed days as they stand in operation, with the max ages of the shipped tiers: some days have exceeded theirs, one of 200 was
 * never fetched, and none fails. Each date has two documents, which are copied from a table within the database.
 */
export async function fillCatalogue(client: Client, experiences: number, dates: readonly LocalDate[]): Promise<void> {
  await addExperiences(client, experiences, dates.at(-1) ?? null);
  await client.query(
    `CREATE TEMP TABLE template AS SELECT 0 AS lead, false AS large, date, ${MADE}, ${SUMMARY_COLUMNS} FROM day LIMIT 0`,
  );
  await copyInto(
    client,
    `template (lead, large, date, ${MADE}, ${SUMMARY_COLUMNS})`,
    copyChunks(await templates(dates)),
  );
  for (let first = 1; first <= experiences; first += BATCH) {
    if (first % 5_000 === 1) progress(`growth: filling, from experience ${first} of ${experiences} on`);
    await client.query(FILL, [first, Math.min(experiences, first + BATCH - 1)]);
  }
  await client.query('DROP TABLE template');
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
}

/** @param openedUntil null: their days are still to be opened */
export async function addExperiences(
  client: Client,
  experiences: number,
  openedUntil: LocalDate | null,
): Promise<void> {
  // The default of EXPERIENCES.
  await client.query('DELETE FROM experience');
  await client.query(
    `INSERT INTO experience (id, supplier, product, name, opened_until)
     SELECT id, 'leap', id, 'Experience ' || id, $2::date FROM generate_series(1, $1::int) AS id`,
    [experiences, openedUntil],
  );
  await client.query(
    `INSERT INTO experience_rates (experience_id, supplier) SELECT id, supplier FROM experience ON CONFLICT DO NOTHING`,
  );
}

const FILL = `
  INSERT INTO day (experience_id, supplier, date, confirmed_at, changed_at, stale_after, due_at, interval_class, refresh_at,
    refresh_value, version, ${MADE}, ${SUMMARY_COLUMNS})
  SELECT id, 'leap', date, confirmed_at, confirmed_at, stale_after, coalesce(stale_after - max_age * 0.05, now()),
    interval_class, confirmed_at + interval '1 minute' * 2 ^ interval_class,
    CASE WHEN confirmed_at IS NULL THEN random() END, CASE WHEN confirmed_at IS NULL THEN 0 ELSE 1 END,
    ${[...MADE.split(', '), ...SUMMARY_COLUMNS.split(', ')].map((column) => `CASE WHEN confirmed_at IS NOT NULL THEN ${column} END`).join(', ')}
  FROM (
    SELECT id, t.*, max_age, confirmed_at, confirmed_at + max_age AS stale_after,
      CASE WHEN confirmed_at IS NOT NULL THEN floor(random() * ${INTERVAL_CLASSES})::int END AS interval_class
    FROM generate_series($1::int, $2::int) AS id JOIN template t ON t.large = (id % ${LARGE_EVERY} = 0)
      CROSS JOIN LATERAL (SELECT CASE WHEN t.lead = 0 THEN interval '15 min' WHEN t.lead < 7 THEN interval '4 h' ELSE interval '24 h' END AS max_age) AS tier
      CROSS JOIN LATERAL (SELECT CASE WHEN random() < 0.995 THEN now() - max_age * (1.2 * random()) END AS confirmed_at) AS confirmation
  ) AS made ORDER BY id, date`;

async function templates(dates: readonly LocalDate[]): Promise<CopyValue[][]> {
  const { dayDocument, calendarEntry } = await loadInventory();
  return dates.flatMap((date, lead) =>
    [true, false].map((large): CopyValue[] => {
      const { slots } = fixtureDay(1, 1, date);
      const { json, fingerprint, summary, short } = dayDocument(large ? slots : slots.slice(0, SMALL_SLOTS));
      return [lead, large, date, json, fingerprint, calendarEntry(date, summary), short, ...summaryValues(summary)];
    }),
  );
}
