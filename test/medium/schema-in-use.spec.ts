import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { AuditTrail } from '../../src/audit/index.js';
import { SuppliersSettings, type MirrorSettings } from '../../src/config/index.js';
import type { ResponseCache } from '../../src/http/index.js';
import { Catalogue, CatalogueCounts } from '../../src/experience/index.js';
import { endPauses } from '../../src/experience/sql/end-pauses.js';
import { DayRepository, dayDocument, type SuppliedSlot } from '../../src/inventory/index.js';
import { READ_CALENDAR, READ_WHOLE_CALENDAR } from '../../src/inventory/sql/read-calendar.js';
import { READ_DAY } from '../../src/inventory/sql/read-day.js';
import { PrismaClient } from '../../src/prisma/generated/client.js';
import type { BatchStatement, PrismaService } from '../../src/prisma/index.js';
import { NO_PRIORITY } from '../../src/sync/model/priority.js';
import { DayFigures } from '../../src/sync/monitoring/day-figures.js';
import type { MirrorMeasure } from '../../src/sync/monitoring/mirror-measure.js';
import { DayQueue } from '../../src/sync/schedule/day-queue.js';
import { recordedColumns } from '../../src/sync/schedule/sql/recorded-columns.js';
import { FetchEvents } from '../../src/sync/fetch/fetch-events.js';
import { Instance } from '../../src/sync/fetch/instance.js';
import { SyncRuns } from '../../src/sync/monitoring/sync-runs.js';
import { toDatabaseDate } from '../../src/time/index.js';
import { DATE, leapDay } from '../fixtures/leap-answers.js';
import { supplierSettings } from '../fixtures/supplier-spans.js';
import { TestClock } from '../setup/test-clock.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');

/** What the client sent to the database. */
interface Statement {
  readonly query: string;
  readonly params: string;
}

let database: TestDatabase;
let client: pg.Client;
let prisma: PrismaClient<'query'>;
let statements: Statement[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: database.url }),
    log: [{ emit: 'event', level: 'query' }],
  });
  // Tells of each statement, as the driver alone would not.
  Object.assign(prisma, { direct: prisma, reports: prisma });
  prisma.$on('query', ({ query, params }) => statements.push({ query, params }));
  await fill();
});

afterAll(async () => {
  await prisma.$disconnect();
  await client.end();
  await database.drop();
});

/** Sixty experiences with two months each: all confirmed but the last days, some failing. */
async function fill(): Promise<void> {
  await client.query(
    `insert into experience (id, supplier, product, opened_until)
     select i, 'leap', i, $1::date + 60 from generate_series(1, 60) i`,
    [DATE],
  );
  await client.query(
    `insert into day (experience_id, supplier, date, due_at, slots, confirmed_at, fingerprint, open_slots, changed_at, attempts, failed_at,
       interval_class, refresh_at, refresh_value, requested_at)
     select e, 'leap', $1::date + d, $2::timestamptz + d * interval '1 hour', case when d < 55 then '[]'::json end,
       case when d < 55 then $2::timestamptz end, case when d < 55 then 'f' end, case when d < 55 then 0 end,
       case when d < 55 then $2::timestamptz end, (e % 30 = 0)::int, case when e % 30 = 0 then $2::timestamptz end,
       case when d < 55 then d % 18 end, case when d < 55 then $2::timestamptz + (d + e) * interval '1 minute' end,
       case when d >= 55 then d + e end, case when e = 7 and d < 5 then $2::timestamptz end
     from generate_series(1, 60) e, generate_series(0, 60) d`,
    [DATE, NOW],
  );
  await client.query(
    `insert into sync_run (instance, requested, started_at) select 'one', 1, $1::timestamptz - i * interval '1 minute' from generate_series(1, 5000) i`,
    [NOW],
  );
  await client.query('analyze');
}

