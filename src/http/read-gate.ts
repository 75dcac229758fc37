import { ApiProblem } from './api-problem.js';

/**
 * Lets a bounded number of reads at the database and a bounded number wait. Beyond that a read is refused at once: a
 * queue that grows only makes everybody late. It leaves connections of the pool free for the sync.
 */
export class ReadGate {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  /**
   * @param most reads at a time
   * @param mostWaiting reads that may wait for their turn
   */
  constructor(
    private readonly most: number,
    private readonly mostWaiting: number,
  ) {}

  /** @throws ApiProblem OVERLOADED when too many wait already */
  async pass<T>(read: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await read();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.most) {
      this.running++;
      return;
    }
    if (this.waiting.length >= this.mostWaiting) {
      throw new ApiProblem('OVERLOADED', 'Too many reads wait already. Try again in a second.', {
        retryAfterSeconds: 1,
      });
    }
    await new Promise<void>((turn) => this.waiting.push(turn));
  }

  /** Who leaves hands its place on. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running--;
  }
}
