/** What the API tells, as far as the page shows it. Instants are ISO 8601 UTC. */

export interface SyncState {
  readonly state: 'running' | 'paused' | 'refused' | 'outage';
  readonly since: string;
  readonly pausedBy: string | null;
  readonly reason: string | null;
  readonly pausedUntil: string | null;
  readonly budget: {
    readonly requestsPerMinute: number;
    readonly effectiveRequestsPerMinute: number;
    readonly usedThisMinute: number;
    readonly usedLastMinute: number;
    readonly blockedUntil: string | null;
    readonly circuit: { readonly retryAt: string | null };
  };
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
}

export interface MappedExperience {
  readonly id: number;
  readonly name: string | null;
  readonly timeZone: string;
  readonly from: string;
  readonly paused: boolean;
  readonly ages: readonly (number | null)[];
  readonly flags: readonly number[];
}

export interface DayMap {
  readonly asOf: string;
  readonly length: number;
  readonly promises: readonly number[];
  readonly experiences: readonly MappedExperience[];
  readonly nextAfter: number | null;
}

export interface Price {
  readonly finalPrice: number;
  readonly currencyCode: string;
}

export interface Slot {
  readonly startTime: string;
  readonly endTime: string;
  readonly remaining: number;
  readonly price: Price;
  readonly paxAvailability: readonly {
    readonly type: string;
    readonly name: string | null;
    readonly description: string | null;
    readonly min: number;
    readonly max: number;
    readonly remaining: number;
    readonly price: Price;
  }[];
}

export interface DayDetail {
  readonly experienceId: number;
  readonly date: string;
  readonly timeZone: string;
  readonly confirmedAt: string | null;
  readonly changedAt: string | null;
  readonly staleAfter: string | null;
  readonly version: number;
  readonly promiseSeconds: number | null;
  readonly due: { readonly why: string; readonly text: string; readonly at: string | null };
  readonly leasedUntil: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly failedAt: string | null;
  readonly emptySeenAt: string | null;
  readonly slots: readonly Slot[] | null;
}

export interface Calendar {
  readonly from: string;
  readonly to: string;
  readonly asOf: string | null;
  readonly dates: readonly {
    readonly date: string;
    readonly price: Price;
    readonly remaining: number;
    readonly slots: number;
  }[];
  readonly unknown: readonly string[];
}

export interface PassReport {
  readonly state: string;
  readonly days: number;
  readonly confirmed: number;
  readonly changed: number;
  readonly failed: number;
  readonly left: number;
}

export interface HistoryPoint {
  readonly at: string;
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly refused: number;
  readonly reads: number;
  readonly hits: number;
  readonly days: number | null;
  readonly freshDays: number | null;
  readonly ageP50Seconds: number | null;
  readonly ageP95Seconds: number | null;
}

export interface History {
  readonly stepSeconds: number;
  readonly points: readonly HistoryPoint[];
}

export interface Run {
  readonly id: string;
  readonly instance: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly durationSeconds: number | null;
  readonly requested: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly refused: number;
}

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly experienceId: number | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
}

export interface Experience {
  readonly id: number;
  readonly name: string | null;
  readonly timeZone: string;
  readonly paused: {
    readonly since: string;
    readonly until: string | null;
    readonly by?: string | null;
    readonly reason?: string | null;
  } | null;
}
