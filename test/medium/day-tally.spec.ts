import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { errorOf } from '../../src/sync/monitoring/age-sampling.js';
import { Ages } from '../../src/sync/monitoring/ages.js';
import { DayTally } from '../../src/sync/monitoring/day-tally.js';
import type { DateCount } from '../../src/sync/monitoring/sql/count-days.js';
import { sampleAges } from '../../src/sync/monitoring/sql/sample-ages.js';
import { connect } from '../setup/sql-client.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';

const ZONES = [null, 'Asia/Singapore', 'America/Vancouver'];
const SUPPLIERS = ['leap', 'zaui'];
const MINUTE_MS = 60_000;

/** What a count of all days says. */
const FULL_COUNT = `
  SELECT e.supplier, e.time_zone AS "timeZone", d.date, count(*)::int AS days,
    (count(*) FILTER (WHERE d.stale_after > $1))::int AS fresh,
    (count(*) FILTER (WHERE d.confirmed_at IS NULL))::int AS "neverConfirmed",
    (count(*) FILTER (WHERE (d.due_at <= $1 OR d.confirmed_at IS NULL AND d.attempts = 0)
      AND (d.leased_until IS NULL OR d.leased_until <= $1)))::int AS due,
    (count(*) FILTER (WHERE d.leased_until > $1))::int AS leased,
    (count(*) FILTER (WHERE d.attempts > 0 AND d.due_at IS NOT NULL))::int AS failing,
    (count(*) FILTER (WHERE d.hinted_at IS NOT NULL AND d.due_at IS NOT NULL))::int AS hinted
  FROM day d JOIN experience e ON e.id = d.experience_id
  WHERE d.due_at IS NOT NULL OR d.stale_after > $1
  GROUP BY e.supplier, e.time_zone, d.date`;

const ALL_EXPERIENCES = `SELECT supplier, coalesce(time_zone, '') AS zone, count(*)::int AS n FROM experience GROUP BY 1, 2 ORDER BY 1, 2`;
const TALLIED_EXPERIENCES = `SELECT supplier, time_zone AS zone, experiences AS n FROM experience_tally WHERE experiences <> 0 ORDER BY 1, 2`;

