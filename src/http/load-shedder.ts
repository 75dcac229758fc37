import { ApiProblem } from './api-problem.js';

/**
 * Lets a bounded number of reads wait for the database. Further reads are refused at once: a growing queue would only make every
 * read late.
 */
export class LoadShedder {
  private waiting = 0;

  /** @param most reads that may be in progress at a time */
  constructor(private readonly most: number) {}

  /** @throws ApiProblem OVERLOADED when too many are in progress */
  async run<T>(read: () => Promise<T>): Promise<T> {
    if (this.waiting >= this.most) {
      throw new ApiProblem('OVERLOADED', 'Too many reads are waiting. Try again in a second.', {
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
