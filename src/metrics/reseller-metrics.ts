import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import { ResellerLimit } from '../octo/index.js';
import { MetricsRegistry } from './metrics-registry.js';

/** What each reseller has asked of this process by OCTO. */
@Injectable()
export class ResellerMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: MetricsRegistry,
    private readonly limit: ResellerLimit,
  ) {}

  onModuleInit(): void {
    const registers = [this.metrics.registry];
    const { limit } = this;
    new Counter({
      ...{ name: 'slotmirror_octo_requests_total', help: 'OCTO requests with a valid key, by reseller' },
      ...{ labelNames: ['reseller', 'outcome'], registers },
      collect() {
        this.reset();
        for (const { reseller, taken, refused } of limit.counts()) {
          this.inc({ reseller, outcome: 'taken' }, taken);
          this.inc({ reseller, outcome: 'over_limit' }, refused);
        }
      },
    });
  }
}