/** The plans of what `work` sends, with sequential scans made so dear that none is chosen where an index fits. */
async function plansOf(work: (prisma: PrismaService) => Promise<unknown>): Promise<string> {
  statements = [];
  await work(prisma as unknown as PrismaService);
  const plans = [];
  await client.query('set enable_seqscan = off');
  for (const { query, params } of statements.filter((statement) =>
    /^\s*(SELECT|WITH|UPDATE|DELETE)/i.test(statement.query),
  )) {
    await client.query('begin');
    const { rows } = await client.query<Record<string, string>>(
      `explain (costs off) ${query}`,
      JSON.parse(params) as unknown[],
    );
    await client.query('rollback');
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
  }
  await client.query('reset enable_seqscan');
  return plans.join('\n\n');
}

/** What of a reader is not used here. */
const NO_AUDIT = undefined as unknown as AuditTrail;

/** What a prepared statement really did. */
async function planOf({ text }: BatchStatement, values: unknown[]): Promise<string> {
  await client.query('set enable_seqscan = off');
  const { rows } = await client.query<Record<string, string>>(
    `explain (analyze, costs off, timing off, summary off, buffers off) ${text}`,
    values,
  );
  await client.query('reset enable_seqscan');
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

/** Rows times loops of the scans of an index. */
function rowsReadFrom(plan: string, index: string): number {
  const scans = plan.matchAll(new RegExp(`using ${index} [^(]*.actual rows=([\\d.]+) loops=(\\d+)`, 'g'));
  return [...scans].reduce((sum, [, rows, loops]) => sum + Number(rows) * Number(loops), 0);
}

describe('each index is used by the query that its comment names', () => {
  const runs = (service: PrismaService) => {
    const [cache, settings] = [{}, { retentionDays: 1 }] as [ResponseCache, MirrorSettings];
    const instance = new Instance(new SuppliersSettings([supplierSettings({ url: 'http://localhost' })], null));
    return new SyncRuns(service, instance, {} as MirrorMeasure, cache, settings, new TestClock(NOW), new FetchEvents());
  };

  it('reading a day: the primary key of day', async () => {
    const plan = await planOf(READ_DAY, [[14], [DATE]]);
    expect(plan).toMatch(/Index Scan using day_pkey on day/);
    expect(plan).toMatch(/Index Cond: \(\(experience_id = .*\) AND \(date = /);
    expect(plan).not.toContain('Seq Scan');
  });

  it.each([
    ['the days of the window, whatever they hold', READ_CALENDAR, 61],
    // With none of them anything is wrong. Those that are known, for what is unknown is all but them.
    ['those, and which are known', READ_WHOLE_CALENDAR, 61 + 55],
  ])('reading the calendar: the primary key of day, for %s', async (_, statement, rows) => {
    const plan = await planOf(statement, [[14], [NOW], ['Asia/Singapore'], [61]]);
    expect(plan).toMatch(/Index Scan (using|on) day_pkey/);
    expect(rowsReadFrom(plan, 'day_pkey')).toBe(rows);
    expect(plan).toMatch(/Index Cond: \(\(experience_id = .*\) AND \(date >=? .*\) AND \(date < /);
    expect(plan).not.toContain('Seq Scan');
  });

  it('claiming: ranges of the indexes made for it', async () => {
    const search = {
      ...{
        supplier: 'leap',
        now: NOW,
        limit: 10,
        requestedSince: NOW,
        keepsMaxAges: false,
        oldBefore: NOW,
        longestLease: NOW,
      },
      ...{ unanswered: ['timeout'], longestRest: NOW, failedLately: NOW, experiences: 1 },
    };
    const plan = await plansOf((service) => new DayQueue(service, ['leap']).candidates(service, search));
    const own = ['day_refresh_at_idx', 'day_refresh_value_idx', 'day_max_age_idx'];
    for (const index of ['day_due_idx', 'day_retry_idx', 'day_requested_idx', ...own]) {
      expect(plan).toMatch(new RegExp(`Index Scan (using|on) ${index}`));
    }
    expect(plan).not.toContain('Seq Scan on day');
  });

  it('listing what fails: the failing days alone', async () => {
    const plan = await plansOf((service) => new DayFigures(service).failingProducts(NOW, 10));
    expect(plan).toMatch(/Index Scan (Backward )?(using|on) day_failing_idx/);
    expect(plan).not.toContain('Seq Scan on day');
  });

  it('listing what is odd: the odd days alone', async () => {
    const plan = await plansOf((service) => new DayFigures(service).oddProducts(DATE, 10));
    expect(plan).toMatch(/Index Scan (Backward )?(using|on) day_oddities_idx/);
    expect(plan).not.toContain('Seq Scan on day');
  });

  it('looking for experiences that lack days: zone and last day', async () => {
    const plan = await plansOf((service) =>
      new Catalogue(service, new DayRepository(service), NO_AUDIT, new TestClock()).unopened('leap', null, DATE, {
        begun: true,
        limit: 200,
      }),
    );
    expect(plan).toContain('experience_opened_idx');
    expect(plan).toMatch(/Index Cond: .*time_zone IS NULL/);
  });

  it('counting experiences: their tally, and those that are paused', async () => {
    const plan = await plansOf(async (service) => {
      const counts = new CatalogueCounts(service, new TestClock());
      await counts.active('leap');
      await counts.bySupplier();
      await counts.zones();
      await new DayFigures(service).products(NOW);
    });
    expect(plan).toContain('experience_paused_idx');
    expect(plan).not.toMatch(/Scan on experience(?!_)/);
  });

  it('ending pauses: the paused experiences', async () => {
    const plan = await plansOf((service) => endPauses(service, NOW));
    expect(plan).toContain('experience_paused_idx');
    expect(plan).not.toContain('Seq Scan on experience');
  });

  it('listing the last runs, and dropping the old ones: when they started', async () => {
    expect(await plansOf((service) => runs(service).last(10))).toMatch(
      /Index Scan Backward using sync_run_started_idx/,
    );
    expect(await plansOf((service) => runs(service).dropOld())).toMatch(
      /sync_run_started_idx[\s\S]*Index Cond: \(started_at < /,
    );
  });
});

describe('the views for analysts, through the client', () => {
  const key = { experienceId: 7, date: DATE };

  beforeAll(async () => {
    const service = prisma as unknown as PrismaService;
    const known = {
      ...key,
      fingerprint: 'f',
      openSlots: 0,
      attempts: 0,
      droppedSlots: 0,
      timeZone: null,
      confirmedAt: null,
    };
    const next = { staleAfter: NOW, dueAt: null, sentAt: NOW, by: 'one', priority: NO_PRIORITY };
    const at = { confirmedAt: NOW, oddities: [], scheduling: recordedColumns(next) };
    const answer = dayDocument(leapDay(2) as unknown as SuppliedSlot[]);
    statements = [];
    await new DayRepository(service).record(known, answer, at);
  });

  it('show each slot as a row', async () => {
    const rows = await prisma.slot.findMany({ where: { experienceId: 7 }, orderBy: { providerSlotId: 'asc' } });
    expect(rows).toHaveLength(2);
    expect({ ...rows[0], finalPrice: String(rows[0]?.finalPrice) }).toMatchObject({
      experienceId: 7,
      date: toDatabaseDate(DATE),
      providerSlotId: 'slot-0',
      variantId: 32n,
      startTime: '04:00',
      endTime: '04:30',
      remaining: 20n,
      currencyCode: 'SGD',
      finalPrice: '212.14',
      confirmedAt: NOW,
    });
  });

  it('show each pax type as a row, at its position', async () => {
    const where = { ...key, date: toDatabaseDate(DATE), providerSlotId: 'slot-1', variantId: 32, position: 2 };
    const row = await prisma.paxAvailability.findFirstOrThrow({ where });
    expect({ ...row, finalPrice: String(row.finalPrice) }).toMatchObject({
      type: 'CHILD_3~11',
      name: 'Child',
      isPrimary: false,
      min: 1n,
      max: 9n,
      remaining: 20n,
      finalPrice: '212.14',
    });
    expect(await prisma.paxAvailability.count()).toBe(4);
  });

  it('show nothing of a day without a document', async () => {
    expect(await prisma.slot.count({ where: { experienceId: { not: 7 } } })).toBe(0);
  });
});
