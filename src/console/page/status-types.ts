/** How the sync stands, as far as the page shows it. Instants are ISO 8601 UTC. */

export type StateName = 'running' | 'paused' | 'not_recording' | 'refused' | 'outage' | 'unauthorized' | 'unusable';

export interface SyncState {
  readonly state: StateName;
  /** When this state began. */
  readonly since: string;
  /** Why it does not run; null: it runs. */
  readonly cause: { readonly code: string; readonly text: string; readonly advice: string } | null;
  /** When the next request may be sent; null: not before somebody resumes. */
  readonly nextAttemptAt: string | null;
  readonly pausedBy: string | null;
  readonly reason: string | null;
  readonly pausedUntil: string | null;
  readonly budget: {
    readonly requestsPerMinute: number;
    readonly effectiveRequestsPerMinute: number;
    readonly usedThisMinute: number;
    readonly usedLastMinute: number;
  };
  /** What the read replica is good for; null: there is none. */
  readonly readReplica: { readonly since: string; readonly text: string | null } | null;
  /** Stored instants that lay in the future were set right; null: there were none. */
  readonly clock: { readonly at: string; readonly text: string } | null;
}

export interface SyncStatus extends SyncState {
  readonly queue: { readonly due: number; readonly leased: number; readonly failing: number };
  readonly freshness: {
    readonly days: number;
    readonly fresh: number;
    readonly stale: number;
    readonly neverFetched: number;
    readonly share: number | null;
  };
  readonly errors: readonly Failure[];
  readonly oddities: readonly ProductOddity[];
}

/** What fails of one product for one cause. */
export interface Failure {
  readonly experienceId: number;
  /** The day that failed last. */
  readonly date: string;
  readonly attempts: number;
  /** `cause: what happened`, with the supplier's own words. */
  readonly error: string;
  readonly failedAt: string;
  readonly since: string;
  /** Null: not before the dates are over. */
  readonly retryAt: string | null;
  readonly cause: string;
  readonly days: number;
  readonly advice: string;
}

/** What was odd about answers for one product that were taken. */
export interface ProductOddity {
  readonly experienceId: number;
  readonly code: string;
  readonly detail: string;
  /** Where it was seen last. */
  readonly date: string;
  readonly days: number;
  readonly slots: number;
  readonly since: string;
  readonly seenAt: string;
  readonly advice: string;
}
