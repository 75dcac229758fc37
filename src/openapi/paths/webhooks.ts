import { NewWebhook, ReplayRequest, RotateRequest, WebhookChange } from '../../webhooks/index.js';
import * as shape from '../../webhooks/webhook.shape.js';
import type { Answer, Paths } from '../operation.js';
import { cursor, limit, type Parameter } from '../parameters.js';

const TAG = 'Changes';
const id: Parameter = { name: 'id', in: 'path', schema: shape.webhookId, example: true };
const ONE = { tag: TAG, admin: true, parameters: [id], problems: ['WEBHOOK_NOT_FOUND'] } as const;
const SHOWN: Answer = { description: 'The webhook', schema: shape.webhook };
const WITH_SECRET = { description: 'The webhook, with its new secret', schema: shape.webhookWithSecret };

/** Who is called when something changed. */
export const WEBHOOKS: Paths = {
  '/api/v1/webhook': {
    get: {
      ...{ id: 'listWebhooks', tag: TAG, summary: 'Who is called when something changes', admin: true },
      answers: [{ description: 'All of them', schema: shape.webhookList }],
    },
    post: {
      ...{ id: 'addWebhook', tag: TAG, summary: 'Send changes to a URL', admin: true },
      description:
        `Each message is a POST of a \`${shape.message.name}\`, signed as Standard Webhooks says (webhook-id, webhook-timestamp, ` +
        'webhook-signature). Any 2xx within 10 seconds takes it. Anything else is tried again, for three days, with pauses from a ' +
        'second to four hours. Messages arrive at least once; the versions of a day arrive in order. 410 disables the webhook. ' +
        'Redirects are not followed.',
      body: NewWebhook,
      answers: [{ ...WITH_SECRET, status: 201 }],
      problems: ['CURSOR_EXPIRED'],
    },
  },
  '/api/v1/webhook/{id}': {
    get: {
      ...{ ...ONE, id: 'getWebhook', summary: 'A webhook, and what it has not received yet' },
      answers: [{ description: 'The webhook', schema: shape.webhookWithBacklog }],
      problems: ['WEBHOOK_NOT_FOUND', 'CURSOR_EXPIRED'],
    },
    patch: {
      ...{ ...ONE, id: 'changeWebhook', summary: 'Change what is named, and nothing else' },
      body: WebhookChange,
      answers: [SHOWN],
    },
    delete: {
      ...{ ...ONE, id: 'removeWebhook', summary: 'Remove a webhook and its log' },
      answers: [{ status: 204, description: 'It is gone' }],
    },
  },
  '/api/v1/webhook/{id}/pause': {
    post: { ...ONE, id: 'pauseWebhook', summary: 'Send it nothing until it is resumed', answers: [SHOWN] },
  },
  '/api/v1/webhook/{id}/resume': {
    post: { ...ONE, id: 'resumeWebhook', summary: 'Go on where it was, also after it failed', answers: [SHOWN] },
  },
  '/api/v1/webhook/{id}/replay': {
    post: {
      ...{ ...ONE, id: 'replayWebhook', summary: 'Go on from another place of the change feed' },
      description:
        'Also resumes it. With the `fromCursor` of a delivery its receiver gets it and all later ones again.',
      body: ReplayRequest,
      answers: [SHOWN],
      problems: ['WEBHOOK_NOT_FOUND', 'CURSOR_EXPIRED'],
    },
  },
  '/api/v1/webhook/{id}/rotate': {
    post: {
      ...{ ...ONE, id: 'rotateWebhookSecret', summary: 'Make a new secret; the old one also signs for a while' },
      body: RotateRequest,
      answers: [WITH_SECRET],
    },
  },
  '/api/v1/webhook/{id}/test': {
    post: {
      ...{ ...ONE, id: 'testWebhook', summary: 'Send a message without changes now' },
      answers: [{ description: 'How it went', schema: shape.delivery }],
    },
  },
  '/api/v1/webhook/{id}/deliveries': {
    get: {
      ...{ ...ONE, id: 'listWebhookDeliveries', summary: 'What was sent in the last week, newest first' },
      parameters: [id, limit(shape.DELIVERIES_LIMIT), cursor],
      answers: [{ description: 'Each attempt', schema: shape.deliveryPage }],
    },
  },
};
