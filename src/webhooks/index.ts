export { AVAILABILITY_UPDATE } from './octo-messages.js';
export {
  MOST_OF_RESELLER,
  ResellerSubscriptions,
  type Reseller,
  type SubscriptionSettings,
} from './reseller-subscriptions.js';
export { NewWebhook, ReplayRequest, RotateRequest, WebhookChange } from './webhook-request.js';
export { WebhookAttempts } from './webhook-attempts.js';
export { Webhooks } from './webhooks.js';
export { WebhooksModule } from './webhooks.module.js';
export { WEBHOOK_STATES } from './webhook.shape.js';
