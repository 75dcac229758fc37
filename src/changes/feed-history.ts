import { Injectable, Logger } from '@nestjs/common';
import { ChangeLog, DayEvents } from '../inventory/index.js';
import { failureText, isDatabaseFailure } from '../prisma/index.js';
import { Every } from '../time/index.js';

/** Notices that the database is another one than before, or was set back, before anything is read from it. */
@Injectable()
export class FeedHistory {
  private readonly logger = new Logger('Changes');
  private checked: Promise<void> | undefined;

  constructor(
    private readonly log: ChangeLog,
    events: DayEvents,
  ) {
    // A failover breaks the connection that receives notifications.
    events.onLost(() => (this.checked = undefined));
  }

  /** Resolves when that was checked, since the database was last out of reach. */
  checkedOnce(): Promise<void> {
    this.checked ??= this.check();
    return this.checked;
  }

  @Every({ periods: ['1m'], what: 'checking the history of the change feed' })
  async checkAgain(): Promise<void> {
    this.checked = undefined;
    await this.checkedOnce();
  }

  private async check(): Promise<void> {
    try {
      if (!(await this.log.follow())) return;
      this.logger.warn(
        'the database was moved, restored or failed over, so the change feed begins anew. Readers get 410 and start again.',
      );
    } catch (error) {
      if (isDatabaseFailure(error)) this.checked = undefined;
      // Some services do not let us read it. There nobody notices.
      else this.logger.debug(`the history of the database is not known: ${failureText(error)}`);
    }
  }
}
