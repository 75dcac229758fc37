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
import { CAPABILITIES, OFFERED, spokenOf, type Spoken } from './capabilities.js';
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
import { withBody } from './request-body.js';
import { ResellerKeys } from './reseller-keys.js';
import { ResellerLimit } from './reseller-limit.js';
import { SubscriptionAnswers } from './subscription-answers.js';
import { endpointOf, supplierBody } from './supplier-body.js';

/** The actions on subscriptions whose requests have a body. */
const BODIES: readonly string[] = ['add', 'change'] satisfies SubscriptionRoute['action'][];

/** What a request asks for, and who asks. */
interface AcceptedRequest {
  readonly route: OctoRoute;
  readonly spoken: Spoken;
  readonly reseller: Reseller;
}

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

  /** The framework takes as long as the read, and has errors of its own: all but preflight requests are answered without it. */
  answers(request: IncomingMessage, response: ServerResponse): boolean {
    const { url = '', method = '' } = request;
    if (!isBelow(url) || method === 'OPTIONS') return false;
    const now = this.clock.now();
    const id = requestIdOf(request);
    this.answer(request, response, id, now, (route) => {
      const status = response.statusCode;
      if (status < 400) return;
      this.problems.note({ method, url, id, route, status, elapsedMs: this.clock.now().getTime() - now.getTime() });
    });
    return true;
  }

  /**
   * @param id of the request
   * @param done called with the route, as metrics name it
   */
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    now = this.clock.now(),
    done: (route: string) => void = () => undefined,
  ): void {
    const { method = '', url = '' } = request;
    const exchange = { request, response, echoed: ['x-request-id', id, ...envOf(request)] };
    let name = `${PREFIX}/*`;
    const failed = (error: unknown) => {
      const described = inRequest(id, () => octoErrorOf(error, { method, url }));
      sendError(exchange, described);
      done(name);
    };
    try {
      const reseller = this.keys.resellerOf(request);
      exchange.echoed.push(...this.limit.take(reseller, now));
      const { route, capabilities } = octoRoute(method, url);
      name = routeName(route);
      const spoken = spokenOf(headerOf(request, 'octo-capabilities') ?? capabilities);
      exchange.echoed.push(...spoken.header, ...(isDescription(route) ? OFFERED : []));
      const asked = { route, spoken, reseller: { name: reseller, requestId: id } };
      const sent = () => {
        done(name);
      };
      const answered = (text: string) => {
        try {
          if (this.sendsKept(exchange, asked, text)) sent();
          else this.send(exchange, asked, text).then(sent, failed);
        } catch (error) {
          failed(error);
        }
      };
      if (hasBody(route)) withBody(request, answered, failed);
      else answered('');
    } catch (error) {
      failed(error);
    }
  }

  /** Sends what the cache has of a query that was read before. @returns false: it has nothing, and nothing was done */
  private sendsKept(exchange: OctoExchange, { route, spoken }: AcceptedRequest, text: string): boolean {
    if (route.of !== 'availability') return false;
    const keyed = this.queries.known(route.kind, spoken, text);
    const kept = keyed && this.kept(keyed);
    if (!kept) return false;
    sendPrepared(exchange, kept);
    return true;
  }

  private async send(
    exchange: OctoExchange,
    { route, spoken, reseller }: AcceptedRequest,
    text: string,
  ): Promise<void> {
    if (route.of === 'availability') {
      const keyed = this.queries.of(route.kind, spoken, text);
      sendPrepared(exchange, this.kept(keyed) ?? (await this.reads.read(keyed)));
    } else if (route.of === 'subscriptions') {
      const body = JSON.stringify(await this.subscriptions.answer(route, reseller, text)) as string | undefined;
      if (body === undefined) sendNothing(exchange);
      else await sendJson(exchange, body, fingerprintOf(body));
    } else {
      const body = JSON.stringify(await this.describe(route, spoken.pricing, exchange.request));
      await sendJson(exchange, body, fingerprintOf(body));
    }
  }

  private kept({ mirrored, key }: KeyedQuery): PreparedResponse | undefined {
    // As of now: the body may have taken a while.
    return mirrored ? undefined : this.cache.find(key, this.clock.now());
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

function isDescription({ of }: OctoRoute): boolean {
  return of !== 'availability' && of !== 'subscriptions';
}

function hasBody(route: OctoRoute): boolean {
  return route.of === 'availability' || (route.of === 'subscriptions' && BODIES.includes(route.action));
}

/** Raw header pairs. */
function envOf(request: IncomingMessage): string[] {
  const env = headerOf(request, 'octo-env');
  return env === 'test' || env === 'live' ? ['octo-env', env] : [];
}
