import type { Cause } from '../../sync/monitoring/status.shape.js';

/** What connections report, and what it is called. */
const CONNECTION: readonly (readonly [sign: RegExp, words: string])[] = [
  [/ECONNREFUSED/, 'connection refused'],
  [/ECONNRESET|socket hang up|EPIPE/, 'connection reset'],
  [/ENOTFOUND|EAI_AGAIN/, 'host name not found'],
  [/EHOSTUNREACH|ENETUNREACH/, 'network unreachable'],
  [/ETIMEDOUT/, 'connection timed out'],
];
const MOST = 90;

/** A cause in a few words: `401`, `connection refused`, `it answered 503`. The whole text stands beside it. */
export function causeText({ code, text }: Pick<Cause, 'code' | 'text'>): string {
  const status = /\b(?:answered|status) (\d{3})\b/.exec(text)?.[1];
  if (code === 'unauthorized') return status ?? 'no status';
  const known = code === 'unreachable' && CONNECTION.find(([sign]) => sign.test(text));
  if (known) return known[1];
  if (code === 'supplier_error' && status !== undefined) return `it answered ${status}`;
  return shortened(text.replace(/\.$/, ''), MOST);
}

/** Cut at the end of a word where there is one. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.replace(/\s+\S{0,20}$/, '')}…`;
}
