import { OctoError } from './octo-error.js';

/** What a request asks for. */
export type OctoRoute =
  | { readonly of: 'supplier' }
  | { readonly of: 'capabilities' }
  | { readonly of: 'products' }
  | { readonly of: 'product'; readonly id: string }
  | { readonly of: 'availability'; readonly kind: 'availability' | 'calendar' };

interface Known {
  readonly method: 'GET' | 'POST';
  readonly route: OctoRoute;
}

export const PREFIX = '/octo';

const KNOWN: Readonly<Record<string, Known>> = {
  '/supplier': { method: 'GET', route: { of: 'supplier' } },
  '/capabilities': { method: 'GET', route: { of: 'capabilities' } },
  '/products': { method: 'GET', route: { of: 'products' } },
  '/availability': { method: 'POST', route: { of: 'availability', kind: 'availability' } },
  '/availability/calendar': { method: 'POST', route: { of: 'availability', kind: 'calendar' } },
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
  if (method !== known.method && !(method === 'HEAD' && known.method === 'GET')) throw wrongMethod(method, known);
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].find((name) => name !== CAPABILITIES);
  if (unknown !== undefined) {
    throw new OctoError('BAD_REQUEST', `The query parameter ${JSON.stringify(unknown)} is not known.`);
  }
  return { route: known.route, capabilities: parameters.get(CAPABILITIES) ?? undefined };
}

/** For the metrics: without ids. */
export function routeName({ of, ...route }: OctoRoute): string {
  if (of === 'product') return `${PREFIX}/products/:id`;
  if (of === 'availability')
    return `${PREFIX}/availability${'kind' in route && route.kind === 'calendar' ? '/calendar' : ''}`;
  return `${PREFIX}/${of}`;
}

function knownPath(path: string): Known {
  const known = Object.hasOwn(KNOWN, path) ? KNOWN[path] : undefined;
  if (known) return known;
  const [, id] = /^\/products\/([^/]+)$/.exec(path) ?? [];
  if (id !== undefined) return { method: 'GET', route: { of: 'product', id: decoded(id) } };
  if (/^\/(bookings|orders|availability\/check)(\/|$)/.test(path)) throw noBookings();
  throw new OctoError('BAD_REQUEST', 'There is no such route. OCTO is spoken as far as src/octo/README.md says.', {
    status: 404,
  });
}

/** It mirrors; what is booked here would be booked nowhere. */
function noBookings(): OctoError {
  const message = 'Bookings are not offered: this is a mirror that is read. Book with the supplier itself.';
  return new OctoError('UNPROCESSABLE_ENTITY', message);
}

function wrongMethod(method: string, { method: right }: Known): OctoError {
  const allowed = right === 'GET' ? 'GET, HEAD' : right;
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
