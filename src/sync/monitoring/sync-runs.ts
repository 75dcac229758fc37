import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Clock } from '../../time/index.js';
import type { Outcome } from '../fetch/day-refresher.js';
import { Instance } from '../fetch/instance.js';

/** What a pass did. */
export interface RunEntry {
  readonly id: bigint;
  readonly instance: string;
  readonly startedAt: Date;
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
  readonly counts: Record<'requested' | 'changed' | 'unchanged' | 'failed' | 'refused', number>;
  /** Requests since the last flush. */
  news: number;
}

const RUN_MS = 60_000;
const DAY_MS = 86_400_000;
const COUNTED_AS: Readonly<Record<Outcome, 'changed' | 'unchanged' | 'failed' | 'refused' | undefined>> = {
  changed: 'changed',
  unchanged: 'unchanged',
  failed: 'failed',
  refused: 'refused',
  unconfirmed: undefined,
  superseded: undefined,
};

/** The record of passes: what one instance did within a minute, or until it had nothing to do. The only writer of its table. */
@Injectable()
export class SyncRuns {
  private open: OpenRun | undefined;

  constructor(
    private readonly prisma: PrismaService,
    private readonly instance: Instance,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  note(outcome: Outcome): void {
    this.open ??= {
      id: undefined,
      startedAt: this.clock.now(),
      counts: { requested: 0, changed: 0, unchanged: 0, failed: 0, refused: 0 },
      news: 0,
    };
    this.open.counts.requested++;
    this.open.news++;
    const counted = COUNTED_AS[outcome];
    if (counted) this.open.counts[counted]++;
  }

  /** Stores what was noted. A run ends after a minute, or when nothing happened since the last flush. */
  async flush(end = false): Promise<void> {
    const run = this.open;
    if (!run) return;
    const now = this.clock.now();
    const over = end || run.news === 0 || now.getTime() - run.startedAt.getTime() >= RUN_MS;
    if (over) this.open = undefined;
    run.news = 0;
    const data = { ...run.counts, finishedAt: over ? now : null };
    if (run.id !== undefined) await this.prisma.syncRun.update({ where: { id: run.id }, data });
    else {
      const { startedAt } = run;
      const row = await this.prisma.syncRun.create({ data: { ...data, startedAt, instance: this.instance.id } });
      run.id = row.id;
    }
  }

  /** Newest first, those before the run `before`. */
  list(before: bigint | undefined, limit: number): Promise<RunEntry[]> {
    const where = before === undefined ? {} : { id: { lt: before } };
    return this.prisma.syncRun.findMany({ where, orderBy: { id: 'desc' }, take: limit });
  }

  last(count: number): Promise<RunEntry[]> {
    return this.prisma.syncRun.findMany({ orderBy: { startedAt: 'desc' }, take: count });
  }

  /** Forgets the runs that are older than past days are kept, and at least a day. */
  async dropOld(): Promise<void> {
    const oldest = new Date(this.clock.now().getTime() - Math.max(1, this.settings.retentionDays) * DAY_MS);
    await this.prisma.syncRun.deleteMany({ where: { startedAt: { lt: oldest } } });
  }
}
