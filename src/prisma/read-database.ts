import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseSettings } from '../config/index.js';
import { Clock } from '../time/index.js';
import { isDatabaseFailure } from './database-failure.js';
import { Database } from './database.js';
import type { BatchStatement, Key, Placed, ReadStatement } from './read-batches.js';
import { ReadPool } from './read-pool.js';
import { ReadReplica } from './read-replica.js';
import type { ReplicaReport } from './replica.shape.js';

/** How long a read may wait for a connection, and how long it may take. */
const TIMEOUT_MS = 5_000;

/** Takes the rows of a statement as they arrive. */
interface RowCollector {
  add(row: unknown): void;
}

type Read<Result> = (pool: ReadPool) => Promise<Result>;

/**
 * The database access of the public reads: prepared statements on separate connections, shared by concurrent reads. It does not
 * use the Prisma client, which plans each raw query again and maps each value twice. That takes longer than the read itself.
 */
@Injectable()
export class ReadDatabase implements OnApplicationBootstrap {
  /** Reads since the start, by answering database. */
  readonly counts = { primary: 0, replica: 0 };
  private readonly primary: ReadPool;
  private readonly replica: ReadReplica | undefined;

  constructor(database: Database, settings: DatabaseSettings, clock: Clock) {
    const { replicaUrl } = settings;
    this.primary = new ReadPool(database.url, TIMEOUT_MS);
    this.replica = replicaUrl === undefined ? undefined : new ReadReplica(replicaUrl, this.primary, clock);
  }

  get hasReplica(): boolean {
    return this.replica !== undefined;
  }

  /** Whether reads are answered without the primary. */
  get replicaServes(): boolean {
    return this.replica?.serves ?? false;
  }

  /** Null: no read replica. */
  get replicaReport(): ReplicaReport | null {
    return this.replica?.report ?? null;
  }

  onApplicationBootstrap(): void {
    this.replica?.start();
  }

  /** Something changed that a replica may lack, and the affected keys are unknown. */
  distrustReplica(): void {
    this.replica?.distrust();
  }

  /**
   * The row for the key, if it exists.
   * @param isCurrent whether a read replica's row is as new as what is already known; if not, the primary is read
   */
  read<Row extends Placed>(
    statement: BatchStatement,
    key: Key,
    isCurrent: (row: Row | undefined) => boolean,
  ): Promise<Row | undefined> {
    return this.answer((pool) => pool.batches.read<Row>(statement, key), isCurrent);
  }

  /**
   * What is collected of the rows of one statement, as they arrive; otherwise as `read`.
   * @param begin called for each database that is asked
   */
  async collect<Collector extends RowCollector>(
    statement: ReadStatement,
    values: readonly unknown[],
    begin: () => Collector,
    isCurrent: (collector: Collector) => boolean,
  ): Promise<Collector> {
    return this.answer(async (pool) => {
      const collector = begin();
      await pool.each(statement, values, (row) => {
        collector.add(row);
      });
      return collector;
    }, isCurrent);
  }

  /** The same from the primary alone. */
  readPrimary<Row extends Placed>(statement: BatchStatement, key: Key): Promise<Row | undefined> {
    return this.fromPrimary((pool) => pool.batches.read<Row>(statement, key));
  }

  async close(): Promise<void> {
    await this.replica?.close();
    await this.primary.end();
  }

  private async answer<Result>(read: Read<Result>, isCurrent: (result: Result) => boolean): Promise<Result> {
    const { replica } = this;
    if (!replica) return this.fromPrimary(read);
    if (!replica.serves) return this.fromPrimaryIfThere(replica, read, isCurrent);
    let shown: Result;
    try {
      shown = await read(replica.pool);
    } catch (error) {
      if (isDatabaseFailure(error)) replica.failed(error);
      const result = await this.fromPrimary(read);
      // The primary answers this read, so the cause is the replica.
      replica.failed(error);
      return result;
    }
    if (!isCurrent(shown)) return this.fromPrimaryIfThere(replica, read, isCurrent);
    this.counts.replica += 1;
    return shown;
  }

  /** Reads the primary. If it is unreachable, the replica may answer, once it has replayed all that it will ever get. */
  private async fromPrimaryIfThere<Result>(
    replica: ReadReplica,
    read: Read<Result>,
    isCurrent: (result: Result) => boolean,
  ): Promise<Result> {
    try {
      return await this.fromPrimary(read);
    } catch (error) {
      if (!isDatabaseFailure(error) || !(await replica.servesAlone())) throw error;
      const shown = await read(replica.pool);
      if (!isCurrent(shown)) throw error;
      this.counts.replica += 1;
      return shown;
    }
  }

  private fromPrimary<Result>(read: Read<Result>): Promise<Result> {
    this.counts.primary += 1;
    return read(this.primary);
  }
}
