import { Injectable } from '@nestjs/common';
import { failureText, isDatabaseFailure, sqlStateOf } from '../../prisma/index.js';
import { Clock } from '../../time/index.js';

/** One look may fail by chance: a deadlock, a connection that broke. */
const TOLD_FROM_FAILURES = 2;

/** Why nothing can be recorded, and so nothing is asked for. */
export interface RecordingTrouble {
  readonly code: 'database_read_only' | 'database_full' | 'database_unreachable' | 'database_failure';
  /** In a sentence, with the words of the database. */
  readonly text: string;
  readonly since: Date;
}

/** SQLSTATE: a write in a read-only transaction, which a standby and a database set to that give; and on a full disk. */
const CODES: Readonly<Record<string, RecordingTrouble['code']>> = {
  '25006': 'database_read_only',
  '53100': 'database_full',
};

/** Whether this process can record what it asks for: by its looks for work, of which there is one a second at least. */
@Injectable()
export class Recording {
  private failures = 0;
  private again: Date | null = null;
  private last: RecordingTrouble | null = null;

  constructor(private readonly clock: Clock) {}

  /** Null: it can, as far as is known. */
  get trouble(): RecordingTrouble | null {
    return this.failures >= TOLD_FROM_FAILURES ? this.last : null;
  }

  /** When it could again after it could not; null: it always could. */
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

  /** What an error of the database means, since when. */
  troubleOf(error: unknown): RecordingTrouble {
    const since = this.last?.since ?? this.clock.now();
    const known = CODES[sqlStateOf(error) ?? ''];
    // What the driver says of a connection names hosts and users: that is for the log, and not for everybody.
    if (known === undefined && isDatabaseFailure(error))
      return { code: 'database_unreachable', text: 'The database is out of reach.', since };
    return { code: known ?? 'database_failure', text: `The database answers: ${failureText(error)}.`, since };
  }
}
