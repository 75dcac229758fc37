import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify';
import { deliver } from '../deliver.js';
import { availabilityPlan, calendarPlan } from './availability-plan.js';
import { productOf, type QueryRules } from './availability-query.js';
import { capabilitiesBody, PRICING, spokenCapabilities } from './capabilities.js';
import type { OctoAnswers } from './octo-answers.js';
import { badRequest } from './octo-error.js';
import { dateless, type Plan } from './plan.js';
import { productBody } from './product-body.js';
import type { Subscriptions } from './subscriptions.js';
import { supplierBody } from './supplier-body.js';

export interface OctoParts {
  rules: QueryRules;
  subscriptions: Subscriptions;
  answers: OctoAnswers;
}

interface Asked {
  /** Where the request came in: `http://127.0.0.1:4010/octo`. */
  root: string;
  /** The id that the path names. */
  id: string;
  body: unknown;
  withPricing: boolean;
}

type Route = readonly [method: HTTPMethods, path: string, plan: (asked: Asked) => Plan];

const PREFIX = '/octo';

function routes({ rules, subscriptions }: OctoParts): Route[] {
  const { truth } = rules;
  return [
    ['GET', '/supplier', ({ root }) => dateless(() => supplierBody(root))],
    ['GET', '/capabilities', () => dateless(capabilitiesBody)],
    [
      'GET',
      '/products',
      ({ withPricing }) => dateless(() => truth.products().map((each) => productBody(each, withPricing))),
    ],
    ['GET', '/products/:id', ({ id, withPricing }) => onePlan(productBody(productOf(id, truth), withPricing))],
    ['POST', '/availability', (asked) => availabilityPlan(asked, rules)],
    ['POST', '/availability/calendar', (asked) => calendarPlan(asked, rules)],
    ['GET', '/notifications/subscriptions', () => subscriptions.all()],
    ['POST', '/notifications/subscriptions', ({ body }) => subscriptions.add(body)],
    ['GET', '/notifications/subscriptions/:id', ({ id }) => subscriptions.one(id)],
    ['PATCH', '/notifications/subscriptions/:id', ({ id, body }) => subscriptions.change(id, body)],
    ['DELETE', '/notifications/subscriptions/:id', ({ id }) => subscriptions.remove(id)],
  ];
}

/** The OCTO API, below `/octo`. Its errors have OCTO's bodies, also those of the framework. */
export function addOctoRoutes(app: FastifyInstance, parts: OctoParts, stopped: AbortSignal): void {
  app.register(
    (octo, _options, done) => {
      octo.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
        if ((error.statusCode ?? 500) >= 500) throw error;
        return deliver({ waitMs: 0, answer: badRequest(error.message).answer() }, reply, stopped);
      });
      for (const [method, url, plan] of routes(parts)) {
        octo.route({
          method,
          url,
          handler: (request, reply) => {
            const capabilities = capabilitiesOf(request);
            const asked = askedBy(request, capabilities.includes(PRICING));
            const { authorization } = request.headers;
            const ask = {
              route: `${method} ${url}`,
              authorization,
              body: request.body,
              echoed: echoedOf(request, capabilities),
            };
            const pathId = url.startsWith('/products/') ? asked.id : undefined;
            return deliver(
              parts.answers.answer({ ...ask, pathId }, () => plan(asked)),
              reply,
              stopped,
            );
          },
        });
      }
      done();
    },
    { prefix: PREFIX },
  );
}

function onePlan(body: object): Plan {
  return dateless(() => body);
}

function askedBy({ protocol, host, params, body }: FastifyRequest, withPricing: boolean): Asked {
  const { id = '' } = params as { id?: string };
  return { root: `${protocol}://${host}${PREFIX}`, id, body, withPricing };
}

function capabilitiesOf({ headers, query }: FastifyRequest): string[] {
  return spokenCapabilities(headers['octo-capabilities'], (query as { _capabilities?: unknown })._capabilities);
}

function echoedOf({ headers }: FastifyRequest, capabilities: readonly string[]): Record<string, string> {
  const env = headers['octo-env'];
  return { 'Octo-Capabilities': capabilities.join(', '), ...(typeof env === 'string' ? { 'Octo-Env': env } : {}) };
}
