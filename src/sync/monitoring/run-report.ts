import type { RunReport } from './run.shape.js';
import type { RunEntry } from './sync-runs.js';

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
