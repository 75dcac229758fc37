/** What became of an order to fetch days now. Instants are ISO 8601 UTC. */
export interface BackfillReport {
  /**
   * `running`: it goes on; `done`: every day was answered; `incomplete`: some failed; `paused`, `refused`, `outage`: it
   * ended early, for the sync is paused, the supplier refuses for long, or does not answer; `stopped`: the server stopped.
   */
  readonly state: BackfillState;
  /** Days that were to be fetched. */
  readonly days: number;
  readonly confirmed: number;
  /** Of those confirmed. */
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly left: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

export type BackfillState = 'running' | 'done' | 'incomplete' | 'paused' | 'refused' | 'outage' | 'stopped';
