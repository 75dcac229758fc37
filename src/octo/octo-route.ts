import { OctoError } from './octo-error.js';

/** What is to be done with subscriptions to notifications. */
export type SubscriptionRoute =
  | { readonly of: 'subscriptions'; readonly action: 'list' | 'add' }
  | { readonly of: 'subscriptions'; readonly action: 'read' | 'change' | 'remove'; readonly id: string };

export type AvailabilityRoute = { readonly of: 'availability'; readonly kind: 'availability' | 'calendar' };

/** What a request asks for. */
export type OctoRoute =
  | { readonly of: 'supplier' }
  | { readonly of: 'capabilities' }
  | { readonly of: 'products' }
  | { readonly of: 'product'; readonly id: string }
  | AvailabilityRoute
  | SubscriptionRoute;

/** The routes of a path, by method. */
type Known = Readonly<Partial<Record<string, OctoRoute>>>;

export const PREFIX = '/octo';
const SUBSCRIPTIONS = '/notifications/subscriptions';

const KNOWN: Readonly<Record<string, Known>> = {
  '/supplier': { GET: { of: 'supplier' } },
  '/capabilities': { GET: { of: 'capabilities' } },
  '/products': { GET: { of: 'products' } },
  '/availability': { POST: { of: 'availability', kind: 'availability' } },
  '/availability/calendar': { POST: { of: 'availability', kind: 'calendar' } },
  [SUBSCRIPTIONS]: { GET: { of: 'subscriptions', action: 'list' }, POST: { of: 'subscriptions', action: 'add' } },
};

/** The only query parameter: it stands for a header. */
const CAPABILITIES = '_capabilities';

export function isBelow(url: string): boolean {
  return url.startsWith(PREFIX) && (url.length === PREFIX.length || '/?'.includes(url.charAt(PREFIX.length)));
}

export interface RoutedRequest {
  readonly route: OctoRoute;
  /** As the URL names them; undefined: it does not. */
  readonly capabilities: string | undefined;
}

/** What nearly every request asks for. */
const AVAILABILITY: RoutedRequest = { route: { of: 'availability', kind: 'availability' }, capabilities: undefined };

/** Where an URL leads. @throws OctoError */
export function octoRoute(method: string, url: string): RoutedRequest {
  if (method === 'POST' && url === `${PREFIX}/availability`) return AVAILABILITY;
  const [path = '', query = ''] = url.split('?', 2);
  const known = knownPath(path.slice(PREFIX.length).replace(/\/$/, ''));
  const route = known[method === 'HEAD' ? 'GET' : method];
  if (!route) throw wrongMethod(method, known);
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].find((name) => name !== CAPABILITIES);
  if (unknown !== undefined) {
    throw new OctoError('BAD_REQUEST', `The query parameter ${JSON.stringify(unknown)} is not known.`);
  }
  return { route, capabilities: parameters.get(CAPABILITIES) ?? undefined };
}

/** For the metrics: without ids. */
export function routeName(route: OctoRoute): string {
  switch (route.of) {
    case 'product':
      return `${PREFIX}/products/:id`;
    case 'availability':
      return `${PREFIX}/availability${route.kind === 'calendar' ? '/calendar' : ''}`;
    case 'subscriptions':
      return `${PREFIX}${SUBSCRIPTIONS}${'id' in route ? '/:id' : ''}`;
    default:
      return `${PREFIX}/${route.of}`;
  }
}

function knownPath(path: string): Known {
  const known = Object.hasOwn(KNOWN, path) ? KNOWN[path] : undefined;
  if (known) return known;
  const [, of, part] = /^\/(products|notifications\/subscriptions)\/([^/]+)$/.exec(path) ?? [];
  if (part !== undefined) return of === 'products' ? productRoutes(decoded(part)) : subscriptionRoutes(decoded(part));
  if (/^\/(bookings|orders|availability\/check)(\/|$)/.test(path)) throw noBookings();
  throw new OctoError(
    'BAD_REQUEST',
    'There is no such route. Served are supplier, capabilities, products, availability, availability/calendar and notifications/subscriptions.',
    {
      status: 404,
    },
  );
}

/** It mirrors; what is booked here would be booked nowhere. */
function noBookings(): OctoError {
  const message = 'Bookings are not offered: this is a mirror that is read. Book with the supplier itself.';
  return new OctoError('UNPROCESSABLE_ENTITY', message);
}

function productRoutes(id: string): Known {
  return { GET: { of: 'product', id } };
}

function subscriptionRoutes(id: string): Known {
  const of = 'subscriptions' as const;
  return { GET: { of, action: 'read', id }, PATCH: { of, action: 'change', id }, DELETE: { of, action: 'remove', id } };
}

function wrongMethod(method: string, known: Known): OctoError {
  const allowed = [
    ...Object.keys(known).flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each])),
    'OPTIONS',
  ].join(', ');
  return new OctoError('BAD_REQUEST', `${method} is not possible here, but ${allowed} is.`, {
    status: 405,
    headers: ['allow', allowed],
  });
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
