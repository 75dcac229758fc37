import { Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServerSettings } from '../config/index.js';
import {
  headerOf,
  inRequest,
  ReadProblems,
  requestIdOf,
  ResponseCache,
  type DirectRoutes,
  type PreparedResponse,
} from '../http/index.js';
import { fingerprintOf } from '../inventory/index.js';
import { Clock } from '../time/index.js';
import type { Reseller } from '../webhooks/index.js';
import { unknownProduct, productIdOf } from './availability-query.js';
import { AvailabilityReads, type KeyedQuery } from './availability-reads.js';
import { CAPABILITIES, OFFERED, spokenOf } from './capabilities.js';
import { octoErrorOf } from './octo-error.js';
import {
  isBelow,
  octoRoute,
  PREFIX,
  routeName,
  type AvailabilityRoute,
  type OctoRoute,
  type SubscriptionRoute,
} from './octo-route.js';
import { sendError, sendJson, sendNothing, sendPrepared, type OctoExchange } from './octo-sender.js';
import { ProductCatalogue } from './product-catalogue.js';
import { QueryKeys } from './query-keys.js';
import { bodyText } from './request-body.js';
import { ResellerKeys } from './reseller-keys.js';
import { ResellerLimit } from './reseller-limit.js';
import { SubscriptionAnswers } from './subscription-answers.js';
import { endpointOf, supplierBody } from './supplier-body.js';

/** All that lies below `/octo`: keys, limits, answers and errors, in OCTO’s words. */
@Injectable()
export class OctoApi implements DirectRoutes {
  private readonly queries = new QueryKeys();

  constructor(
    private readonly keys: ResellerKeys,
    private readonly limit: ResellerLimit,
    private readonly products: ProductCatalogue,
    private readonly reads: AvailabilityReads,
    private readonly subscriptions: SubscriptionAnswers,
    private readonly cache: ResponseCache,
    private readonly problems: ReadProblems,
    private readonly settings: ServerSettings,
    private readonly clock: Clock,
  ) {}

  /** The framework takes as long as the read, and has errors of its own: all is answered without it. */
  answers(request: IncomingMessage, response: ServerResponse): boolean {
    const { url = '', method = '' } = request;
    if (!isBelow(url)) return false;
    const now = this.clock.now();
    const id = requestIdOf(request);
    void this.answer(request, response, id, now).then((route) => {
      const status = response.statusCode;
      if (status < 400) return;
      this.problems.note({ method, url, id, route, status, elapsedMs: this.clock.now().getTime() - now.getTime() });
    });
    return true;
  }

  /** @param id of the request. @returns the route, as metrics name it */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    now = this.clock.now(),
  ): Promise<string> {
    const { method = '', url = '' } = request;
    const exchange = { request, response, echoed: ['x-request-id', id, ...envOf(request)] };
    let name = `${PREFIX}/*`;
    try {
      const reseller = this.keys.resellerOf(request);
      exchange.echoed.push(...this.limit.take(reseller, now));
      const { route, capabilities } = octoRoute(method, url);
      name = routeName(route);
      const spoken = spokenOf(headerOf(request, 'octo-capabilities') ?? capabilities);
      exchange.echoed.push(...spoken.header);
      if (route.of === 'availability') {
        const keyed = this.queries.of(route.kind, spoken, await bodyText(request));
        sendPrepared(exchange, this.kept(keyed) ?? (await this.reads.read(keyed)));
      } else if (route.of === 'subscriptions')
        await this.subscription(exchange, route, { name: reseller, requestId: id });
      else {
        exchange.echoed.push(...OFFERED);
        const body = JSON.stringify(await this.describe(route, spoken.pricing, request));
        await sendJson(exchange, body, fingerprintOf(body));
      }
    } catch (error) {
      sendError(
        exchange,
        inRequest(id, () => octoErrorOf(error, { method, url })),
      );
    }
    return name;
  }

  private kept({ mirrored, key }: KeyedQuery): PreparedResponse | undefined {
    // As of now: the body may have taken a while.
    return mirrored ? undefined : this.cache.find(key, this.clock.now());
  }

  private async subscription(exchange: OctoExchange, route: SubscriptionRoute, reseller: Reseller): Promise<void> {
    const hasBody = route.action === 'add' || route.action === 'change';
    const text = hasBody ? await bodyText(exchange.request) : '';
    const body = JSON.stringify(await this.subscriptions.answer(route, reseller, text)) as string | undefined;
    if (body === undefined) sendNothing(exchange);
    else await sendJson(exchange, body, fingerprintOf(body));
  }

  private async describe(
    route: Exclude<OctoRoute, AvailabilityRoute | SubscriptionRoute>,
    pricing: boolean,
    request: IncomingMessage,
  ): Promise<unknown> {
    if (route.of === 'capabilities') return CAPABILITIES;
    if (route.of === 'supplier') return supplierBody(endpointOf(request, this.settings.trustedProxies));
    if (route.of === 'products') return this.products.list(pricing);
    const id = productIdOf(route.id);
    const product = await this.products.find(id);
    if (!product) throw unknownProduct(route.id);
    return this.products.bodyOf(id, product, pricing);
  }
}

/** Raw header pairs. */
function envOf(request: IncomingMessage): string[] {
  const env = headerOf(request, 'octo-env');
  return env === 'test' || env === 'live' ? ['octo-env', env] : [];
}
