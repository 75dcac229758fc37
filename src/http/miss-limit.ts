import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ServerSettings } from '../config/index.js';
import { ApiProblem } from './api-problem.js';

const WINDOW_SECONDS = 60;

/** What a client is told of its limit. */
export interface RateLimitState {
  /** Raw pairs. */
  readonly headers: readonly string[];
  /** It asked for too much. */
  readonly refusal?: ApiProblem;
}

/**
 * How many answers a client may have computed a minute; what comes from memory is free. Told by `RateLimit` and
 * `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers). Each process counts by itself.
 */
@Injectable()
export class MissLimit {
  private readonly limiter: RateLimiterMemory | undefined;
  private readonly policy: string;

  constructor({ missesPerMinute }: ServerSettings) {
    if (missesPerMinute > 0)
      this.limiter = new RateLimiterMemory({ points: missesPerMinute, duration: WINDOW_SECONDS });
    this.policy = `"misses";q=${missesPerMinute};w=${WINDOW_SECONDS}`;
  }

  /** Counts one more for the client. @param client as `clientAddress` tells it. @returns undefined where there is no limit */
  async take(client: string): Promise<RateLimitState | undefined> {
    if (!this.limiter) return undefined;
    const { remainingPoints, seconds, refused } = await this.consume(this.limiter, client);
    const headers = ['ratelimit-policy', this.policy, 'ratelimit', `"misses";r=${remainingPoints};t=${seconds}`];
    return refused ? { headers, refusal: refusalFor(seconds) } : { headers };
  }

  private async consume(limiter: RateLimiterMemory, client: string) {
    const told = (result: RateLimiterRes, refused: boolean) => ({
      remainingPoints: Math.max(0, result.remainingPoints),
      seconds: Math.max(1, Math.ceil(result.msBeforeNext / 1_000)),
      refused,
    });
    try {
      return told(await limiter.consume(client), false);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return told(refusal, true);
    }
  }
}

function refusalFor(seconds: number): ApiProblem {
  const detail = `You may ask for more in ${seconds} seconds; keep what you have for as long.`;
  return new ApiProblem('TOO_MANY_REQUESTS', detail, { retryAfterSeconds: seconds });
}
