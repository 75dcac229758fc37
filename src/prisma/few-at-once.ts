import type { QueryConfig, QueryResult } from 'pg';
import { isDatabaseFailure } from './database-failure.js';
import type { Runner } from './direct-sql.js';

interface Waiting {
  readonly begin: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Runs a few statements at a time on the connections of a pool. The others wait for their turn, in the order in which they came. Where
 * the database is out of reach, they fail with the first one that finds out: each would wait as long for nothing.
 */
export class FewAtOnce implements Runner {
  private running = 0;
  private readonly waiting: Waiting[] = [];

  constructor(
    private readonly runner: Runner,
    private readonly most: number,
  ) {}

  async query(statement: QueryConfig): Promise<QueryResult> {
    if (this.running < this.most) this.running += 1;
    else await new Promise<void>((begin, fail) => this.waiting.push({ begin, fail }));
    try {
      return await this.runner.query(statement);
    } catch (error) {
      if (isDatabaseFailure(error)) for (const { fail } of this.waiting.splice(0)) fail(error);
      throw error;
    } finally {
      // The place is handed on.
      const next = this.waiting.shift();
      if (next) next.begin();
      else this.running -= 1;
    }
  }
}
