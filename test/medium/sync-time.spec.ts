import { afterEach, describe, expect, it } from '@jest/globals';
import { Replicas } from '../setup/replicas.js';
import { connect } from '../setup/sql-client.js';
import { readSlots } from '../setup/sync-api.js';
import type { TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';
import type { TestDatabase } from '../setup/test-database.js';

const ID = 16;
const ENV = { EXPERIENCES: String(ID), SYNC_TIERS: '3:24h' };

/** Midnights as the world's clocks show them; the instants are worked out by hand. */
const MIDNIGHTS = [
  ['Asia/Singapore', 'an ordinary one', '2026-03-07T16:00:00Z', '2026-03-08'],
  ['America/New_York', 'before the clocks go forward', '2026-03-08T05:00:00Z', '2026-03-08'],
  ['America/New_York', 'after the clocks went forward', '2026-03-09T04:00:00Z', '2026-03-09'],
  ['America/New_York', 'before the clocks go back', '2026-11-01T04:00:00Z', '2026-11-01'],
  ['America/New_York', 'after the clocks went back', '2026-11-02T05:00:00Z', '2026-11-02'],
  ['Europe/London', 'before the clocks go forward', '2026-03-29T00:00:00Z', '2026-03-29'],
  ['Europe/London', 'after the clocks went forward', '2026-03-29T23:00:00Z', '2026-03-30'],
  ['Europe/London', 'before the clocks go back', '2026-10-24T23:00:00Z', '2026-10-25'],
  ['Europe/London', 'after the clocks went back', '2026-10-26T00:00:00Z', '2026-10-26'],
  ['Pacific/Auckland', 'before the clocks go back', '2026-04-04T11:00:00Z', '2026-04-05'],
  ['Pacific/Auckland', 'after the clocks went back', '2026-04-05T12:00:00Z', '2026-04-06'],
  ['Pacific/Auckland', 'before the clocks go forward', '2026-09-26T12:00:00Z', '2026-09-27'],
  ['Pacific/Auckland', 'after the clocks went forward', '2026-09-27T11:00:00Z', '2026-09-28'],
  // The clocks go forward at midnight: the date begins at 01:00.
  ['Asia/Beirut', 'that does not exist', '2026-03-28T22:00:00Z', '2026-03-29'],
] as const;

/** The date and those after it. */
function dates(first: string, count = 3, skip = 0): string[] {
  const at = (days: number): string => new Date(Date.parse(first) + days * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, i) => at(i + skip));
}

async function addExperience(database: TestDatabase, zone: string): Promise<void> {
  const client = await connect(database);
  await client.query(
    `insert into experience (id, supplier, product, time_zone) values ($1::int, 'leap', $1::int::text, $2)`,
    [ID, zone],
  );
  await client.end();
}

/** Everything that is asked for at this instant and in the seconds that follow, in the order in which it arrives. */
async function askedNow(replicas: Replicas, app: TestApp): Promise<(string | null)[]> {
  const before = replicas.sandbox.requests().length;
  while ((await app.tick()) > 0) replicas.clock.advance(1_100);
  return replicas.sandbox
    .requests()
    .slice(before)
    .map(({ date }) => date)
    .sort();
}

describe('Midnight', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  it.each(MIDNIGHTS)('in %s (%s, %s) brings in %s', async (zone, _which, midnight, newDate) => {
    const clock = new TestClock(new Date(Date.parse(midnight) - 60_000));
    replicas = await Replicas.create({ ...ENV, SUPPLIER_REQUESTS_PER_MINUTE: '60000' }, { clock });
    await addExperience(replicas.database, zone);
    const app = await replicas.start();
    const [yesterday = ''] = dates(newDate, 1, -1);

    expect(await askedNow(replicas, app)).toEqual(dates(yesterday));
    expect((await readSlots(app, ID, yesterday)).status).toBe(200);
    expect((await readSlots(app, ID, dates(newDate, 1, 2)[0] ?? '')).body.code).toBe('DATE_NOT_COVERED');

    clock.set(new Date(Date.parse(midnight) - 1_000));
    expect(await askedNow(replicas, app)).toEqual([]);
    // The sync looks again a second after it found nothing.
    clock.set(new Date(Date.parse(midnight) + 1_000));
    expect(await askedNow(replicas, app)).toEqual(dates(newDate, 1, 2));
    expect((await readSlots(app, ID, yesterday)).body.code).toBe('DATE_NOT_COVERED');
    expect((await readSlots(app, ID, newDate)).status).toBe(200);
  });

  it('comes to each experience by its own clock', async () => {
    const clock = new TestClock('2026-03-07T15:59:30Z');
    replicas = await Replicas.create({ ...ENV, EXPERIENCES: '14,15', DEFAULT_TIME_ZONE: 'Europe/London' }, { clock });
    await addExperience(replicas.database, 'Asia/Singapore');
    const app = await replicas.start();
    await app.syncUntilIdle();
    expect(replicas.sandbox.requests()).toHaveLength(9);
    clock.set('2026-03-07T16:00:01Z');
    await app.syncUntilIdle();
    expect(replicas.sandbox.requests().slice(9)).toMatchObject([{ experienceId: ID, date: '2026-03-10' }]);
    clock.set('2026-03-08T00:00:01Z');
    await app.syncUntilIdle();
    const inLondon = replicas.sandbox.requests().slice(10);
    expect(inLondon.map(({ experienceId, date }) => `${experienceId}/${date}`).sort()).toEqual([
      '14/2026-03-10',
      '15/2026-03-10',
    ]);
  });
});
