import { Injectable } from '@nestjs/common';
import { MOST_OF_RESELLER, ResellerSubscriptions, type Reseller } from '../webhooks/index.js';
import { badRequest, OctoError } from './octo-error.js';
import type { SubscriptionRoute } from './octo-route.js';
import { jsonOf } from './request-body.js';
import { namedSettings, newSubscription, subscriptionBody, type SubscriptionNeeds } from './subscription-body.js';

/** Answers what lies below `/notifications/subscriptions`. */
@Injectable()
export class SubscriptionAnswers {
  private readonly needs: SubscriptionNeeds;

  constructor(private readonly subscriptions: ResellerSubscriptions) {
    this.needs = { urlProblem: (url) => subscriptions.urlProblem(url) };
  }

  /** @returns the body; undefined: none. @throws OctoError */
  async answer(route: SubscriptionRoute, reseller: Reseller, text: string): Promise<unknown> {
    switch (route.action) {
      case 'list':
        return (await this.subscriptions.list(reseller)).map(subscriptionBody);
      case 'add': {
        const added = await this.subscriptions.add(reseller, newSubscription(jsonOf(text), this.needs));
        if (!added) throw badRequest(`No more than ${MOST_OF_RESELLER} subscriptions. Delete one that is not needed.`);
        return subscriptionBody(added);
      }
      case 'read':
        return subscriptionBody((await this.subscriptions.find(reseller, route.id)) ?? unknown(route.id));
      case 'change': {
        const named = namedSettings(jsonOf(text), this.needs);
        const others = (await this.subscriptions.list(reseller)).filter(({ id }) => id !== route.id);
        if (others.some(({ url }) => url === named.url))
          throw badRequest('Another of your subscriptions has this URL.');
        return subscriptionBody((await this.subscriptions.change(reseller, route.id, named)) ?? unknown(route.id));
      }
      case 'remove':
        if (!(await this.subscriptions.remove(reseller, route.id))) unknown(route.id);
        return undefined;
    }
  }
}

function unknown(id: string): never {
  const message = 'There is no such subscription. GET /octo/notifications/subscriptions lists yours.';
  throw new OctoError('INVALID_SUBSCRIPTION_ID', message, { about: { subscriptionId: id.slice(0, 200) } });
}
