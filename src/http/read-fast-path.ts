import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../time/index.js';
import { clientAddress } from './client-address.js';
import { requestIdOf } from './request-id.js';
import type { ResponseCache } from './response-cache.js';
import { sendRead } from './send-read.js';

/** Answers reads that are not in the cache. */
export interface MissHandler {
  /**
   * @param client the client's address
   * @returns false: the request is no such read, and nothing was done
   */
  answers(request: IncomingMessage, response: ServerResponse, client: string): boolean;
}

/** Routes that are answered without the framework while the server serves. */
export interface DirectRoutes {
  /** @returns false: the request is left to the others, and nothing was done */
  answers(request: IncomingMessage, response: ServerResponse): boolean;
}

/** What the fast path answers with. */
export interface ReadSources {
  readonly cache: Pick<ResponseCache, 'find'>;
  readonly misses: MissHandler;
  readonly direct?: DirectRoutes;
  readonly clock: Clock;
  /** How many trusted proxies stand before the server. */
  readonly proxies: number;
}

/** Answers public reads before the framework sees the request: from the cache, or else by one database read. */
export class ReadFastPath {
  private sources: ReadSources | undefined;

  open(sources: ReadSources): void {
    this.sources = sources;
  }

  /** From now on the framework answers all requests. */
  close(): void {
    this.sources = undefined;
  }

  /** @returns false: the request is left to the framework */
  answers(request: IncomingMessage, response: ServerResponse): boolean {
    const { sources } = this;
    if (!sources || request.url === undefined) return false;
    if (sources.direct?.answers(request, response)) return true;
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const now = sources.clock.now();
    const cached = sources.cache.find(request.url, now);
    if (!cached) return sources.misses.answers(request, response, clientAddress(request, sources.proxies));
    sendRead(request, response, cached, now, requestIdOf(request));
    return true;
  }
}
