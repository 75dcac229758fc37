import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { ServerSettings } from '../config/index.js';
import { Clock } from '../time/index.js';
import { DeliveryLog } from './delivery-log.js';
import { ResellerSubscriptions } from './reseller-subscriptions.js';
import { WebhookClient } from './webhook-client.js';
import { WebhookAttempts } from './webhook-attempts.js';
import { WebhookSenders } from './webhook-senders.js';
import { WebhookController } from './webhook.controller.js';
import { Webhooks } from './webhooks.js';

@Module({
  imports: [ChangesModule],
  controllers: [WebhookController],
  providers: [
    Webhooks,
    DeliveryLog,
    WebhookAttempts,
    WebhookSenders,
    ResellerSubscriptions,
    {
      provide: WebhookClient,
      inject: [ServerSettings, Clock],
      useFactory: ({ webhookNetworks }: ServerSettings, clock: Clock) => new WebhookClient(webhookNetworks, clock),
    },
  ],
  exports: [Webhooks, WebhookAttempts, ResellerSubscriptions],
})
export class WebhooksModule {}
