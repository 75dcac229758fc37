import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { connect } from '../setup/sql-client.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { expectProblem } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

const FIRST = 14;
const IDS = Array.from({ length: 10 }, (_, i) => FIRST + i);
const DAYS = 61;
/** As many reads as may wait. */
const MOST = 500;

describe('when more is read than the database answers', () => {
  let app: TestApp;
  let client: pg.Client;

  beforeAll(async () => {
    app = await startTestApp({
      env: { EXPERIENCES: IDS.join(','), SYNC_TIERS: '61:24h' },
      sandboxOptions: { products: 20 },
    });
    client = await connect(app.database);
    await fill();
    await client.query('CREATE EXTENSION pg_stat_statements');
  });
  afterAll(async () => {
    await client.end();
    await app.close();
  });

  /** The days of one experience come from the supplier; those of the others are copies. */
  const fill = async () => {
    const others = { id: { not: FIRST } };
    await app.prisma.experience.updateMany({ where: others, data: { pausedAt: app.clock.now() } });
    await app.syncUntilIdle();
    const { rows } = await client.query<{ columns: string }>(
      `SELECT string_agg(quote_ident(column_name), ', ') AS columns FROM information_schema.columns
       WHERE table_name = 'day' AND is_generated = 'NEVER' AND column_name <> 'experience_id'`,
    );
    const columns = rows[0]?.columns ?? '';
    await client.query('DELETE FROM day WHERE experience_id <> $1', [FIRST]);
    await client.query(
      `INSERT INTO day (experience_id, ${columns}) SELECT e.id, ${columns} FROM day, (SELECT id FROM experience) e
       WHERE day.experience_id = ${FIRST} AND e.id <> day.experience_id`,
    );
    await app.prisma.experience.updateMany({ where: others, data: { pausedAt: null } });
  };
  const pathOf = (id: number, day: number) => {
    const date = new Date(app.clock.now().getTime() + day * 86_400_000).toISOString().slice(0, 10);
    return `/api/v1/experience/${id}/slots?date=${date}`;
  };
  const paths = IDS.flatMap((id) => Array.from({ length: DAYS - 2 }, (_, day) => [id, day + 1] as const));

  /** Statements that were needed so far to read days. */
  const statements = async () => {
    const { rows } = await client.query<{ calls: number }>(
      `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements
       WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND query LIKE '%AS k (experience_id, date, place)%' AND query NOT LIKE '%pg_stat_statements%'`,
    );
    return rows[0]?.calls ?? 0;
  };

  it('answers from memory, refuses at once what would wait too long, and then answers all who waited', async () => {
    const hit = `/api/v1/experience/${FIRST}/dates`;
    expect((await sendRaw(app.url, hit)).status).toBe(200);
    const before = await statements();
    await client.query('BEGIN; LOCK TABLE day IN ACCESS EXCLUSIVE MODE');
    const all = paths.slice(0, MOST + 20).map(([id, day]) => sendRaw(app.url, pathOf(id, day)));
    let refused = 0;
    for (const answer of all) void answer.then(({ status }) => (refused += status === 503 ? 1 : 0));
    await until('those are refused who are too many', () => Promise.resolve(refused === 20));
    expect((await sendRaw(app.url, hit)).status).toBe(200);
    await client.query('COMMIT');
    const answers = await Promise.all(all);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(MOST);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expectProblem(answer, 503, 'OVERLOADED');
      expect(answer.headers['retry-after']).toBe('1');
    }
    // Those who wait at the same time are read for together.
    expect((await statements()) - before).toBeLessThan(MOST / 10);
    expect((await sendRaw(app.url, pathOf(14, 30))).status).toBe(200);
  });

  it('mixes nobody’s answer up with another’s', async () => {
    await app.prisma.$executeRaw`SELECT pg_notify('slotmirror_experience', id::text) FROM experience`;
    const wanted = paths.slice(0, 200);
    const answers = await Promise.all(wanted.map(([id, day]) => sendRaw(app.url, pathOf(id, day))));
    answers.forEach(({ status, text }, i) => {
      const [id = 0, day = 0] = wanted[i] ?? [];
      const date = pathOf(id, day).slice(-10);
      const answer = JSON.parse(text) as { id: number; date: string; slots: { startDate: string }[] };
      expect({ status, id: answer.id, date: answer.date }).toEqual({ status: 200, id, date });
      for (const slot of answer.slots) expect(slot.startDate).toBe(date);
    });
  });
});
