import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../time/index.js';
import type { CachedAnswer, Encoding } from './cached-answer.js';
import { clientAddress } from './client-address.js';
import { JSON_TYPE, matches } from './fresh-answer.js';
import { headerOf } from './raw-header.js';
import type { ResponseCache } from './response-cache.js';

/** Answers what the cache does not have. */
export interface MissHandler {
  /**
   * @param client the address of whoever asks
   * @param framework has it answered by the framework after all
   * @returns false: not its business, and nothing was done
   */
  answers(request: IncomingMessage, response: ServerResponse, client: string, framework: () => void): boolean;
  /** From now on it tells clients to let go of their connections. */
  close(): void;
}

/** Answers that are finished already. */
type Memory = Pick<ResponseCache, 'find' | 'compress'>;

/** What stands behind the door. */
export interface Behind {
  readonly cache: Memory;
  readonly misses: MissHandler;
  readonly clock: Clock;
  /** How many proxies stand before the server. */
  readonly proxies: number;
}

/**
 * Answers public reads before the framework sees the request: from memory (look up, compare the tag, write), or else by
 * the one statement that a miss is. Everything else goes through.
 */
export class FrontDoor {
  private behind: Behind | undefined;
  private proxies = 0;

  /** From now on there is something to answer with. */
  open(behind: Behind): void {
    this.behind = behind;
    this.proxies = behind.proxies;
  }

  /** Whether what the `hop`-th host back from us says of where a request came from is believed. */
  trusts(hop: number): boolean {
    return hop < this.proxies;
  }

  /** While the server closes, the framework answers: it tells clients to let go of their connections. */
  close(): void {
    this.behind?.misses.close();
    this.behind = undefined;
  }

  /** A server in which what is not answered here goes to `framework`. Timeouts as the framework would set them. */
  serverFor(framework: RequestListener, timeouts: ServerTimeouts): Server {
    const server = createServer((request, response) => {
      if (!this.answers(request, response, framework)) framework(request, response);
    });
    server.keepAliveTimeout = timeouts.keepAliveTimeout ?? server.keepAliveTimeout;
    server.requestTimeout = timeouts.requestTimeout ?? server.requestTimeout;
    server.setTimeout(timeouts.connectionTimeout ?? 0);
    return server;
  }

  private answers(request: IncomingMessage, response: ServerResponse, framework: RequestListener): boolean {
    const { behind } = this;
    if (!behind || request.url === undefined) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const now = behind.clock.now();
    const answer = behind.cache.find(request.url, now);
    if (answer) {
      answerFrom(behind.cache, answer, now, request, response);
      return true;
    }
    return behind.misses.answers(request, response, clientAddress(request, behind.proxies), () => {
      framework(request, response);
    });
  }
}

function answerFrom(
  cache: Memory,
  answer: CachedAnswer,
  now: Date,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { known, full } = answer.headsAt(now);
  if (matches(headerOf(request, 'if-none-match'), answer.etag)) {
    response.writeHead(304, known as string[]).end();
    return;
  }
  const encoding = encodingFor(headerOf(request, 'accept-encoding'));
  const compressed = encoding && compressedBody(cache, answer, encoding);
  const headers = compressed
    ? [...known, 'content-encoding', encoding, 'content-type', JSON_TYPE, 'content-length', String(compressed.length)]
    : (full as string[]);
  response.writeHead(200, headers);
  if (request.method === 'HEAD') response.end();
  else if (compressed) response.end(compressed);
  else {
    answer.beginRead();
    response.end(answer.body, answer.endRead);
  }
}

function compressedBody(cache: Memory, answer: CachedAnswer, encoding: Encoding): Buffer | undefined {
  const body = answer.compressed(encoding);
  if (!body) cache.compress(answer, encoding);
  return body;
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
