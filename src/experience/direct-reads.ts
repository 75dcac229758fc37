import { Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MissLimit, sendDirectly, type MissHandler, type RateLimitState } from '../http/index.js';
import { Clock } from '../time/index.js';
import { PublicReads } from './public-reads.js';
import { readOf, type Read } from './read-urls.js';

/** Why a read could not be answered directly. */
interface Failure {
  readonly error: unknown;
  readonly limit: RateLimitState | undefined;
}

/**
 * Answers the public reads that the cache does not have without the framework, whose way from the socket to the controller
 * and back takes as long as the read. Only under the one spelling that is kept; whatever is wrong with a request, and
 * whatever goes wrong, the framework tells (`failureOf`).
 */
@Injectable()
export class DirectReads implements MissHandler {
  private closing = false;
  private readonly failures = new WeakMap<IncomingMessage, Failure>();

  constructor(
    private readonly reads: PublicReads,
    private readonly limit: MissLimit,
    private readonly clock: Clock,
  ) {}

  answers(request: IncomingMessage, response: ServerResponse, client: string, framework: () => void): boolean {
    const read = readOf(request.url ?? '');
    if (!read) return false;
    void this.answer(read, request, response, client).then((failure) => {
      if (!failure) return;
      this.failures.set(request, failure);
      framework();
    });
    return true;
  }

  close(): void {
    this.closing = true;
  }

  /** What became of a request that was tried here before the framework got it; undefined: it was not. */
  failureOf(request: IncomingMessage): Failure | undefined {
    return this.failures.get(request);
  }

  private async answer(
    { experienceId, date }: Read,
    request: IncomingMessage,
    response: ServerResponse,
    client: string,
  ): Promise<Failure | undefined> {
    let limit: RateLimitState | undefined;
    try {
      limit = await this.limit.take(client);
      if (limit?.refusal) return { error: limit.refusal, limit };
      const answer = await (date === null ? this.reads.dates(experienceId) : this.reads.slots(experienceId, date));
      if (this.closing) response.shouldKeepAlive = false;
      sendDirectly(request, response, answer, this.clock.now(), limit?.headers);
      return undefined;
    } catch (error) {
      return { error, limit };
    }
  }
}
