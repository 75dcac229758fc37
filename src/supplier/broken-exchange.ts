import { isAxiosError } from 'axios';
import type { Proxy } from '../config/index.js';
import type { Mask } from '../secrets/index.js';
import { masked } from './answer-details.js';
import { SupplierFailure } from './supplier-error.js';

/** Of the way to the proxy; what lies beyond it, it would tell in an answer. */
const NOT_CONNECTED: readonly string[] = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
];

export interface Exchange {
  /** The time for it was over. */
  readonly timedOut: boolean;
  readonly timeoutMs: number;
  readonly proxy: Proxy | null;
  readonly mask: Mask;
}

/** What it means that an exchange brought no whole answer. */
export function brokenExchange(error: unknown, { timedOut, timeoutMs, proxy, mask }: Exchange): SupplierFailure {
  if (timedOut) return new SupplierFailure('timeout', `no whole answer within ${timeoutMs} ms`);
  const { code, reason } = told(error);
  if (reason.includes('maxContentLength')) return new SupplierFailure('bad_answer', 'the body is larger than 8 MiB');
  return new SupplierFailure('unreachable', onTheWay(code, masked(reason, mask), proxy));
}

/** Only code and message: the error itself carries the request's headers, and in them the key. */
function told(error: unknown): { readonly code: string; readonly reason: string } {
  if (!isAxiosError(error)) return { code: '', reason: error instanceof Error ? error.message : 'no connection' };
  const { code = '', message } = error;
  if (error.response) return { code, reason: 'the connection broke before the answer was whole' };
  return { code, reason: message.includes(code) ? message : `${code} ${message}`.trim() };
}

function onTheWay(code: string, reason: string, proxy: Proxy | null): string {
  if (!proxy) return reason;
  const name = `the proxy ${proxy.host} (${proxy.variable})`;
  if (code === 'ECONNREFUSED') return `${name} refused the connection`;
  return NOT_CONNECTED.includes(code) ? `${name} can’t be reached: ${reason}` : `through ${name}: ${reason}`;
}
