import type { QueryConfig, QueryResult } from 'pg';
import type { Runner } from './direct-sql.js';

/** Runs a few statements at a time on the connections of a pool. The others wait for their turn, in the order in which they came. */
export class FewAtOnce implements Runner {
  private running = 0;
  private readonly waiting = new Set<() => void>();

  /** @param longestWaitMs who waits longer fails as one for whom the pool has no connection */
  constructor(
    private readonly runner: Runner,
    private readonly most: number,
    private readonly longestWaitMs: number,
  ) {}

  async query(statement: QueryConfig): Promise<QueryResult> {
    await this.turn();
    try {
      return await this.runner.query(statement);
    } finally {
      this.next();
    }
  }

  private turn(): Promise<void> {
    if (this.running < this.most) {
      this.running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(begin);
        // The words of the pool.
        reject(new Error('timeout exceeded when trying to connect'));
      }, this.longestWaitMs);
      this.waiting.add(begin);
    });
  }

  private next(): void {
    const [begin] = this.waiting;
    if (!begin) {
      this.running -= 1;
      return;
    }
    this.waiting.delete(begin);
    begin();
  }
}
