import { badRequest } from './octo-error.js';
import { isLoopback } from './loopback.js';

/** What a subscriber decides. */
export interface SubscriptionFields {
  url: string;
  notificationTypes: string[];
  headers: Record<string, string>;
}

export const AVAILABILITY_UPDATE = 'AVAILABILITY_UPDATE';

/** Only availability changes in the sandbox; the others can be subscribed to and never come. */
const TYPES = [AVAILABILITY_UPDATE, 'PRODUCT_UPDATE', 'BOOKING_UPDATE'];

/** The fields that a body has, each checked; a change may have only some of them. */
export function subscriptionFields(body: unknown, anywhere: boolean): Partial<SubscriptionFields> {
  if (typeof body !== 'object' || body === null) throw badRequest('The body must be a JSON object.');
  const { url, notificationTypes, headers } = body as Record<string, unknown>;
  return {
    ...(url === undefined ? {} : { url: checkedUrl(url, anywhere) }),
    ...(notificationTypes === undefined ? {} : { notificationTypes: checkedTypes(notificationTypes) }),
    ...(headers === undefined ? {} : { headers: checkedHeaders(headers) }),
  };
}

export function newSubscription(body: unknown, anywhere: boolean): SubscriptionFields {
  const { url, notificationTypes, headers = {} } = subscriptionFields(body, anywhere);
  if (url !== undefined && notificationTypes !== undefined) return { url, notificationTypes, headers };
  throw badRequest('A subscription needs url and notificationTypes.');
}

function checkedUrl(value: unknown, anywhere: boolean): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw badRequest('url must be an http or https URL.');
  if (!anywhere && !isLoopback(url)) throw badRequest('The sandbox calls this machine only, such as http://127.0.0.1.');
  return String(value);
}

function checkedTypes(value: unknown): string[] {
  const types = Array.isArray(value) ? value.map((type) => String(type).toUpperCase()) : [];
  if (types.length > 0 && types.every((type) => TYPES.includes(type))) return [...new Set(types)];
  throw badRequest(`notificationTypes must be a list of ${TYPES.join(', ')}.`);
}

function checkedHeaders(value: unknown): Record<string, string> {
  try {
    const headers = Object.entries(value as Record<string, string>);
    new Headers(headers);
    if (headers.every(([, text]) => typeof text === 'string')) return Object.fromEntries(headers);
  } catch {
    // What is no header is answered like what is no text.
  }
  throw badRequest('headers must be an object of names and values that HTTP allows.');
}
