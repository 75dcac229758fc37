/** A statement that is planned once per connection, by its name. */
export interface ReadStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * A statement that answers many reads at once. `$1`, `$2`, … are arrays: the
 * first values of all keys, the second values, … Each row names its key by its `place`, counted from 1.
 */
export type BatchStatement = ReadStatement;

export type Key = readonly unknown[];

/** A row for one of the keys. A key may have no row. */
export interface Placed {
  readonly place: number;
}

/** Runs the statement once. */
type Run = (statement: BatchStatement, columns: readonly (readonly unknown[])[]) => Promise<Placed[]>;

export interface BatchLimits {
  /** The most concurrent statements. */
  readonly atOnce: number;
  /** The most keys of a statement. */
  readonly keys: number;
  /** Whether an error concerns the database and so all keys. Other errors may concern one key. */
  readonly isOfAll: (error: unknown) => boolean;
}

interface Waiting {
  readonly statement: BatchStatement;
  readonly key: Key;
  readonly resolve: (row: Placed | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Concurrent reads share a statement. Under load this saves most of the overhead of a read: the messages to and from the
 * database, and parsing at both ends. A single read does not wait for others.
 */
export class ReadBatches {
  private waiting: Waiting[] = [];
  private running = 0;
  private isDue = false;

  constructor(
    private readonly run: Run,
    private readonly limits: BatchLimits,
  ) {}

  /** The row for the key, if it exists. Rejects with the error of the statement for this key. */
  read<Row extends Placed>(statement: BatchStatement, key: Key): Promise<Row | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ statement, key, resolve: resolve as Waiting['resolve'], reject });
      this.makeDue();
    });
  }

  /** Starts the next statement once the requests that are arriving now have been read. */
  private makeDue(): void {
    if (this.isDue || this.waiting.length === 0 || this.running >= this.limits.atOnce) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      while (this.waiting.length > 0 && this.running < this.limits.atOnce) void this.start(this.take());
    });
  }

  /** The read that has waited longest, and others that wait for the same statement. */
  private take(): Waiting[] {
    const batch: Waiting[] = [];
    const others: Waiting[] = [];
    const statement = this.waiting[0]?.statement;
    for (const read of this.waiting) {
      (read.statement === statement && batch.length < this.limits.keys ? batch : others).push(read);
    }
    this.waiting = others;
    return batch;
  }

  private async start(batch: readonly Waiting[]): Promise<void> {
    this.running++;
    try {
      await this.answer(batch);
    } finally {
      this.running--;
      this.makeDue();
    }
  }

  private async answer(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    try {
      const columns = first.key.map((_, column) => batch.map(({ key }) => key[column]));
      const rows = await this.run(first.statement, columns);
      const found: (Placed | undefined)[] = [];
      for (const row of rows) found[row.place - 1] = row;
      batch.forEach(({ resolve }, i) => {
        resolve(found[i]);
      });
    } catch (error) {
      // A key that the statement cannot answer must not fail the others, so each key is read alone.
      if (batch.length > 1 && !this.limits.isOfAll(error)) for (const read of batch) await this.answer([read]);
      else for (const { reject } of batch) reject(error);
    }
  }
}
