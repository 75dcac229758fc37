import type { Client } from 'pg';
import { addDays, type LocalDate } from '../../../src/time/index.js';
import { copyChunks, copyInto, type CopyValue } from '../copy.js';
import type { LiveTruth } from './live-truth.js';
import { randomOf } from './random.js';

const COLUMNS =
  'experience_id, date, slots, fingerprint, confirmed_at, changed_at, last_start, version, open_slots, remaining, ' +
  'final_price, original_price, discount, currency_code';

const MINUTE_MS = 60_000;
const WINDOW_DAYS = 61;

/** By the default SYNC_TIERS, minutes. */
function oldest(lead: number): number {
  return lead < 1 ? 15 : lead < 7 ? 240 : 1_440;
}

/**
 * Every day of the window as the tiers leave it, their promises kept: confirmed at some time within its tier's age. Which
 * places in the queue follow, each mirror plans at its start.
 */
export function confirmedDays(truth: LiveTruth, today: LocalDate, seed: number): CopyValue[][] {
  const random = randomOf(seed * 32_452_843);
  return truth.ids.flatMap((id) =>
    Array.from({ length: WINDOW_DAYS }, (_, lead) => {
      const date = addDays(today, lead);
      const ageMs = Math.floor(random() * oldest(lead) * MINUTE_MS);
      const now = new Date(Date.now() - ageMs);
      const { json, fingerprint, summary, lastStart } = truth.before(id, date, ageMs);
      const { finalPrice = null, originalPrice = null, discount = null, currencyCode = null } = summary.price ?? {};
      const price = [finalPrice, originalPrice, discount, currencyCode];
      return [id, date, json, fingerprint, now, now, lastStart, 1, summary.openSlots, summary.remaining, ...price];
    }),
  );
}

export async function fill(client: Client, ids: readonly number[], rows: readonly CopyValue[][]): Promise<void> {
  await client.query('INSERT INTO experience (id) SELECT unnest($1::int[])', [ids]);
  await copyInto(client, `day (${COLUMNS})`, copyChunks(rows));
  await client.query('VACUUM ANALYZE');
}
