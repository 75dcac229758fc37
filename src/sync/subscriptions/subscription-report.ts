import { stateOf } from './subscription.js';
import type { NotificationReport, NotificationState } from './subscription.shape.js';
import type { StoredSubscription } from './subscription-rows.js';

export interface SubscriptionFacts {
  /** The API has subscriptions. */
  readonly supported: boolean;
  readonly publicUrl: string | null;
  /** The address for notifications has a secret, so it takes some. */
  readonly hasSecret: boolean;
  readonly known: StoredSubscription;
}

const BY_HAND = 'Notifications come only if the supplier was given the address by hand.';

/** Whether a supplier sends notifications, and what to do if it does not. */
export function subscriptionReport({ supported, publicUrl, hasSecret, known }: SubscriptionFacts): NotificationReport {
  const lastHintAt = known.hintedAt?.toISOString() ?? null;
  const fixed = (state: NotificationState, text: string): NotificationReport => ({
    ...{ state, since: null, text, error: null, lastHintAt },
  });
  if (!hasSecret)
    return fixed('off', 'No notifications are taken: set notificationSecret, and PUBLIC_URL to subscribe.');
  if (!supported) return fixed('unsupported', `This API has no subscriptions. ${BY_HAND}`);
  if (publicUrl === null) return fixed('off', `PUBLIC_URL is not set, so nothing is subscribed to. ${BY_HAND}`);
  const state = stateOf(known);
  const since = known.since?.toISOString() ?? null;
  return { state, since, text: TEXTS[state], error: known.error, lastHintAt };
}

const TEXTS: Readonly<Record<ReturnType<typeof stateOf>, string>> = {
  subscribed: 'The supplier sends notifications. They say which days are fetched first.',
  pending: 'The subscription is under way: the next requests of the budget are for it.',
  failing:
    'The subscription could not be set up or checked; it is tried again within the hour. Read the error; ask the supplier ' +
    'whether the key may subscribe. Days are fetched as without notifications.',
  not_offered: 'The supplier offers no notifications. It is asked again every day.',
};
