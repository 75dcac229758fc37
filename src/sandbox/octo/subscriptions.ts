import { OctoError } from './octo-error.js';
import { dateless, type Plan } from './plan.js';
import { newSubscription, subscriptionFields, type SubscriptionFields } from './subscription-body.js';

export interface Subscription extends SubscriptionFields {
  id: string;
}

/** Who wants notifications. They are kept as long as the sandbox runs. */
export class Subscriptions {
  private readonly byId = new Map<string, Subscription>();
  private made = 0;

  /** `anywhere`: also other machines than this one are called. */
  constructor(private readonly anywhere: boolean) {}

  list(): Subscription[] {
    return [...this.byId.values()];
  }

  add(body: unknown): Plan {
    const fields = newSubscription(body, this.anywhere);
    return dateless(() => {
      this.made += 1;
      return this.keep({ id: `subscription-${this.made}`, ...fields });
    });
  }

  all(): Plan {
    return dateless(() => this.list());
  }

  one(id: string): Plan {
    const found = this.get(id);
    return dateless(() => found);
  }

  change(id: string, body: unknown): Plan {
    const changed = { ...this.get(id), ...subscriptionFields(body, this.anywhere) };
    return dateless(() => this.keep(changed));
  }

  remove(id: string): Plan {
    this.get(id);
    return dateless(() => {
      this.byId.delete(id);
      return null;
    }, 204);
  }

  private get(id: string): Subscription {
    const found = this.byId.get(id);
    if (found !== undefined) return found;
    throw new OctoError('INVALID_SUBSCRIPTION_ID', 'There is no such subscription.', { subscriptionId: id });
  }

  private keep(subscription: Subscription): Subscription {
    this.byId.set(subscription.id, subscription);
    return subscription;
  }
}
