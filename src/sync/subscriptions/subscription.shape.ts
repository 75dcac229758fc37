import * as s from '../../schema/index.js';

/**
 * - `subscribed`: the supplier sends notifications to us
 * - `pending`: it is being subscribed to
 * - `failing`: the last request for the subscription failed; it is sent again
 * - `not_offered`: the supplier sends no notifications
 * - `off`: PUBLIC_URL or the secret of the address is not set
 * - `unsupported`: the API has no subscriptions
 */
export const NOTIFICATION_STATES = ['subscribed', 'pending', 'failing', 'not_offered', 'off', 'unsupported'] as const;

export const notifications = s.named(
  'Notifications',
  s.object({
    state: s.oneOf(NOTIFICATION_STATES, undefined, 'unsupported'),
    since: s.orNull(s.instant(), 'When this state began; null: at the start'),
    text: s.text(
      'The same in a sentence, and what to do',
      'This API has no subscriptions. Notifications come only if the supplier was given the address by hand.',
    ),
    error: s.orNull(s.text(), 'Why the last request for the subscription failed; null: it did not'),
    lastHintAt: s.orNull(s.instant(), 'When the last notification came, to within 5 s; null: none came'),
  }),
);

export type NotificationReport = s.TypeOf<typeof notifications>;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];
