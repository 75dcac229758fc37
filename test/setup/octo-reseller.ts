import { OctoRequests } from '../fixtures/octo-requests.js';
import type { TestApp } from './test-app.js';

export const RESELLER_KEY = 'the-key-of-a-reseller-of-the-tests';
export const OTHER_RESELLER_KEY = 'the-key-of-another-reseller';

/** The environment of a mirror that these resellers may read. */
export const WITH_RESELLERS = { OCTO_KEYS: `klook:${RESELLER_KEY},tiqets:${OTHER_RESELLER_KEY}` };

/** Asks our OCTO as a reseller, with prices unless it says otherwise. */
export function reseller({ url }: Pick<TestApp, 'url'>, headers: Readonly<Record<string, string>> = {}): OctoRequests {
  const own = { authorization: `Bearer ${RESELLER_KEY}`, 'octo-capabilities': 'octo/pricing' };
  return new OctoRequests(`${url}/octo`, { ...own, ...headers });
}
