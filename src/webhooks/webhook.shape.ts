import { CHANGE_KINDS, change } from '../changes/change.shape.js';
import * as s from '../schema/index.js';

export const WEBHOOK_STATES = ['active', 'paused', 'failing', 'disabled'] as const;
export const DELIVERIES_LIMIT = { most: 500, usual: 50 } as const;

const ID = '0d6f4dd0-54a3-4f0c-9f3c-0f6c1e0f7a51';
const CURSOR = 'OWYzYTJjMWIuNDcxMS45OQ';
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';
export const webhookId = s.text(undefined, ID);

const members = {
  id: s.text('UUID', ID),
  url: s.text(undefined, 'https://shop.example/slotmirror'),
  description: s.orNull(s.text(), undefined, 'the shop’s cache'),
  experiences: s.list(s.experienceId(), 'Changes of these only; empty: of all', [14, 15]),
  kinds: s.list(s.oneOf(CHANGE_KINDS), 'Changes of these kinds only; empty: of all', ['sold_out', 'back_in_stock']),
  leadDays: s.orNull(s.count(), 'Only dates at most so many days ahead; null: all', 30),
  delaySeconds: s.number('How long changes are collected. The changes of a day then become one', 5),
  batchSize: s.integer('How many changes one message has at most', 100),
  state: s.oneOf(
    WEBHOOK_STATES,
    '`failing`: no message was taken for three days, or its place in the feed is lost; `reason` says which, and nothing is sent until it is resumed or replayed. `disabled`: the receiver answered 410',
  ),
  since: s.instant('When this state began'),
  reason: s.orNull(s.text(), 'Why it is failing or disabled, and what to do'),
  cursor: s.text('In the change feed: all before it was delivered, or is not for this webhook', CURSOR),
  attempts: s.count('How often the present message has failed', 0),
  firstFailedAt: s.orNull(s.instant(), 'When it failed first'),
  nextAttemptAt: s.orNull(s.instant(), 'When it is tried again'),
  lastError: s.orNull(s.text(), 'Of the last attempt; null: it was taken'),
  lastDeliveredAt: s.orNull(s.instant(), undefined, (day) => day.at(-1)),
  previousSecretUntil: s.orNull(s.instant(), 'Until then the previous secret also signs'),
  createdAt: s.instant(),
  createdBy: s.text('The name of the admin key', 'alice'),
  reseller: s.orNull(s.text(), 'Who subscribed by OCTO, and is sent OCTO’s messages; null: an admin added it'),
};

export const webhook = s.named('Webhook', s.object(members));

const secret = s.text('Signs the messages. Shown only here', SECRET);
export const webhookWithSecret = s.named('WebhookWithSecret', s.object({ ...members, secret }));

export const webhookWithBacklog = s.named(
  'WebhookWithBacklog',
  s.object({
    ...members,
    backlog: s.orNull(
      s.object({
        changes: s.count('Not delivered yet, of its experiences', 0),
        more: s.flag('There are more than were counted'),
        oldestAt: s.orNull(s.instant(), 'When the oldest of them was recorded; null: there is none'),
      }),
      'What waits; null: its place in the change feed has expired, so replay it from `oldest` or `now`',
      { changes: 0, more: false, oldestAt: null },
    ),
  }),
);

export const webhookList = s.named('WebhookList', s.object({ webhooks: s.list(webhookWithBacklog, 'Oldest first') }));

export const delivery = s.named(
  'WebhookDelivery',
  s.object({
    id: s.text(undefined, '12'),
    messageId: s.text('The `webhook-id` header: the same for each attempt', 'msg_Vd2bTzkq0n6RVjDq0W3xk1yQm7A'),
    at: s.instant('When the attempt ended'),
    attempt: s.integer('1: the first', 1),
    test: s.flag('It was a test', false),
    changes: s.count('How many changes the message had', 3),
    fromCursor: s.orNull(s.text(), 'Replay from here to get it again; null: a test', CURSOR),
    status: s.orNull(s.integer(), 'Of the response; null: there was none', 204),
    error: s.orNull(s.text(), 'Why it was not taken; null: it was'),
    durationMs: s.count(undefined, 38),
  }),
);

export const deliveryPage = s.named(
  'WebhookDeliveryList',
  s.object({ deliveries: s.list(delivery, 'Newest first'), nextCursor: s.nextCursor }),
);

/** The body of a message that is sent. */
export const message = s.named(
  'WebhookMessage',
  s.object({
    type: s.oneOf(['availability.changed']),
    timestamp: s.instant('Of its last change'),
    data: s.object({
      changes: s.list(change),
      nextCursor: s.text('Where the change feed goes on', CURSOR),
    }),
  }),
);

export type WebhookReport = s.TypeOf<typeof webhook>;
export type WebhookList = s.TypeOf<typeof webhookList>;
export type WebhookWithSecret = s.TypeOf<typeof webhookWithSecret>;
export type WebhookWithBacklog = s.TypeOf<typeof webhookWithBacklog>;
export type DeliveryReport = s.TypeOf<typeof delivery>;
export type DeliveryPage = s.TypeOf<typeof deliveryPage>;
