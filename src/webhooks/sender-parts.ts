import type { ChangeFeed } from '../changes/index.js';
import type { Clock, LoggedLately } from '../time/index.js';
import type { DeliveryLog } from './delivery-log.js';
import type { HostLimit } from './host-limit.js';
import type { WebhookAttempts } from './webhook-attempts.js';
import type { WebhookClient } from './webhook-client.js';
import type { Webhooks } from './webhooks.js';

/** What all senders of a process share. */
export interface SenderParts {
  readonly feed: Pick<ChangeFeed, 'begin' | 'next' | 'read'>;
  readonly webhooks: Pick<Webhooks, 'delivered' | 'failed' | 'moveOn' | 'end'>;
  readonly log: Pick<DeliveryLog, 'add' | 'lastFrom'>;
  readonly client: Pick<WebhookClient, 'send'>;
  readonly hosts: HostLimit;
  readonly attempts: Pick<WebhookAttempts, 'add'>;
  readonly clock: Clock;
  /** The same failure of the database meets all webhooks: it is logged for one of them. */
  readonly lately: Pick<LoggedLately, 'isNew'>;
  readonly random: () => number;
  /** The process in its leases. */
  readonly by: string;
}
