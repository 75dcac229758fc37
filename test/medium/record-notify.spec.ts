import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { sandboxSlot } from '../setup/day-factory.js';
import { DayRecords, RECORDED_DATE, RECORDED_ID } from '../setup/day-records.js';
import { connect } from '../setup/sql-client.js';
import { until } from '../setup/until.js';

function slots(remaining: number): unknown[] {
  return [sandboxSlot({ startDate: RECORDED_DATE, remaining })];
}

describe('The notification of a day', () => {
  let day: DayRecords;
  let listener: pg.Client;
  let other: pg.Client;
  let heard: string[];

  beforeEach(async () => {
    day = await DayRecords.open();
    [listener, other] = [await connect(day.app.database), await connect(day.app.database)];
    heard = [];
    listener.on('notification', ({ payload = '' }) => heard.push(payload));
    await listener.query('listen slotmirror_day');
  });
  afterEach(async () => {
    await Promise.all([listener.end(), other.end()]);
    await day.app.close();
  });

  const hears = (count: number): Promise<void> => until(`${count} notifications`, () => heard.length >= count);
  /** Whatever was sent before this round trip has arrived after it. */
  const roundTrip = (): Promise<unknown> => listener.query('select 1');

  it('tells experience, date, version and the time of the confirmation, of a change and of a confirmation alike', async () => {
    await day.record(slots(1), 1);
    await day.record(slots(2), 2);
    await day.record(slots(2), 3);
    await hears(3);
    expect(heard).toEqual(
      [1, 2, 2].map((version, i) => `${RECORDED_ID} ${RECORDED_DATE} ${version} ${day.at(i + 1).getTime()}`),
    );
  });

  it('comes when the day can be read as it tells, not before', async () => {
    await day.record(slots(1), 1);
    await hears(1);
    const known = await day.claimed();
    await other.query('begin; select from day for update');
    const recorded = day.record(slots(2), 2, known);
    await until('the writer waits', async () => {
      const { rows } = await listener.query<{ waiting: number }>(
        `select count(*)::int as waiting from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows[0]?.waiting === 1;
    });
    await roundTrip();
    expect(heard).toHaveLength(1);
    const seen = new Promise<unknown>((resolve) => {
      listener.once('notification', () => resolve(day.row()));
    });
    await other.query('commit');
    await recorded;
    expect(await seen).toMatchObject({ version: 2, remaining: '2' });
  });

  it('is not sent when the transaction does not come through, and nothing is stored', async () => {
    await day.record(slots(1), 1);
    await hears(1);
    const known = await day.claimed();
    await other.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not today'; end $$;
      create constraint trigger refuse after update on day deferrable initially deferred
        for each row execute function refuse()`);
    await expect(day.record(slots(2), 2, known)).rejects.toThrow(/not today/);
    await expect(day.record(slots(1), 2, known)).rejects.toThrow(/not today/);
    await other.query('drop trigger refuse on day');
    expect(await day.row()).toMatchObject({ version: 1, remaining: '1', confirmedAt: day.at(1) });
    await day.record(slots(3), 3, known);
    await hears(2);
    expect(heard.slice(1)).toEqual([`${RECORDED_ID} ${RECORDED_DATE} 2 ${day.at(3).getTime()}`]);
  });

  it('is not sent for an answer that changed nothing: a doubt, or a late one', async () => {
    await day.record(slots(1), 2);
    await hears(1);
    expect(await day.record([], 3)).toBe('unconfirmed');
    expect(await day.record(slots(5), 1)).toBe('superseded');
    await roundTrip();
    expect(heard).toHaveLength(1);
  });
});
