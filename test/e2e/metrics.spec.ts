import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import parsePrometheus from 'parse-prometheus-text-format';
import request from 'supertest';
import { sandboxSlot } from '../setup/day-factory.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { createTestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import type { SyncStatus } from '../../src/sync/index.js';
import { ResponseCache } from '../../src/http/index.js';
import { DatabaseProxy } from './support/database-proxy.js';

const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0';
const file = (name: string): string =>
  readFileSync(new URL(`../../src/metrics/grafana/${name}`, import.meta.url), 'utf8');

describe('the metrics', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14,15', SYNC_TIERS: '1:15m,3:4h' } });
    app.sandbox.setTruth(14, '2026-03-02', [sandboxSlot({ startDate: '2026-03-02' })]);
    app.sandbox.addFault({ kind: 'status', status: 500, experienceId: 15, date: '2026-03-03' });
    await app.syncUntilIdle();
    await until('notifications are heard', () => app.app.get(ResponseCache).ready);
  });
  afterAll(() => app.close());

  const scrape = async (accept = 'text/plain') => {
    const answer = await request(app.url).get('/metrics').set({ accept });
    expect(answer.status).toBe(200);
    return { type: String(answer.headers['content-type']), text: answer.text };
  };
  const families = async () => new Map(parsePrometheus((await scrape()).text).map((family) => [family.name, family]));
  const valueOf = async (name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> => {
    const samples = (await families()).get(name)?.metrics ?? [];
    const found = samples.find((sample) =>
      Object.entries(labels).every(([key, value]) => sample.labels?.[key] === value),
    );
    return Number(found?.value ?? NaN);
  };
  /** The database is asked anew after five seconds. */
  const later = () => {
    app.clock.advance(5_001);
  };

  it('come in the text format, or in OpenMetrics where that is asked for', async () => {
    expect((await scrape()).type).toMatch(/^text\/plain; version=0\.0\.4/);
    const open = await scrape(OPEN_METRICS);
    expect(open.type).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
    expect(open.text.endsWith('# EOF\n')).toBe(true);
    expect(open.text).toContain('# TYPE slotmirror_supplier_requests counter\n');
  });

  it('are named by convention, each with a help', async () => {
    for (const { name, help, type } of (await families()).values()) {
      if (!name.startsWith('slotmirror_')) continue;
      expect(name).toMatch(/^slotmirror_[a-z_]+$/);
      expect(help).not.toBe('');
      if (type === 'COUNTER') expect(name).toMatch(/_total$/);
      else expect(name).not.toMatch(/_total$/);
    }
  });

  it('count the requests to the supplier by outcome', async () => {
    expect(await valueOf('slotmirror_supplier_requests_total', { outcome: 'changed' })).toBeGreaterThan(0);
    expect(await valueOf('slotmirror_supplier_requests_total', { outcome: 'failed' })).toBeGreaterThanOrEqual(1);
    expect(await valueOf('slotmirror_supplier_requests_total', { outcome: 'refused' })).toBe(0);
    expect(await valueOf('slotmirror_supplier_failures_total', { reason: 'supplier_error' })).toBeGreaterThanOrEqual(1);
    expect(await valueOf('slotmirror_supplier_failures_total', { reason: 'unauthorized' })).toBe(0);
    const [duration] = (await families()).get('slotmirror_supplier_request_duration_seconds')?.metrics ?? [];
    expect(Number(duration?.count)).toBe(app.sandbox.requests().length);
  });

  it('tell the budget, the queue and the freshness of each tier', async () => {
    later();
    expect(await valueOf('slotmirror_budget_requests_per_minute')).toBe(60_000);
    expect(await valueOf('slotmirror_queue_days', { condition: 'failing' })).toBe(1);
    expect(await valueOf('slotmirror_days', { within_days: '1', freshness: 'fresh' })).toBe(2);
    expect(await valueOf('slotmirror_days', { within_days: '3', freshness: 'never_fetched' })).toBe(1);
    expect(await valueOf('slotmirror_max_age_seconds', { within_days: '1' })).toBe(900);
    expect(await valueOf('slotmirror_fresh_ratio')).toBeCloseTo(5 / 6, 3);
    expect(await valueOf('slotmirror_day_age', { within_days: '3', le: '+Inf' })).toBe(3);
    expect(await valueOf('slotmirror_day_age', { within_days: '1', le: '900' })).toBe(2);
  });

  it('tell the state', async () => {
    const states = async () => [
      await valueOf('slotmirror_sync_state', { state: 'running' }),
      await valueOf('slotmirror_sync_state', { state: 'paused' }),
    ];
    expect(await states()).toEqual([1, 0]);
    await request(app.url)
      .post('/api/v1/sync/pause')
      .set({ authorization: `Bearer ${ADMIN_KEY}` });
    later();
    expect(await states()).toEqual([0, 1]);
    await request(app.url)
      .post('/api/v1/sync/resume')
      .set({ authorization: `Bearer ${ADMIN_KEY}` });
  });

  it('count reads from memory and computed ones, and time the routes of the framework', async () => {
    const reads = async (source: string) => valueOf('slotmirror_reads_total', { source });
    const before = [await reads('memory'), await reads('computed')] as const;
    const path = '/api/v1/experience/14/slots?date=2026-03-02';
    for (let i = 0; i < 3; i++) await request(app.url).get(path);
    expect([(await reads('memory')) - before[0], (await reads('computed')) - before[1]]).toEqual([2, 1]);
    await request(app.url).get('/api/v1/experience/0/dates');
    // Refused without the framework.
    await request(app.url).get('/api/v1/experience/99/dates');
    const labels = '{method="GET",route="/api/v1/experience/:id/dates",status="4xx"}';
    expect((await scrape()).text).toContain(`slotmirror_http_request_duration_seconds_count${labels} 2`);
  });

  it('ask the database no more often than every five seconds', async () => {
    later();
    await scrape();
    const commits = async (): Promise<number> => {
      const [row] = await app.prisma.$queryRaw<{ commits: number }[]>`
        SELECT xact_commit::int AS commits FROM pg_stat_database WHERE datname = current_database()`;
      return row?.commits ?? NaN;
    };
    // PostgreSQL may count late what a connection did before, so the best of three counts: a query a scrape is 20 in each.
    const costs: number[] = [];
    for (let round = 0; round < 3; round++) {
      const before = await commits();
      for (let i = 0; i < 20; i++) await scrape();
      costs.push((await commits()) - before);
    }
    expect(Math.min(...costs)).toBeLessThanOrEqual(2);
  });

  it.each(['board.json', 'alerts.yml'])('are those that %s asks for', async (name) => {
    later();
    const known = new Set([...(await families()).keys()]);
    const expressions =
      name === 'board.json'
        ? (JSON.parse(file(name)) as { panels: { targets: { expr: string }[] }[] }).panels.flatMap(({ targets }) =>
            targets.map(({ expr }) => expr),
          )
        : [...file(name).matchAll(/expr: (.*)/g)].map(([, expr = '']) => expr);
    expect(expressions.length).toBeGreaterThan(5);
    for (const expression of expressions) {
      const names = expression.match(/\b(slotmirror|process|nodejs)_[a-z0-9_]+/g) ?? [];
      expect(names.length).toBeGreaterThan(0);
      for (const metric of names) expect(known).toContain(metric.replace(/_(bucket|count|sum)$/, ''));
    }
  });

  it('of accuracy are all on the board, by supplier', async () => {
    later();
    const names = [...(await families()).keys()].filter((name) => /accuracy|judged/.test(name));
    expect(names).toHaveLength(3);
    for (const name of names)
      expect(file('board.json')).toMatch(new RegExp(`max by \\(supplier[^)]*\\) \\(${name}\\b`));
  });

  it('tell of each supplier its days, its failing products and its notifications', async () => {
    later();
    const supplier = 'leap';
    expect(await valueOf('slotmirror_supplier_days', { supplier, freshness: 'fresh' })).toBe(5);
    expect(await valueOf('slotmirror_supplier_failing_products', { supplier, cause: 'supplier_error' })).toBe(1);
    expect(await valueOf('slotmirror_supplier_notifications', { supplier, state: 'off' })).toBe(1);
  });

  it('count all products in trouble, where the status lists the last ones', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => 100 + i);
    const date = new Date('2026-03-04');
    const at = app.clock.now();
    await app.prisma.experience.createMany({ data: ids.map((id) => ({ id, supplier: 'leap', product: String(id) })) });
    await app.prisma.day.createMany({
      data: ids.map((experienceId) => ({
        ...{ experienceId, supplier: 'leap', date, attempts: 2, failedAt: at, failureKind: 'bad_answer' },
        ...{ slots: [], fingerprint: 'x', openSlots: 0 },
        ...{ confirmedAt: at, changedAt: at, oddities: [{ code: 'negative_count', slots: 1, detail: 'x' }] },
      })),
    });
    later();
    expect(await valueOf('slotmirror_failing_products', { cause: 'bad_answer' })).toBe(60);
    expect(await valueOf('slotmirror_supplier_failing_products', { supplier: 'leap', cause: 'bad_answer' })).toBe(60);
    expect(await valueOf('slotmirror_odd_products', { code: 'negative_count' })).toBe(60);
    const status = await request(app.url).get('/api/v1/sync/status');
    expect((status.body as SyncStatus).errors).toHaveLength(50);
    await app.prisma.experience.deleteMany({ where: { id: { in: ids } } });
  });

  it('of suppliers have alerts that name the supplier and say what to do', () => {
    const rules = file('alerts.yml').split('- alert: ').slice(1);
    const ofSuppliers = rules.filter((rule) => /expr: .*slotmirror_supplier_/.test(rule));
    expect(ofSuppliers.length).toBeGreaterThanOrEqual(10);
    for (const rule of ofSuppliers) {
      const name = rule.slice(0, rule.indexOf('\n'));
      const [, expression = ''] = /expr: (.*)/.exec(rule) ?? [];
      const [, summary = ''] = /summary: (.*)/.exec(rule) ?? [];
      // Every vector keeps the label: `and` and comparisons would drop what one side alone has.
      const vectors = expression.match(/slotmirror_\w+/g) ?? [];
      expect([name, expression.match(/by \(supplier/g)?.length]).toEqual([
        name,
        vectors.length + (expression.match(/sum by/g)?.length ?? 0),
      ]);
      expect([name, expression.split('(').length]).toEqual([name, expression.split(')').length]);
      expect([name, summary]).toEqual([name, expect.stringContaining('{{ $labels.supplier }}')]);
      expect([name, /description: .{40}/.test(rule)]).toEqual([name, true]);
    }
  });
});

describe('the metrics while the database is out of reach', () => {
  it('say so, and tell the rest', async () => {
    const database = await createTestDatabase();
    const proxy = await DatabaseProxy.before(database.url);
    const app = await startTestApp({
      database: { ...database, url: proxy.url },
      env: { EXPERIENCES: '14', SYNC_TIERS: '1:15m' },
    });
    await proxy.cut();
    const { status, text } = await request(app.url).get('/metrics');
    expect(status).toBe(200);
    expect(text).toContain('slotmirror_database_up 0');
    expect(text).not.toMatch(/^slotmirror_fresh_ratio/m);
    expect(text).toContain('slotmirror_supplier_requests_total{supplier="leap",outcome="changed"} 0');
    await proxy.mend();
    await app.close();
    await proxy.cut();
    await database.drop();
  });
});
