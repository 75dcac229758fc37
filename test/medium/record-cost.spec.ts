import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { sandboxPax, sandboxSlot } from '../setup/day-factory.js';
import { DayRecords, RECORDED_DATE } from '../setup/day-records.js';
import { connect } from '../setup/sql-client.js';

/** Too large to be kept within the row, and of no pattern that could be compressed. */
function largeDay(marker: string): unknown[] {
  return Array.from({ length: 12 }, (_, i) =>
    sandboxSlot({
      startDate: RECORDED_DATE,
      startTime: `${i + 10}:00`,
      paxAvailability: [sandboxPax({ name: marker, description: randomBytes(400).toString('base64') })],
    }),
  );
}

describe('Recording', () => {
  let day: DayRecords;
  let client: pg.Client;
  let minute = 0;

  beforeAll(async () => {
    day = await DayRecords.open();
    client = await connect(day.app.database);
    await client.query('create extension pg_stat_statements');
  });
  beforeEach(async () => {
    await day.record([sandboxSlot({ startDate: RECORDED_DATE, remaining: (minute += 1) })], minute);
  });
  afterAll(async () => {
    await client.end();
    await day.app.close();
  });

  /** The statements that this database runs meanwhile. */
  const statements = async (work: () => Promise<unknown>): Promise<string[]> => {
    const database = '(select oid from pg_database where datname = current_database())';
    await client.query(`select pg_stat_statements_reset(0, ${database}, 0)`);
    await work();
    const { rows } = await client.query<{ query: string; calls: number }>(
      `select query, calls::int as calls from pg_stat_statements
       where dbid = ${database} and query not like '%pg_stat_statements%'
         -- The application begins to listen beside whatever is measured.
         and query not like 'LISTEN %'`,
    );
    return rows.flatMap(({ query, calls }) => Array<string>(calls).fill(query));
  };
  const stored = async (): Promise<{ chunk: string | null; writtenBy: string }> => {
    const { rows } = await client.query<{ chunk: string | null; writtenBy: string }>(
      'select pg_column_toast_chunk_id(slots)::text as chunk, xmin::text as "writtenBy" from day',
    );
    return rows[0] ?? { chunk: null, writtenBy: '' };
  };

  it('an unchanged day is one statement, and its document is not written again', async () => {
    const slots = largeDay('same');
    await day.record(slots, (minute += 1));
    const before = await stored();
    const known = await day.claimed();
    const ran = await statements(() => day.record([...slots].reverse(), (minute += 1), known));
    expect(ran).toHaveLength(1);
    expect(ran[0]).not.toMatch(/\bslots\s*=/);
    const after = await stored();
    expect(before.chunk).not.toBeNull();
    expect(after.chunk).toBe(before.chunk);
    expect(after.writtenBy).not.toBe(before.writtenBy);
  });

  it('a changed day is at most three statements, whatever number of slots', async () => {
    const known = await day.claimed();
    const slots = largeDay('new');
    const ran = await statements(() => day.record(slots, (minute += 1), known));
    expect(ran.length).toBeLessThanOrEqual(3);
    const before = await stored();
    await day.record(largeDay('newer'), (minute += 1));
    expect((await stored()).chunk).not.toBe(before.chunk);
  });

  it('a doubtful, a failed and a superseded answer are no dearer', async () => {
    const known = await day.claimed();
    expect(await statements(() => day.record([], (minute += 1), known))).toHaveLength(1);
    const old = [sandboxSlot({ startDate: RECORDED_DATE, remaining: 1_000_000 })];
    expect((await statements(() => day.record(old, 0, known))).length).toBeLessThanOrEqual(3);
  });
});
