import { isAxiosError } from 'axios';
import type { Proxy } from '../config/index.js';
import type { Mask } from '../secrets/index.js';
import { masked } from './answer-details.js';
import type { Progress } from './broken-exchange-progress.js';
import { overdue } from './broken-exchange-timeout.js';
import { tlsFailure, type ConnectionError } from './broken-exchange-tls.js';
import { SupplierFailure } from './supplier-error.js';

/** Errors of the connection to the proxy. A failure beyond the proxy would come as an answer of it. */
const NOT_CONNECTED: readonly string[] = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
];

/** What the operating system's codes mean. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody accepts connections there',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name can’t be looked up now',
  EHOSTUNREACH: 'no route leads to its host',
  ENETUNREACH: 'no route leads to its network',
  ETIMEDOUT: 'nobody answers there',
};

export interface Exchange {
  /** It ended by timeout. */
  readonly timedOut: boolean;
  readonly timeoutMs: number;
  readonly progress: Progress;
  /** The URL of the supplier. */
  readonly url: string;
  readonly proxy: Proxy | null;
  readonly mask: Mask;
}

/** The failure of an exchange without a complete answer. */
export function brokenExchange(error: unknown, exchange: Exchange): SupplierFailure {
  const { timedOut, timeoutMs, progress, proxy, mask } = exchange;
  const { host, protocol } = new URL(exchange.url);
  if (timedOut) {
    const destination = proxy ? `${host} through ${nameOf(proxy)}` : host;
    const { phase, bytes } = progress;
    return new SupplierFailure('timeout', overdue({ phase, bytes, timeoutMs, destination }));
  }
  const told = connectionError(error);
  const { code, message } = told;
  if (message.includes('maxContentLength')) return new SupplierFailure('bad_answer', 'the body is larger than 8 MiB');
  const reason = isAnswered(error)
    ? 'the connection broke before the answer was whole'
    : (tlsFailure(told, { host, secure: protocol === 'https:' }) ?? inWords(told));
  return new SupplierFailure('unreachable', onTheWay(code, masked(reason, mask), proxy));
}

/** Takes only code and message, because the error carries the request's headers with the key. */
function connectionError(error: unknown): ConnectionError {
  if (!isAxiosError(error)) return { code: '', message: error instanceof Error ? error.message : 'no connection' };
  const { rawPacket } = (error.cause ?? {}) as { readonly rawPacket?: Buffer };
  return { code: error.code ?? '', message: error.message, firstByte: rawPacket?.[0] };
}

function isAnswered(error: unknown): boolean {
  return isAxiosError(error) && error.response !== undefined;
}

function inWords({ code, message }: ConnectionError): string {
  const told = message.includes(code) ? message : `${code} ${message}`.trim();
  const words = WORDS[code];
  return words === undefined ? told : `${words} (${told})`;
}

function onTheWay(code: string, reason: string, proxy: Proxy | null): string {
  if (!proxy) return reason;
  if (code === 'ECONNREFUSED') return `${nameOf(proxy)} refused the connection`;
  return NOT_CONNECTED.includes(code)
    ? `${nameOf(proxy)} can’t be reached: ${reason}`
    : `through ${nameOf(proxy)}: ${reason}`;
}

function nameOf({ host, variable }: Proxy): string {
  return `the proxy ${host} (${variable})`;
}
