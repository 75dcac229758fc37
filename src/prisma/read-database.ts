import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseSettings } from '../config/index.js';
import { Clock } from '../time/index.js';
import { isDatabaseFailure } from './database-failure.js';
import { Database } from './database.js';
import type { BatchStatement, Key, Placed } from './read-batches.js';
import { ReadPool } from './read-pool.js';
import { ReadReplica } from './read-replica.js';
import type { ReplicaReport } from './replica.shape.js';

/** How long a read may wait for a connection, and how long it may take. */
const TIMEOUT_MS = 5_000;

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
  async read<Row extends Placed>(
    statement: BatchStatement,
    key: Key,
    isCurrent: (row: Row | undefined) => boolean,
  ): Promise<Row | undefined> {
    const { replica } = this;
    if (!replica) return this.fromPrimary(statement, key);
    if (!replica.serves) return this.fromPrimaryIfThere(replica, statement, key, isCurrent);
    let shown: Row | undefined;
    try {
      shown = await replica.batches.read<Row>(statement, key);
    } catch (error) {
      if (isDatabaseFailure(error)) replica.failed(error);
      const row = await this.fromPrimary<Row>(statement, key);
      // The primary answers this read, so the cause is the replica.
      replica.failed(error);
      return row;
    }
    if (!isCurrent(shown)) return this.fromPrimaryIfThere(replica, statement, key, isCurrent);
    this.counts.replica += 1;
    return shown;
  }

  /** The same from the primary alone. */
  readPrimary<Row extends Placed>(statement: BatchStatement, key: Key): Promise<Row | undefined> {
    return this.fromPrimary(statement, key);
  }

  async close(): Promise<void> {
    await this.replica?.close();
    await this.primary.end();
  }

  /** Reads the primary. If it is unreachable, the replica may answer, once it has replayed all that it will ever get. */
  private async fromPrimaryIfThere<Row extends Placed>(
    replica: ReadReplica,
    statement: BatchStatement,
    key: Key,
    isCurrent: (row: Row | undefined) => boolean,
  ): Promise<Row | undefined> {
    try {
      return await this.fromPrimary(statement, key);
    } catch (error) {
      if (!isDatabaseFailure(error) || !(await replica.servesAlone())) throw error;
      const shown = await replica.batches.read<Row>(statement, key);
      if (!isCurrent(shown)) throw error;
      this.counts.replica += 1;
      return shown;
    }
  }

  private fromPrimary<Row extends Placed>(statement: BatchStatement, key: Key): Promise<Row | undefined> {
    this.counts.primary += 1;
    return this.primary.batches.read<Row>(statement, key);
  }
}
