import type { RunEntry } from './sync-runs.js';

/** What one instance did within a minute, or until it had nothing to do. Instants are ISO 8601 UTC. */
export interface RunReport {
  readonly id: string;
  readonly instance: string;
  readonly startedAt: string;
  /** Null: it goes on, or its process was killed. */
  readonly finishedAt: string | null;
  readonly durationSeconds: number | null;
  readonly requested: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly refused: number;
}

export function runReport({ id, startedAt, finishedAt, ...run }: RunEntry): RunReport {
  return {
    id: String(id),
    instance: run.instance,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    durationSeconds: finishedAt && (finishedAt.getTime() - startedAt.getTime()) / 1_000,
    requested: run.requested,
    changed: run.changed,
    unchanged: run.unchanged,
    failed: run.failed,
    refused: run.refused,
  };
}
