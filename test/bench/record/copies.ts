import type { Client } from 'pg';
import { copyChunks, copyInto, type CopyValue } from '../copy.js';
import { SUMMARY_COLUMNS, summaryValues } from '../days.js';
import { loadInventory } from '../dist.js';
import type { FixtureDay } from '../fixtures.js';
import type { Step } from './step.js';

/** The same columns, keys and indexes as ours. */
const DOCUMENT_TABLE = `
  CREATE TABLE copied_day (LIKE day INCLUDING ALL);
  ALTER TABLE copied_day ADD FOREIGN KEY (experience_id) REFERENCES experience (id)`;

const ROW_TABLES = `
  CREATE TABLE copied_slot (
    experience_id integer NOT NULL REFERENCES experience (id), date date NOT NULL, provider_slot_id text NOT NULL,
    variant_id integer NOT NULL, start_time text NOT NULL, end_time text NOT NULL, remaining integer NOT NULL,
    final_price numeric NOT NULL, original_price numeric NOT NULL, discount numeric NOT NULL, currency_code text NOT NULL,
    PRIMARY KEY (experience_id, date, provider_slot_id));
  CREATE TABLE copied_pax (
    experience_id integer NOT NULL, date date NOT NULL, provider_slot_id text NOT NULL, type text NOT NULL,
    name text, description text, is_primary boolean NOT NULL, min integer NOT NULL, max integer NOT NULL,
    remaining integer NOT NULL, final_price numeric NOT NULL, original_price numeric NOT NULL, discount numeric NOT NULL,
    currency_code text NOT NULL, PRIMARY KEY (experience_id, date, provider_slot_id, type),
    FOREIGN KEY (experience_id, date, provider_slot_id) REFERENCES copied_slot)`;

const DOCUMENT_COLUMNS =
  'experience_id, supplier, date, slots, fingerprint, confirmed_at, changed_at, stale_after, due_at, version, ' +
  SUMMARY_COLUMNS;

/** The fastest way into a table that PostgreSQL has: everything in one COPY, its text made beforehand. */
export async function copySteps(client: Client, days: readonly FixtureDay[]): Promise<Step[]> {
  await client.query(DOCUMENT_TABLE);
  await client.query(ROW_TABLES);
  const documents = [...copyChunks(await documentRows(days))];
  const slots = [...copyChunks(days.flatMap(slotRows))];
  const pax = [...copyChunks(days.flatMap(paxRows))];
  return [
    {
      name: 'COPY, documents',
      days: days.length,
      prepare: () => client.query('TRUNCATE copied_day'),
      run: () => copyInto(client, `copied_day (${DOCUMENT_COLUMNS})`, documents),
    },
    {
      name: 'COPY, rows',
      days: days.length,
      prepare: () => client.query('TRUNCATE copied_slot, copied_pax'),
      run: async () => {
        await copyInto(client, 'copied_slot', slots);
        await copyInto(client, 'copied_pax', pax);
      },
    },
  ];
}

async function documentRows(days: readonly FixtureDay[]): Promise<CopyValue[][]> {
  const { dayDocument } = await loadInventory();
  const now = new Date('2027-01-01T00:00:00Z');
  return days.map(({ experienceId, date, slots }) => {
    const { json, fingerprint, summary } = dayDocument(slots);
    return [experienceId, 'leap', date, json, fingerprint, now, now, now, now, 1, ...summaryValues(summary)];
  });
}

function slotRows({ experienceId, date, slots }: FixtureDay): CopyValue[][] {
  return slots.map((slot) => {
    const price = slot.paxAvailability[0]?.price;
    const amounts = [price?.finalPrice ?? 0, price?.originalPrice ?? 0, price?.discount ?? 0, slot.currencyCode];
    const what = [slot.providerSlotId, slot.variantId, slot.startTime, slot.endTime, slot.remaining];
    return [experienceId, date, ...what, ...amounts];
  });
}

function paxRows({ experienceId, date, slots }: FixtureDay): CopyValue[][] {
  return slots.flatMap((slot) =>
    slot.paxAvailability.map(({ type, name, description, isPrimary, min, max, remaining, price }): CopyValue[] => {
      const amounts = [price.finalPrice, price.originalPrice, price.discount, price.currencyCode];
      return [
        experienceId,
        date,
        slot.providerSlotId,
        type,
        name,
        description,
        isPrimary,
        min,
        max,
        remaining,
        ...amounts,
      ];
    }),
  );
}
