import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { AccuracyReports } from '../sync/index.js';
import { Clock } from '../time/index.js';
import { MetricsRegistry } from './metrics-registry.js';

/** However often it is scraped, the database is asked no more often than this. */
const KEPT_MS = 30_000;
const SHARES = ['measured', 'lower', 'upper', 'certain', 'expected'] as const;

/** How many reads saw the truth: the same from every replica. */
@Injectable()
export class AccuracyGauges {
  private readonly share: Gauge;
  private readonly audited: Gauge;
  private readonly reads: Gauge;
  private until = 0;

  constructor(
    private readonly reports: AccuracyReports,
    private readonly clock: Clock,
    { registry }: MetricsRegistry,
  ) {
    clock.onSet(() => (this.until = 0));
    const gauge = (name: string, help: string, ...labelNames: string[]) =>
      new Gauge({ name, help, labelNames, registers: [registry] });
    this.share = gauge(
      'slotmirror_read_accuracy',
      'Share of the reads of the last two clock hours that saw the truth: measured, with its bounds, and as the rates expect',
      'supplier',
      'figure',
    );
    this.audited = gauge(
      'slotmirror_audited_accuracy',
      'Share of the days drawn at random in the last day that were as mirrored, with its bounds',
      'supplier',
      'figure',
    );
    this.reads = gauge('slotmirror_judged_reads', 'Reads of the last two clock hours that were judged', 'supplier');
  }

  /** Resolves when they are as of the last half minute. Absent while the database does not answer. */
  async refresh(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now < this.until) return;
    this.until = now + KEPT_MS;
    try {
      const [hour, day] = await Promise.all([this.reports.suppliers('hour'), this.reports.suppliers('day')]);
      this.clear();
      for (const { supplier, reads, ...figures } of hour) {
        this.reads.set({ supplier }, reads);
        for (const figure of SHARES) {
          const share = figures[figure];
          if (share !== null) this.share.set({ supplier, figure }, share);
        }
      }
      for (const { supplier, audited } of day) {
        if (!audited) continue;
        const { share, lower, upper } = audited;
        for (const [figure, value] of Object.entries({ share, lower, upper }))
          this.audited.set({ supplier, figure }, value);
      }
    } catch {
      this.clear();
    }
  }

  private clear(): void {
    for (const gauge of [this.share, this.audited, this.reads]) gauge.reset();
  }
}
