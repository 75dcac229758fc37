import type { Proxy } from '../config/index.js';
import type { Mask } from '../secrets/index.js';
import { pageTitle } from './html-page.js';
import { plainWords, wordsIn } from './own-words.js';
import type { SeenAnswer } from './seen-answer.js';

/** The most quoted characters of the supplier's own words. */
const MOST_QUOTED = 200;

/** `the supplier answered 400: "API key expired. Please renew"` */
export function statusText(seen: SeenAnswer): string {
  const { status, said, html } = seen;
  const error = said === status ? '' : ` with an error ${said}`;
  return `the supplier answered ${status}${html ? ' with an HTML page' : error}${afterColon(seen)}`;
}

/** `the supplier answered 500: "boom", and that its quota is used up` */
export function refused(seen: SeenAnswer): string {
  const { status, said, usedUp } = seen;
  const answered = status >= 300 && status < 400 ? movedTo(seen) : statusText(seen);
  // A 429 already says so.
  return usedUp && said !== 429 ? `${answered}, and that its quota is used up` : answered;
}

/** `an HTML page, not the API: "Just a moment..." (status 403)` */
export function notTheApi(seen: SeenAnswer): string {
  const status = seen.status === 200 ? '' : ` (status ${seen.status})`;
  return `an HTML page, not the API${afterColon(seen)}${status}`;
}

/** `expected a list of slots, got an object: "internal error"` */
export function notAList(seen: SeenAnswer): string {
  return `expected a list of slots, got an object${afterColon(seen)}`;
}

/** `the supplier answered 308: moved to https://www.supplier.example/api/v1/inventory/14` */
export function movedTo(seen: SeenAnswer): string {
  const location = seen.header('location');
  if (typeof location !== 'string' || location === '') return statusText(seen);
  return `the supplier answered ${seen.status}: moved to ${masked(withoutCredentials(location), seen.mask)}`;
}

export function wantsCredentials(proxy: Proxy | null): string {
  return `${proxy ? `the proxy ${proxy.host} (${proxy.variable})` : 'a proxy on the way'} wants credentials (status 407)`;
}

/** The supplier's own words; empty: none. */
export function ownWords({ html, json, body }: SeenAnswer): string {
  if (html) return plainWords(pageTitle(body));
  return json === undefined ? plainWords(body) : wordsIn(json);
}

function afterColon(seen: SeenAnswer): string {
  const words = ownWords(seen);
  return words === '' ? '' : `: "${masked(words, seen.mask)}"`;
}

/** Without user, query and fragment. */
function withoutCredentials(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^([a-z][a-z+.-]*:)?\/\/[^/]*@/i, '$1//');
}

/** Masked before it is shortened, because the mask might not recognise a cut key. */
export function masked(text: string, mask: Mask): string {
  const clean = mask.text(plainWords(text));
  return clean.length > MOST_QUOTED ? `${clean.slice(0, MOST_QUOTED - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : clean;
}
