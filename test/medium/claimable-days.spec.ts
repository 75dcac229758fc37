import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { Catalogue } from '../../src/experience/index.js';
import { saveHealth } from '../../src/sync/fetch/sql/product-health-row.js';
import type { ProductTrouble } from '../../src/sync/fetch/product-trouble.js';
import { NO_PRIORITY } from '../../src/sync/model/priority.js';
import { DayQueue, type CandidateDay } from '../../src/sync/schedule/day-queue.js';
import type { Sql } from '../../src/prisma/index.js';
import type { LocalDate } from '../../src/time/index.js';
import { connect } from '../setup/sql-client.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';

const ADMIN = { name: 'ana', requestId: null };
const [SHOWN, OTHER] = [1, 2];
const DATE = '2026-03-10' as LocalDate;
const MINUTE_MS = 60_000;
const DAYS = 61;

describe('days of paused experiences and of held products', () => {
  let app: TestApp;
  let catalogue: Catalogue;
  let queue: DayQueue;
  let one: pg.Client;
  let two: pg.Client;

  beforeAll(async () => {
    app = await startTestApp();
    catalogue = app.app.get(Catalogue);
    queue = app.app.get(DayQueue);
    [one, two] = [await connect(app.database), await connect(app.database)];
  });
  beforeEach(async () => {
    await one.query('DELETE FROM experience');
    await add(SHOWN, 1);
    await add(OTHER, 1);
  });
  afterAll(async () => {
    await Promise.all([one.end(), two.end()]);
    await app.close();
  });

  const at = (minutes: number) => new Date(app.clock.now().getTime() + minutes * MINUTE_MS);

  /** Experiences whose days are overdue, hinted, requested and worth a request since long ago. */
  async function add(first: number, count: number): Promise<void> {
    await one.query(
      `INSERT INTO experience (id, supplier, product) SELECT i, 'leap', i::text FROM generate_series($1::int, $1 + $2 - 1) i`,
      [first, count],
    );
    await one.query(
      `INSERT INTO day (experience_id, supplier, date, slots, fingerprint, open_slots, changed_at, confirmed_at, stale_after, due_at, hinted_at,
         requested_at, interval_class, refresh_at, refresh_value)
       SELECT i, 'leap', $3::date + d, '[]', 'f', 0, c.at, c.at, c.at + interval '1 hour', c.at + interval '1 hour', c.at, $4::timestamptz,
         CASE WHEN d % 2 = 0 THEN d % 18 END, CASE WHEN d % 2 = 0 THEN c.at END, CASE WHEN d % 2 = 1 THEN 1000 END
       FROM generate_series($1::int, $1 + $2 - 1) i, generate_series(0, $5::int - 1) d,
         LATERAL (SELECT $4::timestamptz - interval '5 days' AS at) AS c`,
      [first, count, DATE, at(0), DAYS],
    );
  }

  const search = (now: Date) => ({
    ...{ supplier: 'leap', now, limit: 5, requestedSince: at(-5), keepsMaxAges: true, oldBefore: at(-60) },
    ...{ longestLease: at(10), longestRest: at(10), failedLately: at(-10), experiences: 1_000, unanswered: [] },
  });
  const candidates = (): Promise<CandidateDay[]> => queue.candidates(app.prisma.direct, search(at(0)));
  const namedIn = (found: readonly CandidateDay[]) =>
    [...new Set(found.map(({ experienceId }) => experienceId))].sort();
  const claimable = async () => {
    const { rows } = await one.query<{ id: number }>(
      'SELECT DISTINCT experience_id AS id FROM day WHERE claimable ORDER BY 1',
    );
    return rows.map(({ id }) => id);
  };

  const health = (held: boolean): ProductTrouble => ({
    ...{
      kind: 'not_found',
      detail: 'gone',
      failingSince: at(-60),
      lastFailedAt: at(-1),
      failures: 5,
      held,
      retries: 5,
    },
    ...{ retryAt: at(60), answeredAt: null, forgivenAt: null, restUntil: null, refutedAt: null },
  });

  it('are no candidates until they are resumed and released, in whichever order', async () => {
    expect(namedIn(await candidates())).toEqual([SHOWN, OTHER]);
    await catalogue.pause(ADMIN, SHOWN, { reason: null, until: null });
    expect(namedIn(await candidates())).toEqual([OTHER]);
    await saveHealth(app.prisma.direct, SHOWN, health(true));
    await catalogue.resume(ADMIN, SHOWN);
    expect(namedIn(await candidates())).toEqual([OTHER]);
    await saveHealth(app.prisma.direct, SHOWN, health(false));
    expect(namedIn(await candidates())).toEqual([SHOWN, OTHER]);
    await saveHealth(app.prisma.direct, SHOWN, health(true));
    await catalogue.pause(ADMIN, SHOWN, { reason: null, until: null });
    await saveHealth(app.prisma.direct, SHOWN, health(false));
    expect(namedIn(await candidates())).toEqual([OTHER]);
    await catalogue.resume(ADMIN, SHOWN);
    expect(namedIn(await candidates())).toEqual([SHOWN, OTHER]);
  });

  it('are candidates again soon after their pause ended by itself', async () => {
    await catalogue.pause(ADMIN, SHOWN, { reason: null, until: at(1) });
    app.clock.advance(MINUTE_MS);
    await catalogue.endPauses();
    expect(await claimable()).toEqual([SHOWN, OTHER]);
    expect(namedIn(await candidates())).toEqual([SHOWN, OTHER]);
  });

  it('that enter the window meanwhile are none either', async () => {
    await catalogue.pause(ADMIN, SHOWN, { reason: null, until: null });
    await saveHealth(app.prisma.direct, OTHER, health(true));
    const opening = { date: '2026-07-01' as LocalDate, dueAt: at(0), priority: { ...NO_PRIORITY, refreshValue: 5 } };
    await queue.open([SHOWN, OTHER], [opening]);
    expect(await claimable()).toEqual([]);
    await catalogue.resume(ADMIN, SHOWN);
    expect(await claimable()).toEqual([SHOWN]);
    const { rows } = await one.query<{ n: number }>('SELECT count(*)::int AS n FROM day WHERE claimable');
    expect(rows).toEqual([{ n: DAYS + 1 }]);
  });

  it.each(['resumed first', 'released first'])('come back when both happen at the same time: %s', async (order) => {
    await catalogue.pause(ADMIN, SHOWN, { reason: null, until: null });
    await saveHealth(app.prisma.direct, SHOWN, health(true));
    const resume = `UPDATE experience SET paused_at = NULL WHERE id = ${SHOWN}`;
    const release = `UPDATE product_health SET held = false WHERE experience_id = ${SHOWN}`;
    const [first, second] = order === 'resumed first' ? [resume, release] : [release, resume];
    await Promise.all([one.query('BEGIN'), two.query('BEGIN')]);
    await one.query(first);
    const waiting = two.query(second);
    // It waits for the first one, whose outcome it does not know.
    expect(await Promise.race([waiting, one.query('SELECT pg_sleep(0.2)').then(() => 'waits')])).toBe('waits');
    await one.query('COMMIT');
    await waiting;
    await two.query('COMMIT');
    expect(await claimable()).toEqual([SHOWN, OTHER]);
  });

  it('that enter the window while their product becomes held are none', async () => {
    await saveHealth(app.prisma.direct, SHOWN, health(false));
    await two.query('BEGIN');
    await two.query(`UPDATE product_health SET held = true WHERE experience_id = ${SHOWN}`);
    const opening = { date: '2026-07-01' as LocalDate, dueAt: at(0), priority: { ...NO_PRIORITY, refreshValue: 5 } };
    const opened = queue.open([SHOWN, OTHER], [opening]);
    expect(await Promise.race([opened, one.query('SELECT pg_sleep(0.2)').then(() => 'waits')])).toBe('waits');
    await two.query('COMMIT');
    await opened;
    expect(await claimable()).toEqual([OTHER]);
  });

  it('cost a claim nothing, however many there are', async () => {
    const countRead = async (sql: Sql) => {
      const [row] = await sql.$queryRaw<{ n: number }[]>`
        SELECT (seq_tup_read + idx_tup_fetch)::int AS n FROM pg_stat_xact_user_tables WHERE relname = 'day'`;
      return row?.n ?? NaN;
    };
    const rowsRead = () =>
      app.prisma.inTransaction(async (sql) => {
        const before = await countRead(sql);
        await queue.candidates(sql, search(at(0)));
        return (await countRead(sql)) - before;
      });
    await add(1_000, 300);
    await one.query('VACUUM ANALYZE day');
    const few = await rowsRead();
    await add(2_000, 300);
    await one.query(`UPDATE experience SET paused_at = now() WHERE id BETWEEN 2000 AND 2149`);
    for (let id = 2_150; id < 2_300; id++) await saveHealth(app.prisma.direct, id, health(true));
    // Days that are overdue for longer than all others, and worth more.
    await one.query(`UPDATE day SET due_at = due_at - interval '1 day', confirmed_at = confirmed_at - interval '1 day',
      refresh_at = refresh_at - interval '1 day', refresh_value = refresh_value * 2, hinted_at = hinted_at - interval '1 day',
      requested_at = requested_at - interval '1 second' WHERE experience_id >= 2000`);
    await one.query('VACUUM ANALYZE day');
    expect(few).toBeGreaterThan(10);
    expect(await rowsRead()).toBe(few);
  });
});