describe('the tally of days', () => {
  let app: TestApp;
  let client: pg.Client;
  let tally: DayTally;

  beforeAll(async () => {
    app = await startTestApp();
    client = await connect(app.database);
    tally = app.app.get(DayTally);
    await client.query('DELETE FROM experience');
  });
  afterAll(async () => {
    await client.end();
    await app.close();
  });

  const random = randomFrom(20_261_130);
  const any = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const later = (minutes: number) => new Date(app.clock.now().getTime() + minutes * MINUTE_MS);
  const anId = () => 1 + Math.floor(random() * 12);
  /** Some of the days of an experience. */
  const SOME = `experience_id = $1 AND extract(day FROM date)::int % 3 = $2`;

  const experiences = async (sql: string) => (await client.query<object>(sql)).rows;

  const operations: Record<string, () => Promise<unknown>> = {
    'an experience is added': () =>
      client.query(
        `INSERT INTO experience (id, supplier, product, time_zone) VALUES ($1::int, $2, $1::int::text, $3) ON CONFLICT DO NOTHING`,
        [anId(), any(SUPPLIERS), any(ZONES)],
      ),
    'many are added at once, of several zones': () =>
      client.query(
        `INSERT INTO experience (id, supplier, product, time_zone)
         SELECT i, ($2::text[])[1 + i % 2], i::text, ($3::text[])[1 + i % 3] FROM generate_series($1::int, $1::int + 3) AS i
         ON CONFLICT (id) DO UPDATE SET time_zone = excluded.time_zone`,
        [anId(), SUPPLIERS, ZONES],
      ),
    'its days are opened, or opened again': () =>
      client.query(
        `INSERT INTO day (experience_id, supplier, date, due_at) SELECT id, supplier, $2::timestamptz::date + i, $3
         FROM experience CROSS JOIN generate_series(-2, 6) AS i WHERE id = $1
         ON CONFLICT (experience_id, date) DO UPDATE SET due_at = excluded.due_at WHERE day.due_at IS NULL AND day.confirmed_at IS NULL`,
        [anId(), app.clock.now(), later(5 - random() * 10)],
      ),
    'days are confirmed': () =>
      client.query(
        `UPDATE day SET slots = '[]', fingerprint = 'x', confirmed_at = $3, changed_at = $3, stale_after = $4, due_at = $5, version = version + 1,
           open_slots = 0, attempts = 0, failed_at = NULL, hinted_at = NULL, leased_until = NULL, empty_seen_at = NULL WHERE ${SOME}`,
        [anId(), any([0, 1, 2]), app.clock.now(), later(30 * random()), any([null, later(30 * random())])],
      ),
    'days fail': () =>
      client.query(`UPDATE day SET attempts = attempts + 1, failed_at = $3, due_at = $4 WHERE ${SOME}`, [
        anId(),
        any([0, 1, 2]),
        app.clock.now(),
        later(10 * random()),
      ]),
    'days are hinted': () =>
      client.query(`UPDATE day SET hinted_at = $3 WHERE ${SOME}`, [anId(), any([0, 1, 2]), app.clock.now()]),
    'an empty answer waits for another': () =>
      client.query(`UPDATE day SET empty_seen_at = $3, due_at = $4 WHERE ${SOME}`, [
        anId(),
        any([0, 1, 2]),
        app.clock.now(),
        later(5 * random()),
      ]),
    'days are leased': () =>
      client.query(`UPDATE day SET leased_until = $3, leased_by = 'p' WHERE ${SOME}`, [
        anId(),
        any([0, 1, 2]),
        later(random() - 0.2),
      ]),
    'days are given back': () =>
      client.query(`UPDATE day SET leased_until = NULL, leased_by = NULL WHERE ${SOME}`, [anId(), any([0, 1, 2])]),
    'days expire': () =>
      client.query(`UPDATE day SET due_at = NULL, attempts = 0, hinted_at = NULL WHERE ${SOME}`, [anId(), 0]),
    'days are deleted': () => client.query(`DELETE FROM day WHERE ${SOME}`, [anId(), any([0, 1, 2])]),
    'an experience moves to another zone': () =>
      client.query(`UPDATE experience SET time_zone = $2 WHERE id = $1`, [anId(), any(ZONES)]),
    'an experience is removed': () => client.query(`DELETE FROM experience WHERE id = $1 AND random() < 0.3`, [anId()]),
    'the clock goes on': async () => {
      app.clock.advance(5 * MINUTE_MS * random());
      await Promise.resolve();
    },
    'replicas fold': () => Promise.all([tally.fold(), tally.fold()]),
  };

  it('says what a count of all days says, whatever was done to them', async () => {
    let counted = 0;
    for (let step = 0; step < 600; step += 1) {
      const name = any(Object.keys(operations));
      await operations[name]?.();
      if (step % 5 > 0) continue;
      expect(await experiences(TALLIED_EXPERIENCES)).toEqual(await experiences(ALL_EXPERIENCES));
      const expected = (await client.query<DateCount>(FULL_COUNT, [app.clock.now()])).rows;
      counted += expected.length;
      expect({ step, name, counts: plain(await tally.counts()) }).toEqual({ step, name, counts: plain(expected) });
    }
    expect(counted).toBeGreaterThan(1_000);
    await client.query('TRUNCATE experience CASCADE');
    expect(await experiences(TALLIED_EXPERIENCES)).toEqual([]);
  });

  it('loses nothing of those who write at the same time as it is folded', async () => {
    const writers = await Promise.all([1, 2, 3].map(() => connect(app.database)));
    await client.query(
      `INSERT INTO experience (id, supplier, product) SELECT i, 'leap', i FROM generate_series(101, 103) AS i`,
    );
    await client.query(
      `INSERT INTO day (experience_id, supplier, date, due_at) SELECT e, 'leap', $1::timestamptz::date + i, $1
       FROM generate_series(101, 103) AS e CROSS JOIN generate_series(0, 60) AS i`,
      [app.clock.now()],
    );
    let writing = true;
    const work = writers.map(async (writer, i) => {
      for (let n = 0; n < 150; n += 1) {
        await writer.query(
          `UPDATE day SET attempts = $3, failed_at = $4, due_at = $4 WHERE experience_id = $1 AND date = $2::timestamptz::date + $5::int`,
          [101 + ((i + n) % 3), app.clock.now(), n % 2, later(n % 7), (n * 7) % 61],
        );
      }
    });
    const folding = (async () => {
      while (writing) {
        app.clock.advance(1_000);
        await tally.fold();
      }
    })();
    await Promise.all(work);
    writing = false;
    await folding;
    await Promise.all(writers.map((writer) => writer.end()));
    const expected = (await client.query<DateCount>(FULL_COUNT, [app.clock.now()])).rows;
    expect(plain(await tally.counts())).toEqual(plain(expected));
  });

  it('says since when the first day is stale, and how old the oldest of a date is', async () => {
    await client.query('DELETE FROM experience');
    await client.query(`INSERT INTO experience (id, supplier, product) VALUES (1, 'leap', '1'), (2, 'leap', '2')`);
    for (const [id, age] of [
      [1, 50],
      [2, 40],
    ] as const)
      await client.query(
        `INSERT INTO day (experience_id, supplier, date, slots, fingerprint, confirmed_at, changed_at, stale_after, due_at, open_slots)
         VALUES ($1, 'leap', '2026-03-02', '[]', 'x', $2, $2, $3, $3, 0)`,
        [id, later(-age), later(15 - age)],
      );
    expect(await tally.counts()).toMatchObject([{ days: 2, staleSince: later(-35), oldestConfirmedAt: later(-50) }]);
  });

  it('estimates ages within the error that it names, in 19 of 20 cases', async () => {
    await client.query('DELETE FROM experience');
    await client.query(
      `INSERT INTO experience (id, supplier, product) SELECT i, 'leap', i FROM generate_series(1, 2000) AS i`,
    );
    // The older, the higher the id: an experience says nothing of another.
    await client.query(
      `INSERT INTO day (experience_id, supplier, date, slots, fingerprint, confirmed_at, changed_at, stale_after, due_at, open_slots)
       SELECT id, 'leap', $1::timestamptz::date + i, '[]', 'x', at, at, at, at, 0
       FROM experience CROSS JOIN generate_series(0, 8) AS i CROSS JOIN LATERAL (SELECT $1::timestamptz - id * interval '1 minute' AS at) AS a`,
      [app.clock.now()],
    );
    const [, week] = await app.app.get(Ages).read();
    const { tier, known = 0, error = 0, ages: first = [] } = week ?? {};
    expect([tier?.days, known, error > 0.03, error < 0.08]).toEqual([7, 12_000, true, true]);
    const [, again] = await app.app.get(Ages).read();
    expect(again?.ages.toSorted()).toEqual(first.toSorted());

    let within = 0;
    const draws = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const percent = 12.5;
      const leads = { from: 1, to: 7, each: 1 };
      const of = { now: app.clock.now(), defaultZone: 'UTC', suppliers: ['leap'], percent, seed, ...leads };
      const ages = await sampleAges(app.prisma.direct, of);
      draws.add(ages.toSorted().join());
      const share = ages.filter((age) => age <= 1_000 * 60).length / ages.length;
      if (Math.abs(share - 0.5) <= errorOf(ages.length, known)) within += 1;
    }
    expect(draws.size).toBe(60);
    // Of 60 draws at 0.95 each, fewer than 50 are within once in ten thousand times.
    expect(within).toBeGreaterThanOrEqual(50);
  });
});

function plain(counts: readonly DateCount[]): string[] {
  return counts
    .map(
      ({ supplier, timeZone, date, ...count }) =>
        `${supplier} ${timeZone} ${date.toDateString()} ${['days', 'fresh', 'neverConfirmed', 'due', 'leased', 'failing', 'hinted'].map((name) => `${name} ${count[name as keyof typeof count] as number}`).join(' ')}`,
    )
    .toSorted();
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
