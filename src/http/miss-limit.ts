import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ServerSettings } from '../config/index.js';
import { ApiProblem } from './api-problem.js';

const WINDOW_SECONDS = 60;

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

  /** @throws ApiProblem TOO_MANY_REQUESTS */
  async take(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!this.limiter) return;
    const { remainingPoints, seconds, refused } = await this.consume(this.limiter, clientOf(request.ip));
    void reply
      .header('ratelimit-policy', this.policy)
      .header('ratelimit', `"misses";r=${remainingPoints};t=${seconds}`);
    if (!refused) return;
    throw new ApiProblem(
      'TOO_MANY_REQUESTS',
      `You may ask for more in ${seconds} seconds; keep what you have for as long.`,
      {
        retryAfterSeconds: seconds,
      },
    );
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

/** An IPv6 client has a whole /64 of addresses. */
function clientOf(ip: string): string {
  return ip.includes(':') && !ip.includes('.') ? ip.split(':').slice(0, 4).join(':') : ip;
}
