import axios, { type AxiosInstance } from 'axios';
import type { Readable } from 'node:stream';
import type { Network } from '../config/index.js';
import type { Clock } from '../time/index.js';
import { guardedAgents } from './guarded-agents.js';
import { resolveBySystem, resolveName } from './name-resolution.js';
import { mayBeCalled } from './public-address.js';
import { signedHeaders, type Secrets } from './signature.js';
import type { Message } from './message.js';
import { refusedAddress } from './webhook-url.js';

/** How long an attempt may take. */
export const TIMEOUT_MS = 10_000;
/** What is read of a response, so that its connection can be used again; only its status counts. */
const LONGEST_RESPONSE = 16_384;

/** How an attempt ended. */
export interface Attempt {
  /** HTTP; null: there was no response. */
  readonly status: number | null;
  /** Null: the receiver took the message. */
  readonly error: string | null;
  /** What the receiver asked for with Retry-After, milliseconds. */
  readonly retryAfterMs: number | null;
  readonly durationMs: number;
}

/** Where to, and signed by what. */
export interface Receiver extends Secrets {
  readonly url: string;
  /** A reseller knows no secret, so it is sent its own headers in place of a signature. */
  readonly reseller?: string | null;
  /** Raw pairs. */
  readonly headers?: readonly string[];
}

/** Sends messages to receivers. It follows no redirect, uses no proxy, and reaches no address that may not be called. */
export class WebhookClient {
  private readonly http: AxiosInstance;

  constructor(
    private readonly allowed: readonly Network[],
    private readonly clock: Clock,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {
    // Without a network of one's own that may be called, no name of a hosts file or a search domain leads anywhere.
    const resolve = resolveName(allowed.length > 0 ? resolveBySystem : null);
    this.http = axios.create({
      ...guardedAgents((address) => mayBeCalled(address, allowed), resolve),
      ...{ maxRedirects: 0, proxy: false, decompress: false, responseType: 'stream' },
      ...{ maxBodyLength: Infinity, validateStatus: () => true },
    });
  }

  async send({ id, body }: Message, receiver: Receiver, signal?: AbortSignal): Promise<Attempt> {
    const now = this.clock.now();
    const began = now.getTime();
    const { url, reseller = null, headers = [] } = receiver;
    const own = reseller === null ? signedHeaders(id, body, receiver, now) : { ...paired(headers), 'webhook-id': id };
    const outcome = await this.exchange(url, body, own, signal);
    return { ...outcome, durationMs: Math.max(0, Math.round(this.clock.now().getTime() - began)) };
  }

  private async exchange(
    url: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    stopped: AbortSignal | undefined,
  ): Promise<Omit<Attempt, 'durationMs'>> {
    const refused = refusedAddress(new URL(url), this.allowed);
    if (refused !== null) return failed(refused);
    const timeout = AbortSignal.timeout(this.timeoutMs);
    try {
      const {
        status,
        headers: answered,
        data,
      } = await this.http.post<Readable>(url, body, {
        headers: { 'content-type': 'application/json', 'user-agent': 'Slotmirror-Webhooks', ...headers },
        signal: stopped ? AbortSignal.any([stopped, timeout]) : timeout,
      });
      discard(data);
      return { status, error: statusProblem(status), retryAfterMs: this.askedMs(answered['retry-after']) };
    } catch (error) {
      return failed(timeout.aborted ? `no response within ${this.timeoutMs / 1_000} s` : reasonOf(error));
    }
  }

  /** Seconds, or an HTTP date. */
  private askedMs(header: unknown): number | null {
    if (typeof header !== 'string') return null;
    if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
    const until = header.endsWith(' GMT') ? Date.parse(header) : NaN;
    return until > this.clock.now().getTime() ? until - this.clock.now().getTime() : null;
  }
}

function paired(raw: readonly string[]): Record<string, string> {
  return Object.fromEntries(raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : [])));
}

/** A response that is longer, or never ends, costs its connection. */
function discard(data: Readable): void {
  let length = 0;
  data.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > LONGEST_RESPONSE) data.destroy();
  });
  data.on('error', () => undefined);
}

function failed(error: string): Omit<Attempt, 'durationMs'> {
  return { status: null, error, retryAfterMs: null };
}

function statusProblem(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `it answered ${status}; redirects are not followed`;
  return `it answered ${status}`;
}

function reasonOf(error: unknown): string {
  const { code, message } = Object(error) as { readonly code?: unknown; readonly message?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? error);
  return text.slice(0, 300);
}
