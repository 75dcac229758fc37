/** What the API tells, as far as the page shows it. Instants are ISO 8601 UTC. */

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
  /** `24:00` included; before the start: on the next date. Null: none is named. */
  readonly endTime: string | null;
  readonly variantId: number | null;
  /** Null: unlimited. */
  readonly remaining: number | null;
  readonly price: Price;
  readonly paxAvailability: readonly {
    readonly type: string;
    readonly name: string | null;
    readonly description: string | null;
    /** Null: no bound. */
    readonly min: number | null;
    readonly max: number | null;
    readonly remaining: number | null;
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
  readonly failureKind: string | null;
  /** What to do about the last error. */
  readonly advice: string | null;
  readonly failedAt: string | null;
  readonly emptySeenAt: string | null;
  /** Slots of the last answer that are left out. */
  readonly droppedSlots: number;
  readonly oddities: readonly DayOddity[];
  readonly slots: readonly Slot[] | null;
}

/** What was odd about the last answer, which was taken. */
export interface DayOddity {
  readonly code: string;
  readonly detail: string;
  readonly slots: number;
}

export interface Calendar {
  readonly from: string;
  readonly to: string;
  readonly asOf: string | null;
  /** Dates that are older than promised, or lack slots, because of the supplier's answers; null: there are none. */
  readonly degraded: { readonly code: string; readonly since: string; readonly dates: readonly string[] } | null;
  readonly dates: readonly CalendarEntry[];
  readonly unknown: readonly string[];
}

export interface CalendarEntry {
  readonly date: string;
  readonly price: Price;
  /** Null: unlimited. */
  readonly remaining: number | null;
  readonly slots: number;
}

export interface BackfillReport {
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
