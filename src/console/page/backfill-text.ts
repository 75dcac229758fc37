import type { BackfillReport } from '../../sync/backfill/backfill.shape.js';
import { count, dateName, moment } from './format.js';

const ENDS: Readonly<Record<string, string>> = {
  done: 'Done',
  incomplete: 'Not all could be fetched',
  paused: 'Stopped: no request is sent while paused',
  refused: 'Stopped: the supplier asked us to wait',
  outage: 'Stopped: the supplier does not answer',
  stopped: 'The server stopped',
  cancelled: 'Cancelled',
  running: 'Running',
};

const LEFT_OUT: Readonly<Record<BackfillReport['leftOut'][number]['state'], string>> = {
  paused: 'is paused',
  refused: 'asked us to wait',
  outage: 'does not answer',
};

type Counts = Pick<BackfillReport, 'state' | 'days' | 'confirmed' | 'changed' | 'failed' | 'left' | 'leftOut'>;

/** How far a backfill is, in a line: `Not all could be fetched: 61 of 90 fetched, 4 changed, 2 failed. harbour does not answer.` */
export function backfillText({ state, days, confirmed, changed, failed, left, leftOut }: Counts): string {
  const failures = failed > 0 ? `, ${count(failed)} failed` : '';
  const why = leftOut.map((each) => ` ${each.supplier} ${LEFT_OUT[each.state]}.`).join('');
  const isThrough = (state === 'done' || state === 'incomplete') && leftOut.length === 0 && left > 0;
  const rest = isThrough ? ` ${count(left)} needed no request any more.` : '';
  return `${ENDS[state] ?? state}: ${count(confirmed)} of ${count(days)} fetched, ${count(changed)} changed${failures}.${rest}${why}`;
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
