import type { Client } from 'pg';
import type { DayDocument } from '../../../src/inventory/index.js';
import { addDays, type LocalDate } from '../../../src/time/index.js';
import { SUMMARY_COLUMNS, summaryValues } from '../days.js';
import { copyChunks, copyInto, type CopyValue } from '../copy.js';
import { randomFrom } from '../fixtures.js';
import type { LiveTruth } from './live-truth.js';
import type { Read } from './live-reads.js';
import type { Answer } from './live-round-robin.js';

const COLUMNS =
  'experience_id, supplier, date, slots, fingerprint, confirmed_at, changed_at, last_start, version, ' +
  SUMMARY_COLUMNS;

const MINUTE_MS = 60_000;
const WINDOW_DAYS = 61;

/** By the default SYNC_TIERS, minutes. */
function oldest(lead: number): number {
  return lead < 1 ? 15 : lead < 7 ? 240 : 1_440;
}

interface ConfirmedDay extends Pick<Read, 'id' | 'date'> {
  readonly confirmedAt: Date;
  readonly document: DayDocument;
}

/** Every day of the window, confirmed at some time within the max age of its tier. */
export function confirmedDays(truth: LiveTruth, today: LocalDate, seed: number): ConfirmedDay[] {
  const random = randomFrom(seed * 32_452_843);
  return truth.ids.flatMap((id) =>
    Array.from({ length: WINDOW_DAYS }, (_, lead) => {
      const date = addDays(today, lead);
      const ageMs = Math.floor(random() * oldest(lead) * MINUTE_MS);
      return { id, date, confirmedAt: new Date(Date.now() - ageMs), document: truth.before(id, date, ageMs) };
    }),
  );
}

export function answersOf(days: readonly ConfirmedDay[]): (readonly [Pick<Read, 'id' | 'date'>, Answer])[] {
  return days.map((day) => [day, { slots: day.document.json, fetchedAt: day.confirmedAt.getTime() }]);
}

/** The mirror computes the priorities when it starts. */
export async function fill(client: Client, ids: readonly number[], days: readonly ConfirmedDay[]): Promise<void> {
  await client.query(
    `INSERT INTO experience (id, supplier, product) SELECT id, 'leap', id FROM unnest($1::int[]) AS id`,
    [ids],
  );
  await copyInto(client, `day (${COLUMNS})`, copyChunks(days.map(rowOf)));
  await client.query('VACUUM ANALYZE');
}

function rowOf({ id, date, confirmedAt: at, document }: ConfirmedDay): CopyValue[] {
  const { json, fingerprint, summary, lastStart } = document;
  return [id, 'leap', date, json, fingerprint, at, at, lastStart, 1, ...summaryValues(summary)];
}
