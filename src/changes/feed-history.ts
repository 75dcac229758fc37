import { Injectable, Logger } from '@nestjs/common';
import { ChangeLog, DayEvents, type NewEpoch } from '../inventory/index.js';
import { failureText, isDatabaseFailure, type Sql } from '../prisma/index.js';
import { Every } from '../time/index.js';

/** Whoever stores positions of the feed in the database. */
type Keeper = (sql: Sql, epoch: NewEpoch) => Promise<void>;

/** Notices that the database is another one than before, or was set back, before anything is read from it. */
@Injectable()
export class FeedHistory {
  private readonly logger = new Logger('Changes');
  /** The last check, and the one under way. */
  private checked: Promise<void> | undefined;
  private checking: Promise<void> | undefined;
  private readonly keepers: Keeper[] = [];

  constructor(
    private readonly log: ChangeLog,
    events: DayEvents,
  ) {
    // A failover breaks the connection that receives notifications.
    events.onLost(() => (this.checked = undefined));
  }

  /** Calls `keeper` in the transaction in which the feed begins anew. */
  onAnew(keeper: Keeper): void {
    this.keepers.push(keeper);
  }

  /** Resolves when that was checked, since the database was last out of reach. @throws if it is out of reach */
  checkedOnce(): Promise<void> {
    return this.checked ?? this.checkAgain();
  }

  @Every({ periods: ['1m'], what: 'checking the history of the change feed' })
  async checkAgain(): Promise<void> {
    this.checking ??= this.check().finally(() => (this.checking = undefined));
    this.checked = this.checking;
    await this.checking;
  }

  private async check(): Promise<void> {
    try {
      const isAnew = await this.log.follow(async (sql, epoch) => {
        for (const keeper of this.keepers) await keeper(sql, epoch);
      });
      if (!isAnew) return;
      this.logger.warn(
        'the database was moved, restored or failed over, so the change feed begins anew. Readers get 410 and start again.',
      );
    } catch (error) {
      if (isDatabaseFailure(error)) {
        this.checked = undefined;
        throw error;
      }
      // Some services do not let us read it. There nobody notices.
      this.logger.debug(`the history of the database is not known: ${failureText(error)}`);
    }
  }
}
