import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { ChangeFeed } from '../changes/index.js';
import { processName } from '../config/index.js';
import { Clock, Every, LoggedLately } from '../time/index.js';
import { DeliveryLog } from './delivery-log.js';
import { HostLimit } from './host-limit.js';
import { WebhookClient } from './webhook-client.js';
import { pause } from './pause.js';
import { WebhookAttempts } from './webhook-attempts.js';
import type { SenderParts } from './sender-parts.js';
import { WebhookSender } from './webhook-sender.js';
import { Webhooks } from './webhooks.js';

const LEASE_MS = 30_000;
/** How many webhooks one process takes at a time, so that others get some too. */
const MOST_CLAIMED = 50;
/** How long attempts may go on when the process stops. The next one sends again what was not finished. */
const STOP_MS = 3_000;

interface Running {
  readonly sender: WebhookSender;
  readonly done: Promise<void>;
}

/** Leases webhooks for this process, and sends to each by a sender of its own. A process that is killed loses its leases. */
@Injectable()
export class WebhookSenders implements BeforeApplicationShutdown {
  private readonly by = processName();
  private readonly running = new Map<string, Running>();
  private readonly parts: SenderParts;
  private stopped = false;

  constructor(
    private readonly webhooks: Webhooks,
    private readonly clock: Clock,
    feed: ChangeFeed,
    log: DeliveryLog,
    client: WebhookClient,
    attempts: WebhookAttempts,
  ) {
    const parts = { feed, webhooks, log, client, attempts, clock, by: this.by };
    this.parts = { ...parts, hosts: new HostLimit(), lately: new LoggedLately(), random: Math.random };
  }

  /** Takes webhooks that nobody sends to: new ones, and those of processes that are gone. */
  @Every({ periods: ['1s'], what: 'taking webhooks' })
  async claim(): Promise<void> {
    if (this.stopped) return;
    const until = this.leaseEnd();
    for (const webhook of await this.webhooks.claim(this.by, until, MOST_CLAIMED)) {
      if (this.running.has(webhook.id)) continue;
      const sender = new WebhookSender(webhook, until, this.parts);
      const done = sender.run().finally(() => this.running.delete(webhook.id));
      this.running.set(webhook.id, {
        sender,
        done: done.then(() => this.webhooks.release(this.by, [webhook.id])).catch(() => undefined),
      });
    }
  }

  /** Keeps the leases, and ends what sends by settings that have changed. */
  @Every({ periods: ['5s'], what: 'keeping the leases of webhooks' })
  async renew(): Promise<void> {
    const senders = [...this.running.values()].map(({ sender }) => sender);
    const until = this.leaseEnd();
    const held = await this.webhooks.renew(
      this.by,
      until,
      senders.map(({ progress }) => progress),
    );
    for (const sender of senders) {
      if (held.has(sender.progress.id)) sender.extendLease(until);
      else sender.stop();
    }
  }

  /** A webhook was added. It is stored, so a failure here only means that it is taken with the next look. */
  async added(): Promise<void> {
    await this.claim().catch(() => undefined);
  }

  /** A webhook was changed: this process goes by it at once, others within seconds. It is stored, as one that was added. */
  async changed(id: string): Promise<void> {
    await this.renew().catch(() => undefined);
    // Not for longer: an attempt may be under way.
    await Promise.race([this.running.get(id)?.done, pause(500)]);
    await this.added();
  }

  /** While the database is still there. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    const all = [...this.running.values()];
    for (const { sender } of all) sender.stop();
    await Promise.race([Promise.all(all.map(({ done }) => done)), pause(STOP_MS)]);
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MS);
  }
}
