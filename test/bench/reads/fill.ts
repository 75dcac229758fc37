import type { Client } from 'pg';
import type { LocalDate } from '../../../src/time/index.js';
import { copyChunks, copyInto, type CopyValue } from '../copy.js';
import { SUMMARY_COLUMNS, summaryValues } from '../days.js';
import { loadInventory } from '../dist.js';
import { fixtureDay } from '../fixtures.js';

export interface Catalogue {
  readonly seed: number;
  readonly ids: readonly number[];
  readonly dates: readonly LocalDate[];
}

const COLUMNS =
  'experience_id, supplier, date, slots, fingerprint, confirmed_at, changed_at, stale_after, version, calendar_entry, short_slots, ' +
  SUMMARY_COLUMNS;

/** Confirmed days for the whole catalogue, with the sync paused: nothing writes while the reads are measured. */
export async function fillDatabase(client: Client, catalogue: Catalogue): Promise<void> {
  const last = catalogue.dates.at(-1);
  await client.query(`UPDATE sync_control SET paused_at = now(), reason = 'bench'`);
  await client.query(
    `INSERT INTO experience (id, supplier, product, opened_until) SELECT id, 'leap', id, $2::date FROM unnest($1::int[]) AS id`,
    [catalogue.ids, last],
  );
  await copyInto(client, `day (${COLUMNS})`, copyChunks(await dayRows(catalogue)));
}

/** After the server has started: it may compute the due times once. */
export async function settle(client: Client): Promise<void> {
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
}

async function dayRows({ seed, ids, dates }: Catalogue): Promise<Iterable<CopyValue[]>> {
  const { dayDocument, calendarEntry } = await loadInventory();
  const now = new Date();
  const later = new Date(now.getTime() + 24 * 3_600_000);
  return (function* () {
    for (const id of ids) {
      for (const date of dates) {
        // Without closings: today's entry holds all day, so that the answers don't depend on when they are measured.
        const { json, fingerprint, summary, short } = dayDocument(fixtureDay(seed, id, date).slots);
        const entry = calendarEntry(date, summary);
        yield [id, 'leap', date, json, fingerprint, now, now, later, 1, entry, short, ...summaryValues(summary)];
      }
    }
  })();
}
