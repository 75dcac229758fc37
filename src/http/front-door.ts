import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../time/index.js';
import { CORS_HEADERS } from './cross-origin.js';
import type { CachedAnswer, Encoding } from './cached-answer.js';
import { JSON_TYPE, matches } from './fresh-answer.js';
import type { ResponseCache } from './response-cache.js';

/** Headers of every cached answer, whatever it is. */
const ALWAYS = ['x-content-type-options', 'nosniff', ...CORS_HEADERS];

/**
 * Answers from memory before the framework sees the request: look up, compare the tag, write. Everything else goes through.
 */
export class FrontDoor {
  /** How many proxies stand before the server. */
  private proxies = 0;
  private cache: ResponseCache | undefined;
  private clock: Clock | undefined;

  /** From now on there is a cache to answer from. */
  open(cache: ResponseCache, clock: Clock, proxies: number): void {
    this.proxies = proxies;
    this.cache = cache;
    this.clock = clock;
  }

  /** Whether what the `hop`-th host back from us says of where a request came from is believed. */
  trusts(hop: number): boolean {
    return hop < this.proxies;
  }

  /** While the server closes, the framework answers: it tells clients to let go of their connections. */
  close(): void {
    this.cache = undefined;
  }

  /** A server in which what is not answered here goes to `framework`. Timeouts as the framework would set them. */
  serverFor(framework: RequestListener, timeouts: ServerTimeouts): Server {
    const server = createServer((request, response) => {
      if (!this.answers(request, response)) framework(request, response);
    });
    server.keepAliveTimeout = timeouts.keepAliveTimeout ?? server.keepAliveTimeout;
    server.requestTimeout = timeouts.requestTimeout ?? server.requestTimeout;
    server.setTimeout(timeouts.connectionTimeout ?? 0);
    return server;
  }

  private answers(request: IncomingMessage, response: ServerResponse): boolean {
    if (!this.cache || !this.clock || request.url === undefined) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const now = this.clock.now();
    const answer = this.cache.find(request.url, now);
    if (!answer) return false;
    const headers = [...ALWAYS, ...answer.headers, 'cache-control', answer.cacheControl(now)];
    if (matches(request.headers['if-none-match'], answer.etag)) {
      response.writeHead(304, headers).end();
      return true;
    }
    const encoding = encodingFor(request.headers['accept-encoding']);
    const compressed = encoding && this.compressed(this.cache, answer, encoding);
    if (compressed) headers.push('content-encoding', encoding);
    const body = compressed ?? answer.body;
    headers.push('content-type', JSON_TYPE, 'content-length', String(body.length));
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
    return true;
  }

  private compressed(cache: ResponseCache, answer: CachedAnswer, encoding: Encoding): Buffer | undefined {
    const body = answer.compressed(encoding);
    if (!body) cache.compress(answer, encoding);
    return body;
  }
}

export interface ServerTimeouts {
  readonly keepAliveTimeout?: number;
  readonly requestTimeout?: number;
  readonly connectionTimeout?: number;
}

/** The better of those that the client names without refusing them (RFC 9110, 12.5.3). */
export function encodingFor(accepted: string | undefined): Encoding | undefined {
  if (accepted === undefined) return undefined;
  const named = accepted.split(',').map((part) => part.trim().toLowerCase());
  const takes = (coding: Encoding) =>
    named.some((part) => part === coding || (part.startsWith(`${coding};`) && !/;\s*q=0(\.0*)?$/.test(part)));
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : undefined;
}
