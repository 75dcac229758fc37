export { NewWebhook, ReplayRequest, RotateRequest, WebhookChange } from './webhook-request.js';
export { WebhookAttempts } from './webhook-attempts.js';
export { Webhooks } from './webhooks.js';
export { WebhooksModule } from './webhooks.module.js';
export { WEBHOOK_STATES } from './webhook.shape.js';
