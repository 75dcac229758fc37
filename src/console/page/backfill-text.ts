import type { BackfillReport } from '../../sync/backfill/backfill.shape.js';
import { count, dateName, moment } from './format.js';

const ENDS: Readonly<Record<string, string>> = {
  done: 'Done',
  incomplete: 'Some requests failed',
  paused: 'Stopped: no request is sent while paused',
  refused: 'Stopped: the supplier asked us to wait',
  outage: 'Stopped: the supplier does not answer',
  stopped: 'The server stopped',
  cancelled: 'Cancelled',
  running: 'Running',
};

type Counts = Pick<BackfillReport, 'state' | 'days' | 'confirmed' | 'changed' | 'failed'>;

/** How far a backfill is, in a line: `Done: 61 of 61 fetched, 4 changed, 2 failed.` */
export function backfillText({ state, days, confirmed, changed, failed }: Counts): string {
  const failures = failed > 0 ? `, ${count(failed)} failed` : '';
  return `${ENDS[state] ?? state}: ${count(confirmed)} of ${count(days)} fetched, ${count(changed)} changed${failures}.`;
}

/** What was ordered: `All days of experience 15`. */
export function backfillTitle({ experiences, date }: Pick<BackfillReport, 'experiences' | 'date'>): string {
  const [only] = experiences ?? [];
  const which =
    experiences === null
      ? 'all experiences'
      : experiences.length === 1 && only !== undefined
        ? `experience ${only}`
        : `${count(experiences.length)} experiences`;
  return date === null ? `Days of ${which}` : `${dateName(date)} of ${which}`;
}

type Failure = BackfillReport['failures'][number];

/** Days that failed for the same reason. */
export interface FailedAlike {
  /** Null: they do not fail any more. */
  readonly error: string | null;
  readonly days: readonly Failure[];
}

/** By reason, that of most days first. */
export function failedAlike(failures: readonly Failure[]): FailedAlike[] {
  const groups = new Map<string | null, Failure[]>();
  for (const failure of failures) groups.set(failure.error, [...(groups.get(failure.error) ?? []), failure]);
  return [...groups].map(([error, days]) => ({ error, days })).sort((a, b) => b.days.length - a.days.length);
}

/** `started 12:03 by alice`, `ended 12:05` */
export function backfillTimes(
  { startedAt, finishedAt, startedBy }: Pick<BackfillReport, 'startedAt' | 'finishedAt' | 'startedBy'>,
  now: number,
): string {
  const started = `started ${moment(startedAt, now)} by ${startedBy}`;
  return finishedAt === null ? started : `${started}, ended ${moment(finishedAt, now)}`;
}
