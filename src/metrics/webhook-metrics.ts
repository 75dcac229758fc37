import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { WEBHOOK_STATES, WebhookAttempts, Webhooks } from '../webhooks/index.js';
import { MetricsRegistry } from './metrics-registry.js';

/** How the webhooks are, and what this process has sent. */
@Injectable()
export class WebhookMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: MetricsRegistry,
    private readonly webhooks: Webhooks,
    private readonly attempts: WebhookAttempts,
  ) {}

  onModuleInit(): void {
    const registers = [this.metrics.registry];
    const { webhooks, attempts } = this;
    new Gauge({
      ...{ name: 'slotmirror_webhooks', help: 'Webhooks by state', labelNames: ['state'], registers },
      async collect() {
        this.reset();
        // While the database is out of reach it is not known.
        const counts = await webhooks.counts().catch(() => null);
        if (counts) for (const state of WEBHOOK_STATES) this.set({ state }, counts[state]);
      },
    });
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
