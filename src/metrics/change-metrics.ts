import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { ChangeReader, ChangeStreams, ChangeTail } from '../changes/index.js';
import { MetricsRegistry } from './metrics-registry.js';

/** Who follows the change feed, and whether it is held up. */
@Injectable()
export class ChangeMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: MetricsRegistry,
    private readonly reader: ChangeReader,
    private readonly tail: ChangeTail,
    private readonly streams: ChangeStreams,
  ) {}

  onModuleInit(): void {
    this.gauge('slotmirror_change_streams', 'Open streams of changes', () => this.streams.open);
    this.gauge(
      'slotmirror_change_waiters',
      'Readers that wait for the next change, streams included',
      () => this.tail.waiting,
    );
    this.gauge(
      'slotmirror_change_lag_seconds',
      'How long committed changes have waited for an older transaction that is still open; 0: none waits',
      () => this.reader.lagSeconds,
    );
  }

  private gauge(name: string, help: string, value: () => number): void {
    const registers = [this.metrics.registry];
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(value());
      },
    });
  }
}
