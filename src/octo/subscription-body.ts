import { AVAILABILITY_UPDATE, type SubscriptionSettings } from '../webhooks/index.js';
import { badRequest } from './octo-error.js';

const MOST_HEADERS = 20;
/** A name as HTTP allows it, and a value that needs no encoding. */
const NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;
const VALUE = /^[\t\x20-\x7e]{0,2000}$/;
/** What the request itself needs. */
const OURS =
  /^(host|connection|keep-alive|upgrade|expect|te|trailer|transfer-encoding|content-.*|proxy-.*|accept-encoding|webhook-.*)$/i;

export interface SubscriptionNeeds {
  /** @returns what is wrong with a URL; null: nothing */
  readonly urlProblem: (url: string) => string | null;
}

/** A subscription as OCTO shows it. */
export interface SubscriptionBody {
  readonly id: string;
  readonly url: string;
  readonly notificationTypes: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

export function subscriptionBody({
  id,
  url,
  headers,
}: SubscriptionSettings & { readonly id: string }): SubscriptionBody {
  const pairs = headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1] ?? ''] as const] : []));
  return { id, url, notificationTypes: [AVAILABILITY_UPDATE], headers: Object.fromEntries(pairs) };
}

/** The body of `POST /notifications/subscriptions`. @throws OctoError */
export function newSubscription(body: unknown, needs: SubscriptionNeeds): SubscriptionSettings {
  const { url, headers = [] } = namedSettings(body, needs);
  if (url === undefined) throw badRequest('A subscription needs url and notificationTypes.');
  if (!('notificationTypes' in Object(body))) throw noTypes();
  return { url, headers };
}

/** What a body names, each checked: a change may name only some of it. @throws OctoError */
export function namedSettings(body: unknown, { urlProblem }: SubscriptionNeeds): Partial<SubscriptionSettings> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('The body must be a JSON object.');
  const { url, notificationTypes, headers } = body as Readonly<Record<string, unknown>>;
  if (notificationTypes !== undefined) checkTypes(notificationTypes);
  if (url !== undefined) {
    const problem = typeof url === 'string' ? urlProblem(url) : 'it must be text';
    if (problem !== null) throw badRequest(`url: ${problem}.`);
  }
  return {
    ...(typeof url === 'string' && { url }),
    ...((headers ?? null) !== null && { headers: headerPairs(headers) }),
  };
}

/** Other types may be named too: of them nothing is ever sent, and the answer does not list them. */
function checkTypes(value: unknown): void {
  const types = Array.isArray(value) ? value.map((type) => String(type).toUpperCase()) : [];
  if (!types.includes(AVAILABILITY_UPDATE)) throw noTypes();
}

function noTypes(): Error {
  return badRequest(`notificationTypes must list ${AVAILABILITY_UPDATE}: that is what is sent.`);
}

function headerPairs(value: unknown): string[] {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
  if (!entries || entries.length > MOST_HEADERS)
    throw badRequest(`headers must be an object of at most ${MOST_HEADERS}.`);
  return entries.flatMap(([name, text]: [string, unknown]) => {
    if (!NAME.test(name) || typeof text !== 'string' || !VALUE.test(text))
      throw badRequest('headers must be names and texts that HTTP allows, in ASCII.');
    if (OURS.test(name)) throw badRequest(`headers: ${name} can’t be chosen, because the request itself needs it.`);
    return [name, text];
  });
}
