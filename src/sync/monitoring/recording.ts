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

/** What the claims of a supplier say. */
interface Claims {
  /** In a row. */
  readonly failures: number;
  /** Null: none failed since one worked. */
  readonly last: RecordingTrouble | null;
  /** When one worked again after a trouble last; null: no trouble so far. */
  readonly again: Date | null;
}

const NONE: Claims = { failures: 0, last: null, again: null };

/**
 * Whether this process can record answers, judged by its claims, of which each supplier has at least one a second. By supplier: a claim of one
 * that is paused writes nothing, and may work although nothing can be recorded.
 */
@Injectable()
export class Recording {
  private readonly claims = new Map<string, Claims>();

  constructor(private readonly clock: Clock) {}

  /** Null: it can, as far as known. */
  troubleOf(supplier: string): RecordingTrouble | null {
    const { failures, last } = this.claimsOf(supplier);
    return failures >= REPORTED_FROM_FAILURES ? last : null;
  }

  /** When recording last worked again after a trouble; null: no trouble so far. */
  workedAgainAt(supplier: string): Date | null {
    return this.claimsOf(supplier).again;
  }

  /** @returns the trouble that this ends */
  worked(supplier: string): RecordingTrouble | null {
    const trouble = this.troubleOf(supplier);
    const again = trouble ? this.clock.now() : this.workedAgainAt(supplier);
    this.claims.set(supplier, { ...NONE, again });
    return trouble;
  }

  failed(supplier: string, error: unknown): void {
    const { failures, last, again } = this.claimsOf(supplier);
    this.claims.set(supplier, { failures: failures + 1, last: this.meaningOf(error, last?.since), again });
  }

  /** The trouble of a statement that failed now: that of a supplier, if there is one. */
  troubleBy(error: unknown): RecordingTrouble {
    const known = [...this.claims.keys()]
      .map((supplier) => this.troubleOf(supplier))
      .find((trouble) => trouble !== null);
    return known ?? this.meaningOf(error, undefined);
  }

  private claimsOf(supplier: string): Claims {
    return this.claims.get(supplier) ?? NONE;
  }

  /** The trouble that an error of the database means. */
  private meaningOf(error: unknown, since = this.clock.now()): RecordingTrouble {
    const known = CODES[sqlStateOf(error) ?? ''];
    // The driver's messages about a connection name hosts and users, so they are only logged.
    if (known === undefined && isDatabaseFailure(error))
      return { code: 'database_unreachable', text: 'The database is out of reach.', since };
    return { code: known ?? 'database_failure', text: `The database answers: ${failureText(error)}.`, since };
  }
}
