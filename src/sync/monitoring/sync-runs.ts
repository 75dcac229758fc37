import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { ResponseCache } from '../../http/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Clock, Every } from '../../time/index.js';
import type { Outcome } from '../fetch/day-refresher.js';
import { FetchEvents } from '../fetch/fetch-events.js';
import { Instance } from '../fetch/instance.js';
import { MirrorMeasure, type MirrorFigures } from './mirror-measure.js';

/** The work of one instance within a clock minute, or until it had nothing to do. */
export interface RunEntry {
  readonly id: bigint;
  readonly instance: string;
  readonly startedAt: Date;
  /** Null: it is running, or its process was killed. */
  readonly finishedAt: Date | null;
  readonly requested: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly refused: number;
}

interface OpenRun {
  id: bigint | undefined;
  readonly startedAt: Date;
  readonly counts: Record<'requested' | 'changed' | 'unchanged' | 'failed' | 'refused' | 'reads' | 'hits', number>;
  ages: MirrorFigures | undefined;
  /** Something was noted since the last flush. */
  active: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The largest id that PostgreSQL knows. */
const BEHIND_ALL = 9_223_372_036_854_775_807n;
const COUNTED_AS: Readonly<Record<Outcome, 'changed' | 'unchanged' | 'failed' | 'refused' | undefined>> = {
  changed: 'changed',
  unchanged: 'unchanged',
  failed: 'failed',
  refused: 'refused',
  unconfirmed: undefined,
  superseded: undefined,
  released: undefined,
};

/** The record of sync runs, for the status and the charts. The only writer of its table. */
@Injectable()
export class SyncRuns {
  private open: OpenRun | undefined;
  private counted = { hits: 0, misses: 0 };
  private storing = Promise.resolve();

  constructor(
    private readonly prisma: PrismaService,
    private readonly instance: Instance,
    private readonly mirror: MirrorMeasure,
    private readonly cache: ResponseCache,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
    events: FetchEvents,
  ) {
    events.onFetched(({ days }) => {
      this.note(days.map(({ outcome }) => outcome));
    });
  }

  /** Stores the noted figures. A run ends with its clock minute, or if nothing was noted since the last flush. */
  @Every({ periods: ['5s'], what: 'storing the runs' })
  flush(): Promise<void> {
    return this.store(false);
  }

  @Every({ periods: ['end'], what: 'storing the last run' })
  end(): Promise<void> {
    return this.store(true);
  }

  /** Measures how fresh the mirror is, in one replica once a minute. */
  @Every({ periods: ['1m'], what: 'measuring' })
  async measure(): Promise<void> {
    const now = this.clock.now();
    const since = new Date(minuteOf(now));
    const measured = await this.prisma.syncRun.count({
      where: { startedAt: { gte: since }, freshDays: { not: null } },
    });
    if (measured > 0) return;
    this.current().ages = await this.mirror.read();
    await this.flush();
  }

  /** Runs before the run `before`, newest first. Anybody may ask, so it takes no more connections than reports have. */
  list(before: bigint | undefined, limit: number): Promise<RunEntry[]> {
    return this.prisma.reports.$queryRaw<RunEntry[]>`
      SELECT id, instance, started_at AS "startedAt", finished_at AS "finishedAt", requested, changed, unchanged, failed, refused
      FROM sync_run WHERE requested > 0 AND id < ${before ?? BEHIND_ALL} ORDER BY id DESC LIMIT ${limit}`;
  }

  last(count: number): Promise<RunEntry[]> {
    return this.prisma.reports.$queryRaw<RunEntry[]>`
      SELECT id, instance, started_at AS "startedAt", finished_at AS "finishedAt", requested, changed, unchanged, failed, refused
      FROM sync_run WHERE requested > 0 ORDER BY started_at DESC LIMIT ${count}`;
  }

  /** Deletes runs older than the retention of past days. At least one day is kept, which the charts show. */
  @Every({ periods: ['1m'], what: 'deleting old runs' })
  async dropOld(): Promise<void> {
    const oldest = new Date(this.clock.now().getTime() - Math.max(1, this.settings.retentionDays) * DAY_MS);
    await this.prisma.syncRun.deleteMany({ where: { startedAt: { lt: oldest } } });
  }

  /** One after the other, or two would insert the same run. */
  private store(end: boolean): Promise<void> {
    this.storing = this.storing.catch(() => undefined).then(() => this.storeNow(end));
    return this.storing;
  }

  private async storeNow(end: boolean): Promise<void> {
    this.noteReads();
    const run = this.open;
    if (!run) return;
    const now = this.clock.now();
    const over = end || !run.active || minuteOf(now) > minuteOf(run.startedAt);
    if (over) this.open = undefined;
    run.active = false;
    try {
      await this.write(run, over ? now : null);
    } catch (error) {
      this.goOnWith(run);
      throw error;
    }
  }

  /** It could not be stored: what was noted since is added to it. */
  private goOnWith(run: OpenRun): void {
    const { open: since } = this;
    if (since && since !== run) {
      for (const [name, count] of Object.entries(since.counts)) run.counts[name as keyof OpenRun['counts']] += count;
    }
    run.active = true;
    this.open = run;
  }

  private async write(run: OpenRun, finishedAt: Date | null): Promise<void> {
    const { days, fresh: freshDays, p50Seconds: ageP50Seconds, p95Seconds: ageP95Seconds } = run.ages ?? NO_AGES;
    const data = { ...run.counts, days, freshDays, ageP50Seconds, ageP95Seconds, finishedAt };
    if (run.id !== undefined) await this.prisma.syncRun.update({ where: { id: run.id }, data });
    else {
      const { startedAt } = run;
      const row = await this.prisma.syncRun.create({ data: { ...data, startedAt, instance: this.instance.id } });
      run.id = row.id;
    }
  }

  /** @param outcomes of the days of one request */
  private note(outcomes: readonly Outcome[]): void {
    const { counts } = this.current();
    counts.requested++;
    for (const outcome of outcomes) {
      const counted = COUNTED_AS[outcome];
      if (counted) counts[counted]++;
    }
  }

  private noteReads(): void {
    const { hits, misses } = this.cache.counts;
    const before = this.counted;
    if (hits === before.hits && misses === before.misses) return;
    this.counted = { hits, misses };
    const { counts } = this.current();
    counts.hits += hits - before.hits;
    counts.reads += hits - before.hits + misses - before.misses;
  }

  /** The open run, begun if necessary. */
  private current(): OpenRun {
    this.open ??= {
      ...{ id: undefined, startedAt: this.clock.now(), ages: undefined, active: true },
      counts: { requested: 0, changed: 0, unchanged: 0, failed: 0, refused: 0, reads: 0, hits: 0 },
    };
    this.open.active = true;
    return this.open;
  }
}

const NO_AGES = { days: null, fresh: null, p50Seconds: null, p95Seconds: null };

function minuteOf(instant: Date): number {
  return Math.floor(instant.getTime() / MINUTE_MS) * MINUTE_MS;
}
