import { ApiProblem } from './api-problem.js';

/**
 * Lets a bounded number of reads wait for the database. Beyond that a read is refused at once: a queue that grows only makes
 * everybody late.
 */
export class ReadGate {
  private waiting = 0;

  /** @param most reads that may wait at a time, those that are being answered included */
  constructor(private readonly most: number) {}

  /** @throws ApiProblem OVERLOADED when too many wait already */
  async pass<T>(read: () => Promise<T>): Promise<T> {
    if (this.waiting >= this.most) {
      throw new ApiProblem('OVERLOADED', 'Too many reads wait already. Try again in a second.', {
        retryAfterSeconds: 1,
      });
    }
    this.waiting++;
    try {
      return await read();
    } finally {
      this.waiting--;
    }
  }
}
