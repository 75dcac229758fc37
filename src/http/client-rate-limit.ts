import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ServerSettings } from '../config/index.js';
import { ApiProblem } from './api-problem.js';
import { bearerKey, digested, keyOwner, type DigestedKey } from './key-owner.js';

const WINDOW_SECONDS = 60;

/** Where a client stands with its limit. */
export interface RateLimitState {
  /** Raw pairs. */
  readonly headers: readonly string[];
  /** The client is over its limit. */
  readonly refusal?: ApiProblem;
}

/**
 * Limits the cache misses of each client a minute; hits are free. Responses carry `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers). Each process counts by itself.
 */
@Injectable()
export class ClientRateLimit {
  private readonly limiter: RateLimiterMemory | undefined;
  private readonly policy: string;
  private readonly exempt: readonly DigestedKey[];

  constructor({ missesPerMinute, readKeys }: ServerSettings) {
    this.exempt = digested(readKeys);
    if (missesPerMinute > 0)
      this.limiter = new RateLimiterMemory({ points: missesPerMinute, duration: WINDOW_SECONDS });
    this.policy = `"misses";q=${missesPerMinute};w=${WINDOW_SECONDS}`;
  }

  /**
   * Counts misses of the client.
   * @param client as `clientAddress` returns it
   * @param authorization the header; a client that shows one of READ_KEYS is not limited, another key changes nothing
   * @param misses how many it costs to compute the response
   * @returns undefined where there is no limit
   */
  async take(client: string, authorization?: string, misses = 1): Promise<RateLimitState | undefined> {
    if (!this.limiter || this.isExempt(authorization)) return undefined;
    // What costs more than a whole window has can be had by whoever asked for nothing else in it.
    const cost = Math.min(misses, this.limiter.points);
    const { remainingPoints, seconds, refused } = await this.consume(this.limiter, client, cost);
    const headers = ['ratelimit-policy', this.policy, 'ratelimit', `"misses";r=${remainingPoints};t=${seconds}`];
    return refused ? { headers, refusal: refusalFor(seconds) } : { headers };
  }

  private isExempt(authorization: string | undefined): boolean {
    if (authorization === undefined || this.exempt.length === 0) return false;
    const shown = bearerKey(authorization);
    return shown !== undefined && keyOwner(shown, this.exempt) !== undefined;
  }

  private async consume(limiter: RateLimiterMemory, client: string, misses: number) {
    const stateOf = (result: RateLimiterRes, refused: boolean) => ({
      remainingPoints: Math.max(0, result.remainingPoints),
      seconds: Math.max(1, Math.ceil(result.msBeforeNext / 1_000)),
      refused,
    });
    try {
      return stateOf(await limiter.consume(client, misses), false);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      // The limiter has added them all the same. Cheaper requests may still be made of what is left.
      return stateOf(await limiter.reward(client, misses), true);
    }
  }
}

function refusalFor(seconds: number): ApiProblem {
  const detail = `Rate limit reached. Try again in ${seconds} seconds, and use the responses that you have until then.`;
  return new ApiProblem('TOO_MANY_REQUESTS', detail, { retryAfterSeconds: seconds });
}
