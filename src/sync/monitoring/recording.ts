import { Injectable } from '@nestjs/common';
import { failureText, isDatabaseFailure, sqlStateOf } from '../../prisma/index.js';
import { Clock } from '../../time/index.js';

/** A single claim may fail by chance (a deadlock, a broken connection). */
const REPORTED_FROM_FAILURES = 2;

/** Why no answer can be recorded, so that no request is sent. */
export interface RecordingTrouble {
  readonly code: 'database_read_only' | 'database_full' | 'database_unreachable' | 'database_failure';
  /** One sentence, with the database's own words. */
  readonly text: string;
  readonly since: Date;
}

/** SQLSTATE of a write in a read-only transaction (on a standby or a read-only database), and of a full disk. */
const CODES: Readonly<Record<string, RecordingTrouble['code']>> = {
  '25006': 'database_read_only',
  '53100': 'database_full',
};

/** Whether this process can record answers, judged by its claims, of which there is at least one a second. */
@Injectable()
export class Recording {
  private failures = 0;
  private again: Date | null = null;
  private last: RecordingTrouble | null = null;

  constructor(private readonly clock: Clock) {}

  /** Null: it can, as far as known. */
  get trouble(): RecordingTrouble | null {
    return this.failures >= REPORTED_FROM_FAILURES ? this.last : null;
  }

  /** When recording last worked again after a trouble; null: no trouble so far. */
  get workedAgainAt(): Date | null {
    return this.again;
  }

  /** @returns the trouble that this ends */
  worked(): RecordingTrouble | null {
    const { trouble } = this;
    if (trouble) this.again = this.clock.now();
    this.failures = 0;
    this.last = null;
    return trouble;
  }

  failed(error: unknown): void {
    this.failures += 1;
    this.last = this.troubleOf(error);
  }

  /** The trouble that an error of the database means, and its beginning. */
  troubleOf(error: unknown): RecordingTrouble {
    const since = this.last?.since ?? this.clock.now();
    const known = CODES[sqlStateOf(error) ?? ''];
    // The driver's messages about a connection name hosts and users, so they are only logged.
    if (known === undefined && isDatabaseFailure(error))
      return { code: 'database_unreachable', text: 'The database is out of reach.', since };
    return { code: known ?? 'database_failure', text: `The database answers: ${failureText(error)}.`, since };
  }
}
