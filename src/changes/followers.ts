import { Injectable } from '@nestjs/common';
import { ApiProblem } from '../http/index.js';

/** The most readers of one process that stream or wait. Each takes memory, so more are refused. */
const MOST = 10_000;
const RETRY_SECONDS = 10;

/** Counts those who stream or wait. */
@Injectable()
export class Followers {
  private following = 0;

  get count(): number {
    return this.following;
  }

  /** @returns what ends it. @throws ApiProblem OVERLOADED */
  add(): () => void {
    if (this.following >= MOST) {
      const detail = `${MOST} readers follow the changes of this process already. Try again later, or poll without wait.`;
      throw new ApiProblem('OVERLOADED', detail, { retryAfterSeconds: RETRY_SECONDS });
    }
    this.following += 1;
    let ended = false;
    return () => {
      if (!ended) this.following -= 1;
      ended = true;
    };
  }
}
