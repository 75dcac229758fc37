import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import { WebhookAttempts } from '../webhooks/index.js';
import { MetricsRegistry } from './metrics-registry.js';

/** What this process has sent to webhooks. */
@Injectable()
export class WebhookMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: MetricsRegistry,
    private readonly attempts: WebhookAttempts,
  ) {}

  onModuleInit(): void {
    const registers = [this.metrics.registry];
    const { attempts } = this;
    new Counter({
      ...{ name: 'slotmirror_webhook_attempts_total', help: 'Attempts to deliver a message to a webhook' },
      ...{ labelNames: ['outcome'], registers },
      collect() {
        this.reset();
        this.inc({ outcome: 'delivered' }, attempts.counts.delivered);
        this.inc({ outcome: 'failed' }, attempts.counts.failed);
      },
    });
  }
}
