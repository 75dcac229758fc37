import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ChangeLog } from '../inventory/index.js';
import { Clock, Every } from '../time/index.js';

const DAY_MS = 86_400_000;
/** Small, so that no statement holds its locks for long; and at most so many a minute, ten times what can be recorded. */
const BATCH = 1_000;
const MOST_BATCHES = 60;

/** Deletes changes that are older than CHANGE_DAYS. */
@Injectable()
export class ChangeRetention {
  constructor(
    private readonly log: ChangeLog,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  @Every({ periods: ['1m'], what: 'deleting old changes' })
  async dropOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.settings.changeDays * DAY_MS);
    for (let batches = 0; batches < MOST_BATCHES; batches += 1) {
      if ((await this.log.dropBefore(before, BATCH)) < BATCH) return;
    }
  }
}
