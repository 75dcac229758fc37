import { loadTime } from '../dist.js';
import { afterBookings, fixtureDay, SLOTS_PER_DAY, type FixtureDay } from '../fixtures.js';
import type { Options } from '../options.js';
import { startPostgres } from '../postgres.js';
import { progress } from '../progress.js';
import { compare, type BenchResult, type Comparison } from '../report.js';
import { Scope } from '../scope.js';
import { copySteps } from './copies.js';
import { AT_ONCE, Ours } from './ours.js';
import { StepRunner, type Step } from './step.js';
import { Upserts } from './upserts.js';

const FIRST_DATE = '2027-03-01';
const COPIES = ['COPY, documents', 'COPY, rows'];

/** What each of ours is compared with. */
const LIMITS: Readonly<Record<string, readonly string[]>> = {
  'first load': [...COPIES, 'upserts, first load', 'upserts by day, first load'],
  'nothing changed': ['upserts, nothing changed', 'upserts by day, nothing changed'],
  'all changed': ['all changed, without the feed', ...COPIES, 'upserts, all changed', 'upserts by day, all changed'],
  'claim + first load': [...COPIES, 'upserts, first load', 'upserts by day, first load'],
};

export function benchRecord(options: Options): Promise<BenchResult> {
  return Scope.run(async (scope) => {
    progress('record: starting PostgreSQL');
    const database = await startPostgres(scope);
    const days = await fixtureDays(options);
    const ours = await Ours.start(scope, database, days);
    const upserts = await Upserts.start(scope, database, days.slice(0, options.upsertDays));
    const steps = stepsOf(ours, days, upserts, await copySteps(database.client, days));
    const runner = new StepRunner(database.client);
    await runner.start();
    for (let run = 0; run <= options.runs; run += 1) {
      progress(run === 0 ? 'record: warming up' : `record: run ${run} of ${options.runs}`);
      for (const step of steps) await runner.run(step, run > 0);
    }
    return resultOf(runner, steps, options);
  });
}

async function fixtureDays(options: Options): Promise<FixtureDay[]> {
  const { datesFrom, parseLocalDate } = await loadTime();
  const first = parseLocalDate(FIRST_DATE);
  if (first === undefined) throw new Error(`${FIRST_DATE} is not a date`);
  const ids = Array.from({ length: options.experiences }, (_, i) => i + 1);
  return ids.flatMap((id) => datesFrom(first, options.recordDates).map((date) => fixtureDay(options.seed, id, date)));
}

/** In the order of a run: what is compared stands close together. */
function stepsOf(ours: Ours, days: readonly FixtureDay[], upserts: Upserts, copies: readonly Step[]): Step[] {
  const same = new Map(days.map((day) => [`${day.experienceId} ${day.date}`, day]));
  const changed = new Map(days.map((day) => [`${day.experienceId} ${day.date}`, afterBookings(day)]));
  const from = (answers: Map<string, FixtureDay>) => (key: { experienceId: number; date: string }) => {
    const day = answers.get(`${key.experienceId} ${key.date}`);
    if (!day) throw new Error(`no answer for ${key.experienceId} on ${key.date}`);
    return day;
  };
  const asItIs = (day: FixtureDay) => day;
  // Both ways to upsert share their tables: each goes through all three cases before the other begins.
  const upsertSteps = [false, true].flatMap((byDay) => {
    const name = byDay ? 'upserts by day' : 'upserts';
    return [
      upserts.empty(upserts.step(`${name}, first load`, asItIs, byDay)),
      upserts.step(`${name}, nothing changed`, asItIs, byDay),
      upserts.step(`${name}, all changed`, afterBookings, byDay),
    ];
  });
  return [
    ours.firstLoad('first load', from(same)),
    ...copies,
    ours.again('nothing changed', from(same), 'unchanged'),
    ours.again('all changed', from(changed), 'changed'),
    ours.withoutFeed('all changed, without the feed', from(same), 'changed'),
    ...upsertSteps,
    ours.claimAndRecord('claim + first load', from(same)),
  ];
}

function resultOf(runner: StepRunner, steps: readonly Step[], options: Options): BenchResult {
  const rates = runner.slotsPerSecond;
  const comparisons = Object.entries(LIMITS).flatMap(([name, limits]): Comparison[] =>
    limits.map((limit) => compare(name, rates.of(name), limit, rates.of(limit))),
  );
  const rows = steps.map(({ name, days }) => {
    const { median, least, most } = rates.spread(name);
    const statements = runner.statementsPerDay.spread(name).median;
    return {
      what: name,
      'days a run': days,
      'slots/s': median,
      least,
      most,
      'days/s': median / SLOTS_PER_DAY,
      'statements/day': statements,
    };
  });
  return {
    bench: 'record',
    notes: [
      `${options.experiences} experiences × ${options.recordDates} dates of ${SLOTS_PER_DAY} slots × 3 pax types, ${options.runs} runs after a warm-up run,`,
      `${AT_ONCE} days at once. Ours goes from the parsed answer (document and fingerprint are made within the time) to the commit.`,
      'COPY is one connection and one statement, its text made beforehand. "upserts": a statement per slot and per pax type, each',
      `with its price, each its own transaction; "by day": one transaction a day; both get ${options.upsertDays} days.`,
      'PostgreSQL is durable (fsync on); statements are counted by its pg_stat_statements.',
    ],
    unit: 'slots/s',
    comparisons,
    details: [{ title: 'All contenders', rows }],
  };
}
