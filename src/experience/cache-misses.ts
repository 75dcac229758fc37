import { Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ClientRateLimit,
  ReadProblems,
  requestIdOf,
  sendProblem,
  sendRead,
  type MissHandler,
  type PreparedResponse,
  type RateLimitState,
} from '../http/index.js';
import { Clock } from '../time/index.js';
import { PublicReads } from './public-reads.js';
import { missesFor, readOf, routeOf, urlOf, type Read } from './read-urls.js';

/**
 * Answers the public reads that are not in the cache. The fast path calls it for URLs in their one cached spelling, because the
 * framework's routing takes as long as the read; the controller calls it for all other spellings.
 */
@Injectable()
export class CacheMisses implements MissHandler {
  constructor(
    private readonly reads: PublicReads,
    private readonly limit: ClientRateLimit,
    private readonly problems: ReadProblems,
    private readonly clock: Clock,
  ) {}

  answers(request: IncomingMessage, response: ServerResponse, client: string): boolean {
    const { method = '', url = '' } = request;
    const read = readOf(url);
    if (!read) return false;
    const since = this.clock.now().getTime();
    const id = requestIdOf(request);
    void this.answer(read, request, response, client, id).then((status) => {
      if (status === undefined) return;
      const elapsedMs = this.clock.now().getTime() - since;
      this.problems.note({ method, url, id, route: routeOf(read), status, elapsedMs });
    });
    return true;
  }

  /** @returns the status of the problem that was sent; undefined: the read succeeded */
  async answer(
    read: Read,
    request: IncomingMessage,
    response: ServerResponse,
    client: string,
    id: string,
  ): Promise<number | undefined> {
    let limit: RateLimitState | undefined;
    try {
      const kept = this.keptElsewhere(read, request.url);
      if (kept) {
        sendRead(request, response, kept, this.clock.now(), id);
        return undefined;
      }
      limit = await this.limit.take(client, request.headers.authorization, missesFor(read));
      if (limit?.refusal) throw limit.refusal;
      sendRead(request, response, await this.reads.answer(read), this.clock.now(), id, limit?.headers);
      return undefined;
    } catch (error) {
      return sendProblem(request, response, error, id, this.clock.now(), limit?.headers);
    }
  }

  /** Reads with several parameters have many spellings, and clients use them; of other reads only one is cached. */
  private keptElsewhere(read: Read, url: string | undefined): PreparedResponse | undefined {
    if (read.kind !== 'availability' && read.kind !== 'range') return undefined;
    return urlOf(read) === url ? undefined : this.reads.cached(read, this.clock.now());
  }
}
